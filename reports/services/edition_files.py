"""The files of editions: made once from what is kept of the edition alone, then given out as they
are, for ever."""

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Final

from django.db.models import TextChoices
from django.utils import timezone, translation
from django.utils.text import slugify
from django.utils.translation import gettext as _

from households.choices import Purpose
from households.errors import Conflict, Invalid, Refused
from households.exchange.word_printing import NotATemplate
from households.folding import fold
from households.models import User
from households.services import disclosures, word_templates
from households.services.deciding_standards import why_only_trial
from reports import definitions
from reports.choices import FigureStatus, FileForm, FileVersion
from reports.contents import canonical
from reports.contents.content import Content
from reports.definitions.definition import Public, ReportKind
from reports.exchange import report_narrative, report_pdf, report_word, report_workbook, zip_stream
from reports.models import Edition, EditionFile, ReportOrder
from reports.policies.editions import why_not_take_edition
from reports.services import editions, public_patterns

_WRITERS: Final = {
    FileForm.XLSX: report_workbook.xlsx,
    FileForm.PDF: report_pdf.pdf,
    FileForm.DOCX: report_word.docx,
}
#: Digits of the digest at the foot of a page.
_DIGITS: Final = 16


class NotWeighed(Conflict):
    """What everybody may read of a report is not worked out yet: ask again."""

    def __init__(self) -> None:
        super().__init__(
            _("What everybody may read of this report is being worked out. Ask again in a minute.")
        )


@dataclass(frozen=True)
class Use:
    """What names are taken out for."""

    purpose: Purpose
    note: str = ""


def file_of(
    *, edition: Edition, form: FileForm, version: FileVersion, use: Use | None = None, by: User
) -> EditionFile:
    """The file, made now where nobody asked for it before. That names are taken out is recorded
    each time, with what for.

    Raises Refused (not one's area or role; there is no public version), Invalid (names without
    `use`; a form the report does not have), Conflict (what is stored is not what was made),
    NotWeighed. Cost: three small statements; the making as the writers say.
    """
    if refusal := why_not_take_edition(by, edition):
        raise Refused(refusal)
    if refusal := why_no_version(edition, version):
        raise Refused(refusal)
    _see_weighed([edition], version)
    if edition.has_names:
        _record([edition], use, by)
    return kept(edition=edition, form=form, version=version)


def why_no_version(edition: Edition, version: FileVersion) -> str | None:
    """Whether a report is given out to everybody at all."""
    is_never = definitions.named(edition.report).public == Public.NEVER or edition.has_names
    if version == FileVersion.PUBLIC and is_never:
        return _("This report has no public version.")
    if version == FileVersion.PUBLIC and why_only_trial(edition.round, edition.standard):
        return _("A trial has no public version.")
    if version == FileVersion.PUBLIC and edition.areas_on:
        # Beside those of the round's own units, small numbers could be told from the differences.
        return _("Only reports by the units of the round's own day have a public version.")
    return None


def _see_weighed(taken: Sequence[Edition], version: FileVersion) -> None:
    """Raises NotWeighed where what everybody may read is not worked out yet; a job does it now."""
    if version != FileVersion.PUBLIC:
        return
    for edition in taken:
        if _is_as_it_is(edition) or public_patterns.is_weighed(edition):
            continue
        public_patterns.fire_at_commit(edition)
        raise NotWeighed


def kept(*, edition: Edition, form: FileForm, version: FileVersion) -> EditionFile:
    """As `file_of` for a job: asks for no right and records nothing. Of two that make it at once
    the first is kept and given to both. A report in words is kept once it is signed: until then
    staff may still change the template it is printed from."""
    wanted = EditionFile.objects.filter(edition=edition, form=form, version=version)
    if found := wanted.first():
        return found
    is_draft = _is_in_words(edition, form) and not hasattr(edition, "signature")
    if form not in definitions.named(edition.report).forms:
        raise Invalid(_("This report is not given out as %(form)s.") % {"form": form.label})
    if not editions.is_whole(edition):
        raise Conflict(_("What is stored of this edition is not what was made."))
    content = _written(edition, form, version)
    made = EditionFile(
        edition=edition,
        form=form,
        version=version,
        content=content,
        sha256=sha256(content).hexdigest(),
    )
    if is_draft:
        return made
    EditionFile.objects.bulk_create([made], ignore_conflicts=True)
    return wanted.get()


def _written(edition: Edition, form: FileForm, version: FileVersion) -> bytes:
    with translation.override("vi"):  # as every paper
        content = canonical.unpack(bytes(edition.content))
        if version == FileVersion.PUBLIC:
            content = public_content(edition, content)
        if _is_in_words(edition, form):
            return _in_words(edition, content, version)
        return _WRITERS[form](content, version=version, foot=_foot(edition, version))


