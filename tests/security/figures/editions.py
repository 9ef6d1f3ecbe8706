"""Editions of reports, and orders of them."""

from django.utils import timezone

from households.services.system_user import system_user
from reports.choices import FigureStatus, FileForm, FileVersion, OrderWhat
from reports.contents import canonical
from reports.contents.content import Broken, Column, Content, Head, Line, Sheet
from reports.models import (
    Edition,
    EditionBasis,
    EditionFile,
    EditionRests,
    EditionSignature,
    ReportOrder,
    ReportPart,
)
from tests.security.address import BOTH, GET, POST, Address
from tests.security.conftest import Register
from tests.security.whom import For

_DIGEST = "a" * 64


def _edition(register: Register, report: str = "T1") -> Edition:
    """One of commune A that can be opened; its figures are those of another number."""
    found = Edition.objects.filter(area=register.commune, report=report, lines=1).last()
    return found or _made(register, report)


def _made(register: Register, report: str) -> Edition:
    columns = (Column("poor_households", ("Hộ nghèo", "Số hộ"), "1"),)
    line = Line("commune", "", register.commune.code, register.commune.name, (7,), 1)
    standard = register.table.standard
    head = Head(
        report=report, definition_version=1, title="Biểu", issuer=("ỦY BAN NHÂN DÂN", "XÃ"),
        area_key=register.commune.pk, area_code=register.commune.code,
        area=register.commune.name, level="COMMUNE", round=register.round.key,
        year=register.round.year, as_of=register.round.as_of.isoformat(),
        standard=standard.code, standard_name=standard.name_vi, status="preliminary",
        cut_off_at=timezone.now().isoformat(), software="0", base="poor_households",
        broken=(Broken("I1", register.commune.code, register.commune.name, "Không khớp"),),
    )  # fmt: skip
    packed = canonical.pack(Content(head, [(Sheet("Biểu", columns, ("STT", "Đơn vị")), [line])]))
    last = Edition.objects.filter(area=register.commune, report=report).order_by("number").last()
    return Edition.objects.create(
        report=report, definition_version=1, area=register.commune, round=register.round,
        standard=standard, status=FigureStatus.PRELIMINARY,
        number=1 + (last.number if last else 0), cut_off_at=timezone.now(), software="0",
        content=packed.content, sha256=packed.sha256, figures_sha256=packed.figures_sha256,
        lines=packed.lines, made_by=system_user(),
    )  # fmt: skip


def _one(register: Register) -> tuple[object, ...]:
    return (_edition(register).pk,)


def _broken(register: Register) -> tuple[object, ...]:
    return (_edition(register).pk, 1)


def _two(register: Register) -> tuple[object, ...]:
    first = _edition(register)
    found = Edition.objects.filter(area=register.commune, report="T1", lines=1).order_by("pk")
    after = found.exclude(pk=first.pk).first() or _made(register, "T1")
    return tuple(sorted((first.pk, after.pk), reverse=True))


def _order(register: Register) -> tuple[object, ...]:
    found = ReportOrder.objects.filter(area=register.commune).first()
    return ((found or _ordered(register)).uuid,)


def _ordered(register: Register) -> ReportOrder:
    return ReportOrder.objects.create(
        what=OrderWhat.SET, reports=["T1"], key=_DIGEST, asked_by=system_user(),
        area=register.commune, round=register.round, status=FigureStatus.PRELIMINARY,
        cut_off_at=timezone.now(),
    )  # fmt: skip


