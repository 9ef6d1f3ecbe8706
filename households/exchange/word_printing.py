"""A paper's words → Word, by docxtpl, from a template that staff may have changed. Pure.

Templates are data from people: their tags run in a sandbox, and a file that holds macros or reaches
outside itself is refused.
"""

import re
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from io import BytesIO
from typing import Any, Final
from xml.sax.saxutils import quoteattr

import segno
from django.utils.translation import gettext as _
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Cm, Pt
from docxtpl import DocxTemplate, InlineImage
from jinja2 import TemplateError
from jinja2.sandbox import SandboxedEnvironment

from households.exchange import word_drafts

#: A template is no bigger, packed and unpacked; a picture of a coat of arms fits.
MOST_BYTES: Final = 1_000_000
_MOST_UNPACKED: Final = 20_000_000
_MACROS = re.compile(r"vbaProject|\.bin$|activeX|embeddings/", re.IGNORECASE)

#: What a tag that does not fit ends in: the sandbox's refusals are among them.
_FAULTS: Final = (
    TemplateError, ArithmeticError, AttributeError, LookupError, TypeError, ValueError,
)  # fmt: skip


class NotATemplate(Exception):
    """The file cannot be a template of this paper; the message says why, in the user's words."""


@dataclass(frozen=True)
class Picture:
    """A PNG that a tag names; `alt` is read out in its place."""

    png: bytes
    width_cm: float
    alt: str


def docx(
    template: bytes, data: Mapping[str, Any], pictures: Mapping[str, Picture] | None = None
) -> bytes:
    """The paper with `data` (plain JSON values, as the PDF gets them; a name's "-" is "_" in tags)
    and `pictures` by the name of their tag.

    Raises NotATemplate when a tag of the template does not fit. Cost: some 0.1 s.
    """
    filled = DocxTemplate(BytesIO(template))
    names = _with_plain_names(data) | {"qr": _picture_of(filled)}
    names |= {name: _Described(filled, one) for name, one in (pictures or {}).items()}
    try:
        filled.render(names, jinja_env=_environment())
    except _FAULTS as fault:
        raise NotATemplate(_("A tag of the Word template does not fit: %(why)s") % {
            "why": str(fault)[:200]
        }) from fault  # fmt: skip
    _stamp(filled.docx, mark=str(data.get("mark", "")), foot=str(data.get("foot", "")))
    out = BytesIO()
    filled.save(out)
    return out.getvalue()


class _Described:
    """A picture in a tag's place with the words that stand for it; docxtpl leaves them out."""

    def __init__(self, filled: DocxTemplate, picture: Picture) -> None:
        self._image = InlineImage(filled, BytesIO(picture.png), width=Cm(picture.width_cm))
        self._alt = picture.alt

    def __html__(self) -> str:
        return str(self._image).replace("<wp:docPr ", f"<wp:docPr descr={quoteattr(self._alt)} ", 1)


def _picture_of(filled: DocxTemplate) -> Callable[[str], InlineImage | str]:
    """{{ qr(address) }} in a template: the square picture of an address, 2 cm."""

    def qr(address: str) -> InlineImage | str:
        if not address:
            return ""
        out = BytesIO()
        segno.make(str(address), error="m").save(out, kind="png", scale=6, border=1)
        return InlineImage(filled, out, width=Cm(2.1))

    return qr


def _stamp(made: Any, *, mark: str, foot: str) -> None:
    """What the PDF says at the top and foot of each page, whatever the template: that it is a
    sample, and who took the names out, when and what for."""
    for number, section in enumerate(made.sections):
        heads, feet = [section.header], [section.footer]
        if section.different_first_page_header_footer:
            heads.append(section.first_page_header)
            feet.append(section.first_page_footer)
        for part, words, size in [*((one, mark, 10) for one in heads),
                                  *((one, foot, 9) for one in feet)]:  # fmt: skip
            if words and (number == 0 or not part.is_linked_to_previous):
                paragraph = part.paragraphs[0] if part.paragraphs else part.add_paragraph()
                paragraph = paragraph.insert_paragraph_before() if paragraph.text else paragraph
                run = paragraph.add_run(words)
                run.font.size, run.bold = Pt(size), part in heads
                paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER if part in heads else None


def check(paper: str, template: bytes) -> None:
    """Raises NotATemplate for what is no Word file, holds macros or links outside, or names what
    this paper does not know."""
    _check_file(template)
    try:
        named = DocxTemplate(BytesIO(template)).get_undeclared_template_variables(_environment())
    except Exception as fault:
        # python-docx and docxtpl raise whatever lies beneath for a damaged file.
        raise NotATemplate(_("The file is no Word template: %(why)s") % {
            "why": str(fault)[:200]
        }) from fault  # fmt: skip
    if strange := sorted(set(named) - names_of(paper)):
        raise NotATemplate(
            _("This paper does not know: %(names)s.") % {"names": ", ".join(strange)}
        )


def names_of(paper: str) -> set[str]:
    """What tags of a paper's template may name: what the shipped one names, and what all have."""
    shipped = DocxTemplate(BytesIO(word_drafts.draft(paper)))
    common = {
        "title",
        "mark",
        "foot",
        "issuer",
        "issuer_above",
        "place",
        "year",
        "round",
        "commune",
        "qr",
        "range",
    }
    return set(shipped.get_undeclared_template_variables(_environment())) | common


def _check_file(template: bytes) -> None:
    if len(template) > MOST_BYTES:
        raise NotATemplate(_("The file is larger than 1 MB."))
    try:
        with zipfile.ZipFile(BytesIO(template)) as packed:
            entries = packed.infolist()
            if sum(one.file_size for one in entries) > _MOST_UNPACKED:
                raise NotATemplate(_("The file is larger than 1 MB."))
            names = [one.filename for one in entries]
            links = [packed.read(name) for name in names if name.endswith(".rels")]
    except zipfile.BadZipFile as fault:
        raise NotATemplate(_("The file is no Word file (.docx).")) from fault
    if "word/document.xml" not in names:
        raise NotATemplate(_("The file is no Word file (.docx)."))
    if any(_MACROS.search(name) for name in names):
        raise NotATemplate(_("The file holds macros or embedded files."))
    if any(b'TargetMode="External"' in text for text in links):
        raise NotATemplate(_("The file links to something outside itself."))


def _environment() -> SandboxedEnvironment:
    return SandboxedEnvironment(autoescape=True)


def _with_plain_names(value: Any) -> Any:
    """Names as tags can write them."""
    if isinstance(value, Mapping):
        return {name.replace("-", "_"): _with_plain_names(one) for name, one in value.items()}
    if isinstance(value, (list, tuple)):
        return [_with_plain_names(one) for one in value]
    return "" if value is None else value