def _is_in_words(edition: Edition, form: FileForm) -> bool:
    is_narrative = definitions.named(edition.report).kind == ReportKind.NARRATIVE
    return is_narrative and form == FileForm.DOCX


def _in_words(edition: Edition, content: Content, version: FileVersion) -> bytes:
    """From the province's template. Raises Conflict where a tag of it does not fit."""
    template = word_templates.in_use(province=edition.round.province, paper=report_narrative.PAPER)
    try:
        return report_narrative.docx(
            content, version=version, template=template, foot=_foot(edition, version)
        )
    except NotATemplate as fault:
        raise Conflict(str(fault)) from fault


def public_content(edition: Edition, content: Content) -> Content:
    """As everybody may read it. Raises NotWeighed where that is not worked out yet."""
    if _is_as_it_is(edition):
        return content
    found = public_patterns.public(edition, content)
    if found is None:
        raise NotWeighed
    return found


def _is_as_it_is(edition: Edition) -> bool:
    return definitions.named(edition.report).public == Public.AS_IS


def _foot(edition: Edition, version: FileVersion) -> str:
    """Of the edition alone: the same whenever the file is made. For everybody without the digest of
    all its numbers: who knows all but a few small ones could try which of them give it."""
    if version == FileVersion.PUBLIC and not _is_as_it_is(edition):
        return _("Edition %(number)s") % {"number": edition.number}
    told = {"number": edition.number, "digest": edition.sha256[:_DIGITS]}
    return _("Edition %(number)s · check code %(digest)s") % told


def file_name(edition: Edition, form: FileForm, version: FileVersion) -> str:
    """ "t2-2023-06-bac-kan-std_2022-chinh-thuc-noi-bo-ban-1.pdf"."""
    area = f"{edition.area.code}-{edition.area.name}"
    status = FigureStatus(edition.status)
    words = [edition.report, edition.round.key, area, edition.standard.code]
    words += [in_vietnamese(status, version), f"ban {edition.number}"]
    return f"{plain(words)}.{form.value}"


def zip_name(order: ReportOrder, form: FileForm, version: FileVersion) -> str:
    """ "povreg-2023-06-bac-kan-chinh-thuc-noi-bo-xlsx.zip"."""
    words = ["povreg", order.round.key, order.area.code, order.area.name]
    return f"{plain([*words, in_vietnamese(FigureStatus(order.status), version), form.value])}.zip"


def in_vietnamese(*words: TextChoices) -> str:
    """As files are called, whatever the language of the screen: they go on to others."""
    with translation.override("vi"):
        return " ".join(str(one.label) for one in words)


def plain(words: Sequence[str]) -> str:
    """Letters that every system takes in the name of a file."""
    return slugify(fold(" ".join(words)))


def set_zip(
    *, order: ReportOrder, form: FileForm, version: FileVersion, use: Use | None = None, by: User
) -> Iterator[bytes]:
    """The files of all editions of an order that `by` may have, as a zip that is written while it
    is given out; it holds no file twice. Names are among them only where `use` says what for.

    Raises Refused where nothing is left for `by`, Invalid (note), NotWeighed, before anything is
    given out.
    """
    taken = set_of(order=order, form=form, version=version, with_names=use is not None, by=by)
    if not taken:
        raise Refused(_("There is no finished report here that you may take."))
    _see_weighed(taken, version)
    if named := [one for one in taken if one.has_names]:
        _record(named, use, by)
    return zip_stream.zipped(_files(taken, form, version))


def set_of(
    *, order: ReportOrder, form: FileForm, version: FileVersion, with_names: bool, by: User
) -> list[Edition]:
    """The editions of a set's zip, in their order. One query."""
    found = Edition.objects.filter(parts__order=order).defer("content")
    in_order = found.select_related("area", "round", "standard").order_by("parts__position")
    return [
        one
        for one in dict.fromkeys(in_order)
        if (with_names or not one.has_names)
        and form in definitions.named(one.report).forms
        and not why_not_take_edition(by, one)
        and not why_no_version(one, version)
    ]


def _files(
    taken: list[Edition], form: FileForm, version: FileVersion
) -> Iterator[tuple[str, dt.datetime, bytes]]:
    for edition in taken:
        at = timezone.localtime(edition.cut_off_at)
        made = kept(edition=edition, form=form, version=version)
        yield file_name(edition, form, version), at, bytes(made.content)


def _record(named: list[Edition], use: Use | None, by: User) -> None:
    if use is None:
        raise Invalid(_("Say what the names are taken out for."))
    disclosures.record(
        verb=disclosures.DOWNLOAD,
        filters={"editions": [one.pk for one in named]},
        count=sum(one.lines for one in named),
        purpose=use.purpose,
        note=use.note,
        by=by,
    )
