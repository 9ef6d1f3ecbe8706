"""Signing: once, the newest, by who may, with a reason where identities are broken."""

import datetime as dt
from dataclasses import replace

import pytest

from households import clock
from households.errors import Conflict, Invalid, Refused
from reports.choices import FigureStatus
from reports.contents.content import Broken
from reports.models import EditionSignature
from reports.services import signing
from tests.reports.services.made import reporting
from tests.reports.services.test_editions import SIGNER, correct

pytestmark = pytest.mark.django_db


def test_a_signature_is_recorded_with_who_and_as_what() -> None:
    made = reporting()
    edition = made.made("T1")
    found = signing.sign(edition=edition, signer=SIGNER, by=made.department)
    assert (found.signed_by, found.position, found.recorded_by) == (
        "Nguyễn Văn Ký", "Giám đốc", made.department,
    )  # fmt: skip
    with pytest.raises(Conflict):
        signing.sign(edition=edition, signer=SIGNER, by=made.department)


def test_the_commune_signs_its_own_and_the_department_all_others() -> None:
    made = reporting()
    own, province = made.made("T1", made.world.a), made.made("T1")
    for edition, by in ((own, made.department), (province, made.officer)):
        with pytest.raises(Refused):
            signing.sign(edition=edition, signer=SIGNER, by=by)
    assert signing.sign(edition=own, signer=SIGNER, by=made.officer).edition == own


@pytest.mark.parametrize(
    ("wrong", "field"),
    [({"signed_by": " "}, "signed_by"), ({"position": ""}, "position"),
     ({"signed_on": None}, "signed_on")],
)  # fmt: skip
def test_a_signature_without_signer_or_of_a_day_to_come_is_refused(
    wrong: dict[str, object], field: str
) -> None:
    made = reporting()
    if "signed_on" in wrong:
        wrong = {"signed_on": clock.today() + dt.timedelta(days=1)}
    with pytest.raises(Invalid) as fault:
        signing.sign(edition=made.made("T1"), signer=replace(SIGNER, **wrong), by=made.department)
    assert field in fault.value.fields
    assert not EditionSignature.objects.exists()


def test_broken_identities_need_a_reason(monkeypatch: pytest.MonkeyPatch) -> None:
    made = reporting()
    edition = made.made("T1")
    found = (Broken("I1", "02008", "Xã Mẫu", "T2.closing = T1.poor_households: 5 ≠ 4"),)
    monkeypatch.setattr(signing, "broken", lambda edition: found)
    with pytest.raises(Invalid):
        signing.sign(edition=edition, signer=SIGNER, by=made.department)
    signed = signing.sign(
        edition=edition, signer=SIGNER, broken_reason="Sẽ điều chỉnh", by=made.department
    )
    assert signed.broken_identities[0]["identity"] == "I1"


def test_an_older_edition_is_not_signed() -> None:
    made = reporting(decide_last=False)
    first = made.made("T1", status=FigureStatus.PRELIMINARY)
    correct(made)
    made.made("T1", status=FigureStatus.PRELIMINARY)
    with pytest.raises(Conflict, match="2"):
        signing.sign(edition=first, signer=SIGNER, by=made.department)
