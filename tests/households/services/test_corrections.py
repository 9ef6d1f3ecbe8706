"""A correcting decision puts the list right from its day on, and rewrites nothing."""

import datetime as dt
from typing import Any

import pytest

from households.choices import (
    CertificateState,
    CommuneState,
    ComplaintKind,
    DecisionOrigin,
    HowIn,
    HowOut,
    PovertyClass,
    Role,
    SignerTitle,
)
from households.errors import Conflict, Invalid, Refused
from households.models import (
    Attachment,
    AuditEvent,
    Certificate,
    CommuneReview,
    Household,
    RecognitionDecision,
    StatusPeriod,
    User,
)
from households.services import certificates, complaints, corrections
from households.services.certificates import Signed
from households.services.lists import Paper
from tests.factories import people, procedure, reviews, users
from tests.households.conftest import TODAY, World

pytestmark = pytest.mark.usefixtures("paper_folder")
POOR, NEAR_POOR = PovertyClass.POOR, PovertyClass.NEAR_POOR
PAPER = Paper("20/QĐ-UBND", TODAY, "Hoàng Văn Chủ", SignerTitle.CHAIR)


@pytest.fixture
def way(world: World, department: User) -> CommuneReview:
    """The commune is decided; the terms are confirmed."""
    procedure.confirm_terms(department)
    found = CommuneReview.objects.create(
        round=world.round, commune=world.commune, state=CommuneState.RECOGNISED
    )
    return CommuneReview.objects.select_related("round__province", "commune").get(pk=found.pk)


@pytest.fixture
def poor(world: World) -> Household:
    """On the list since 1 January 2024."""
    found = people.household(world.village, people.person("Ghi Sai"))
    reviews.listed(world.round, world.commune, world.officer, found)
    return found


def correct(way: CommuneReview, by: User, changes: dict[int, Any], **other: Any) -> Any:
    given = {"reason": "Nhập nhầm phiếu", "paper": PAPER, "pages": procedure.pages(), **other}
    return corrections.correct(way=way, changes=changes, by=by, **given)


def told(household: Household) -> list[tuple[Any, ...]]:
    rows = StatusPeriod.objects.filter(household=household).order_by("valid_from")
    return list(rows.values_list("poverty_class", "valid_from", "valid_to", "how_in", "how_out"))


FIRST = dt.date(2024, 1, 1)
DAY_BEFORE = TODAY - dt.timedelta(days=1)


def test_another_class_ends_the_wrong_place_and_opens_the_right_one(
    world: World, way: CommuneReview, poor: Household
) -> None:
    decision = correct(way, world.officer, {poor.pk: NEAR_POOR})
    assert told(poor) == [
        (POOR, FIRST, DAY_BEFORE, HowIn.ADOPTED, HowOut.TO_NEAR_POOR),
        (NEAR_POOR, TODAY, None, HowIn.FROM_POOR, ""),
    ]
    assert (decision.origin, decision.only_about) == (DecisionOrigin.CORRECTION, [poor.pk])
    assert Attachment.objects.get().decision == decision
    assert AuditEvent.objects.get(verb="list.correct").reason == "Nhập nhầm phiếu"


def test_taken_off_it_did_not_escape_and_its_certificate_ends(
    world: World, way: CommuneReview, poor: Household
) -> None:
    signed = Signed(TODAY, "Chủ", SignerTitle.CHAIR)
    certificates.issue_all(commune=world.commune, signed=signed, by=world.officer)
    correct(way, world.officer, {poor.pk: None})
    assert told(poor) == [(POOR, FIRST, DAY_BEFORE, HowIn.ADOPTED, HowOut.OTHER_OUT)]
    assert Certificate.objects.get().state == CertificateState.WITHDRAWN


def test_who_was_forgotten_is_put_on(world: World, way: CommuneReview) -> None:
    forgotten = people.household(world.village, people.person("Bị Sót"))
    correct(way, world.officer, {forgotten.pk: POOR})
    assert told(forgotten) == [(POOR, TODAY, None, HowIn.OTHER_IN, "")]


def test_a_place_that_begins_later_is_ended_on_its_first_day(
    world: World, way: CommuneReview, poor: Household
) -> None:
    StatusPeriod.objects.update(valid_from=dt.date(2025, 1, 1))
    correct(way, world.officer, {poor.pk: None})
    (row,) = told(poor)
    assert row[1:3] == (dt.date(2025, 1, 1), dt.date(2025, 1, 1))


def test_what_changes_nothing_is_told_and_not_recorded(
    world: World, way: CommuneReview, poor: Household
) -> None:
    with pytest.raises(Conflict, match="says so already"):
        correct(way, world.officer, {poor.pk: POOR})
    correct(way, world.officer, {poor.pk: None})
    with pytest.raises(Conflict):
        correct(way, world.officer, {poor.pk: None})
    assert RecognitionDecision.objects.filter(origin=DecisionOrigin.CORRECTION).count() == 1


def test_paper_and_reason_are_asked_for(world: World, way: CommuneReview, poor: Household) -> None:
    empty = Paper(" ", dt.date(2024, 10, 16), " ", None)
    with pytest.raises(Invalid) as fault:
        correct(way, world.officer, {}, paper=empty, reason=" ", pages=())
    asked = {"number", "decided_on", "decided_by", "signer_title", "reason", "pages", "changes"}
    assert set(fault.value.fields) == asked
    with pytest.raises(Invalid):
        correct(way, world.officer, {poor.pk: PovertyClass.AVERAGE})


def test_an_open_complaint_comes_first(world: World, way: CommuneReview, poor: Household) -> None:
    heard = complaints.Heard(
        ComplaintKind.COMPLAINT, dt.date(2024, 10, 4), "Người", "Sai", household=poor
    )
    complaints.receive(round=world.round, village=world.village, heard=heard, by=world.officer)
    with pytest.raises(Refused, match="Ghi Sai"):
        correct(way, world.officer, {poor.pk: None})


def test_refused_to_others_for_strangers_and_before_a_decision(
    world: World, way: CommuneReview, poor: Household
) -> None:
    stranger = users.user("stranger", Role.COMMUNE_OFFICER, world.other_commune)
    for by in (stranger, users.user("so", Role.DEPARTMENT, world.province)):
        with pytest.raises(Refused):
            correct(way, by, {poor.pk: None})
    elsewhere = people.household(world.other_village, people.person("Nơi Khác"))
    with pytest.raises(Refused, match="does not live"):
        correct(way, world.officer, {elsewhere.pk: POOR})
    way.state = CommuneState.OPEN
    with pytest.raises(Refused, match="no decision yet"):
        correct(way, world.officer, {poor.pk: None})
    assert told(poor) == [(POOR, FIRST, None, HowIn.ADOPTED, "")]


def test_what_was_decided_anew_since_is_corrected_there(
    world: World, way: CommuneReview, poor: Household
) -> None:
    later = reviews.periodic(world.province, 2025, reviews.standard())
    CommuneReview.objects.create(round=later, commune=world.commune, state=CommuneState.RECOGNISED)
    with pytest.raises(Refused, match="anew in round 2025"):
        correct(way, world.officer, {poor.pk: None})


def test_no_real_family_is_corrected_by_unconfirmed_terms(world: World, poor: Household) -> None:
    CommuneReview.objects.create(
        round=world.round, commune=world.commune, state=CommuneState.RECOGNISED
    )
    way = CommuneReview.objects.select_related("round__province", "commune").get()
    with pytest.raises(Refused, match="not confirmed"):
        correct(way, world.officer, {poor.pk: None})
