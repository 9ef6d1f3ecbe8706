"""A report → Word: the official frame and one table a sheet, to be edited further. Pure.

python-docx makes the frame; the lines of a table are written one by one and put in where the frame
leaves place for them, so that memory does not grow with them.
"""

import shutil
import zipfile
from collections.abc import Sequence
from io import BytesIO
from tempfile import SpooledTemporaryFile
from typing import IO, Any, Final

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from reports.choices import FileVersion
from reports.contents import frame
from reports.contents.content import Content, Head, Paper, Sheet
from reports.contents.frame import Frame
from reports.exchange import word_tables

_SIDES_MM: Final = {Paper.A4: (297, 210), Paper.A3: (420, 297)}
_MARGIN_MM: Final = 15
_FACE: Final = "Times New Roman"
_BODY: Final = "word/document.xml"
#: A paragraph of the frame that stands for a table; as python-docx writes it.
_PLACE: Final = "@table-{}@"
_AS_WRITTEN: Final = "<w:p><w:r><w:t>{}</w:t></w:r></w:p>"
#: A zip knows no earlier day.
_ZIP_FROM: Final = 1980
_IN_MEMORY: Final = 5_000_000


def docx(content: Content, *, version: FileVersion, foot: str = "") -> bytes:
    """Landscape, the headings on every page, as wide as the sheet; `foot` says more at the foot.
    The same content gives the same bytes: all their times are its cut-off. Cost: 0.2 s, and 0.3 s
    for each thousand lines."""
    head, made = content.head, Document()
    is_public = version == FileVersion.PUBLIC
    tables: list[IO[bytes]] = []
    sheets: list[tuple[Sheet, Frame]] = []
    for sheet, lines in content.sheets:
        told = SpooledTemporaryFile(max_size=_IN_MEMORY)  # noqa: SIM115 (read again below)
        inner_mm = _SIDES_MM[sheet.paper][0] - 2 * _MARGIN_MM
        for piece in word_tables.table(head, sheet, lines, inner_mm=inner_mm):
            told.write(piece.encode())
        tables.append(told)
        sheets.append((sheet, frame.frame_of(head, sheet, is_public=is_public, foot=foot)))
    _set_up(made, head, sheets)
    for at, (_sheet, words) in enumerate(sheets):
        _add_sheet(made, at, words)
    out = BytesIO()
    made.save(out)
    return with_tables(out, head, tables)


def _set_up(made: Any, head: Head, sheets: list[tuple[Sheet, Frame]]) -> None:
    """The page, the typeface, what stands on each page, and what the file says of itself."""
    paper = Paper.A3 if any(one.paper is Paper.A3 for one, _words in sheets) else Paper.A4
    section = made.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = (Mm(side) for side in _SIDES_MM[paper])
    for side in ("top", "bottom", "left", "right"):
        setattr(section, f"{side}_margin", Mm(_MARGIN_MM))
    normal = made.styles["Normal"]
    normal.font.name, normal.font.size = _FACE, Pt(11.5)
    normal.element.rPr.rFonts.set(qn("w:eastAsia"), _FACE)
    normal.paragraph_format.space_after = Pt(0)
    words = sheets[0][1] if sheets else None
    if words and words.marks:
        _write(section.header.paragraphs[0], " · ".join(words.marks), bold=True, size=10)
    footer = section.footer.paragraphs[0]
    _write(footer, f"{words.foot if words else head.report} · ", size=9)
    _add_field(footer, "PAGE")
    _write(footer, "/", size=9)
    _add_field(footer, "NUMPAGES")
    say_what_it_is(made, head)


def say_what_it_is(made: Any, head: Head) -> None:
    """Title, author, and the cut-off as the time it was made."""
    told, at = made.core_properties, frame.cut_off(head).replace(tzinfo=None, microsecond=0)
    told.title, told.author, told.last_modified_by = head.title, "povreg", "povreg"
    told.created = told.modified = at
    told.language, told.comments, told.revision = "vi-VN", "", 1


def _add_field(paragraph: Any, name: str) -> None:
    """A number that Word counts itself."""
    run = paragraph.add_run()
    run.font.size = Pt(9)
    for kind, words in (("begin", ""), ("", name), ("end", "")):
        part = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            part.set(qn("w:fldCharType"), kind)
        else:
            part.text = words
        run._r.append(part)


def _add_sheet(made: Any, at: int, words: Frame) -> None:
    if at:
        made.add_page_break()
    left, right = made.add_table(rows=1, cols=2).rows[0].cells
    _fill(left, [(words.issuer[0].upper(), False), (words.issuer[1].upper(), True)])
    _fill(right, [(frame.NATION[0].upper(), True), (frame.NATION[1], True)])
    title = made.add_paragraph(style="Heading 1")
    _write(title, words.title.upper(), bold=True, size=14)
    title.runs[0].font.name = _FACE
    title.runs[0].font.color.rgb = None
    for line in words.under:
        _write(made.add_paragraph(), line)
    made.add_paragraph().add_run(_PLACE.format(at))
    for note in words.notes:
        paragraph = made.add_paragraph()
        paragraph.add_run(note).italic = True
    signers = made.add_table(rows=1, cols=len(words.signers)).rows[0].cells
    for cell, lines in zip(signers, words.signers, strict=True):
        is_last = cell is signers[-1]
        told = [("", False), (words.dated if is_last else "", False)]
        told += [(line.upper(), True) for line in lines]
        _fill(cell, [*told, ("(ký, ghi rõ họ tên)", False), *[("", False)] * 4])


def _fill(cell: Any, lines: list[tuple[str, bool]]) -> None:
    for number, (line, bold) in enumerate(lines):
        paragraph = cell.paragraphs[0] if number == 0 else cell.add_paragraph()
        _write(paragraph, line, bold=bold)


def _write(paragraph: Any, words: str, *, bold: bool = False, size: float = 0) -> None:
    run = paragraph.add_run(words)
    run.bold = bold
    if size:
        run.font.size = Pt(size)
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER


def with_tables(frame_only: BytesIO, head: Head, tables: Sequence[IO[bytes]]) -> bytes:
    """The file again with the tables in their places, all its parts dated as the cut-off."""
    at = frame.cut_off(head)
    moment = (max(at.year, _ZIP_FROM), at.month, at.day, at.hour, at.minute, at.second)
    out = BytesIO()
    with zipfile.ZipFile(frame_only) as source, zipfile.ZipFile(out, "w") as packed:
        for name in source.namelist():
            entry = zipfile.ZipInfo(name, moment)
            entry.compress_type = zipfile.ZIP_DEFLATED
            with packed.open(entry, "w", force_zip64=name == _BODY) as part:
                rest = source.read(name)
                for number, table in enumerate(tables if name == _BODY else ()):
                    place = _AS_WRITTEN.format(_PLACE.format(number)).encode()
                    before, rest = rest.split(place, 1)
                    part.write(before)
                    table.seek(0)
                    shutil.copyfileobj(table, part)
                    table.close()
                part.write(rest)
    return out.getvalue()
