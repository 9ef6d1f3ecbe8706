"""Signing: once, the newest, by who may, with a reason where identities are broken."""

import datetime as dt
from dataclasses import replace

import pytest

from households import clock
from households.errors import Conflict, Invalid, Refused
from households.models import WebhookMessage
from reports.choices import FigureStatus
from reports.contents.content import Broken
from reports.models import EditionSignature
from reports.services import signing
from tests.factories import webhooks
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


def test_other_systems_are_told_of_it_without_names_and_numbers() -> None:
    made = reporting()
    edition, names = made.made("T1"), made.made("T14")
    webhooks.added(made.world.province)
    for one in (edition, names):
        signing.sign(edition=one, signer=SIGNER, broken_reason="thử", by=made.department)
    message = WebhookMessage.objects.get()
    assert (message.kind, message.about, message.area) == (
        "edition.signed", edition.pk, made.world.province,
    )  # fmt: skip
    told = message.body["data"]
    assert told.pop("area")["id"] == made.world.province.pk
    assert told == {
        "edition": edition.pk, "report": "T1", "number": 1, "corrects": None, "round": "2023",
        "standard": made.world.standard.code, "status": edition.status,
        "signed_on": SIGNER.signed_on.isoformat(),
        "ask": f"/api/v1/reports/?report=T1&round=2023&area_id={made.world.province.pk}",
    }  # fmt: skip


def test_a_signature_that_fails_tells_nobody() -> None:
    made = reporting()
    webhooks.added(made.world.province)
    edition = made.made("T1")
    signing.sign(edition=edition, signer=SIGNER, by=made.department)
    with pytest.raises(Conflict):
        signing.sign(edition=edition, signer=SIGNER, by=made.department)
    assert WebhookMessage.objects.count() == 1


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