ADDRESSES: dict[str, Address] = {
    "reports:report_list": Address(For.FIGURE_READERS, GET),
    "reports:order_new": Address(For.MONEY_READERS, POST),
    "reports:report_order": Address(For.FIGURE_READERS, GET, _order, owned=True),
    "reports:order_cancel": Address(For.MONEY_READERS, POST, _order, owned=True),
    "reports:order_retry": Address(For.MONEY_READERS, POST, _order, owned=True),
    "reports:order_files": Address(For.FIGURE_READERS, POST, _order, owned=True),
    "reports:order_letter": Address(For.MONEY_READERS, GET, _order, owned=True),
    "reports:edition": Address(For.FIGURE_READERS, GET, _one, owned=True),
    "reports:edition_file": Address(For.FIGURE_READERS, BOTH, _one, owned=True),
    "reports:edition_sign": Address(For.SETTLERS, BOTH, _one, owned=True),
    "reports:edition_broken": Address(For.MONEY_READERS, GET, _broken, owned=True),
    "reports:edition_compare": Address(For.FIGURE_READERS, GET, _two, owned=True),
    "reports:edition_changed": Address(For.MONEY_READERS, GET, _two, owned=True),
}
_ORDER, _PART = "UPDATE reports_reportorder SET", "UPDATE reports_reportpart SET"
_NEXT = "number = number + 1"
BREAKS: dict[str, str] = {
    "reports_edition_correction_has_reason": f"copy reports_edition SET {_NEXT}, corrects_id = id",
    "reports_edition_counted_from_one": "copy reports_edition SET number = 0",
    "reports_edition_digests_whole": f"copy reports_edition SET {_NEXT}, sha256 = 'abc'",
    "reports_edition_number_once": "copy reports_edition",
    "reports_edition_status_known": f"copy reports_edition SET {_NEXT}, status = 'guessed'",
    "reports_editionbasis_stored_once": "copy reports_editionbasis",
    "reports_editionfile_form_known": "copy reports_editionfile SET form = 'exe'",
    "reports_editionfile_once": "copy reports_editionfile",
    "reports_editionfile_version_known": "copy reports_editionfile SET version = 'secret'",
    "reports_editionrests_once": "copy reports_editionrests",
    "reports_editionsignature_breaks_explained": (
        "copy reports_editionsignature SET broken_identities = '[1]'::jsonb"
    ),
    "reports_editionsignature_edition_id_key": "copy reports_editionsignature",
    "reports_editionsignature_has_signer": "copy reports_editionsignature SET signed_by = ' '",
    "reports_reportorder_once_at_a_time": ("copy reports_reportorder SET uuid = gen_random_uuid()"),
    "reports_reportorder_status_known": f"{_ORDER} status = 'guessed'",
    "reports_reportorder_uuid_key": "copy reports_reportorder SET key = 'other'",
    "reports_reportorder_what_known": f"{_ORDER} what = 'MORE'",
    "reports_reportpart_attempts_from_zero": f"{_PART} attempts = -1",
    "reports_reportpart_failed_says_why": f"{_PART} state = 'FAILED'",
    "reports_reportpart_made_has_edition": f"{_PART} state = 'MADE'",
    "reports_reportpart_once": "copy reports_reportpart",
    "reports_reportpart_state_known": f"{_PART} state = 'LOST'",
}


def rows(register: Register) -> None:
    """One of each."""
    by, standard = system_user(), register.table.standard
    same = {
        "area": register.commune, "round": register.round, "status": FigureStatus.PRELIMINARY,
        "cut_off_at": timezone.now(),
    }  # fmt: skip
    edition = Edition.objects.create(
        report="T1", definition_version=1, standard=standard, number=1, software="0", content=b"",
        sha256=_DIGEST, figures_sha256=_DIGEST, lines=0, made_by=by, **same,
    )  # fmt: skip
    basis = EditionBasis.objects.create(commune=register.commune, sha256=_DIGEST, content=b"")
    EditionRests.objects.create(edition=edition, basis=basis)
    EditionFile.objects.create(
        edition=edition, form=FileForm.XLSX, version=FileVersion.INTERNAL, content=b"",
        sha256=_DIGEST,
    )  # fmt: skip
    EditionSignature.objects.create(
        edition=edition, signed_by="Nguyễn Văn Ký", position="Chủ tịch",
        signed_on=register.round.as_of, recorded_by=by,
    )  # fmt: skip
    order = ReportOrder.objects.create(
        what=OrderWhat.SET, reports=["T1"], key=_DIGEST, asked_by=by, **same
    )
    ReportPart.objects.create(
        order=order, report="T1", area=register.commune, standard=standard, position=0
    )
