"""Editions of reports, and orders of them."""

from django.utils import timezone

from households.services.system_user import system_user
from reports.choices import FigureStatus, FileForm, FileVersion, OrderWhat
from reports.models import (
    Edition,
    EditionBasis,
    EditionFile,
    EditionRests,
    EditionSignature,
    ReportOrder,
    ReportPart,
)
from tests.security.address import Address
from tests.security.conftest import Register

ADDRESSES: dict[str, Address] = {}
_DIGEST = "a" * 64
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
