"""Certificates follow the list: issued once, numbered in order, withdrawn by the decision."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from households.choices import (
    CertificateState,
    HouseholdEventKind,
    PovertyClass,
    Role,
    SignerTitle,
)
from households.errors import Conflict, Invalid, Refused
from households.models import Certificate, HouseholdEvent, StatusPeriod, Survey, User
from households.queries import certificates as register
from households.services import certificates, commune_steps, recognition
from households.services.certificates import Signed
from tests.factories import areas, people, procedure, reviews, users
from tests.factories.procedure import act, paper
from tests.households.conftest import TODAY, World

pytestmark = pytest.mark.usefixtures("paper_folder")
SIGNED = Signed(TODAY, "Hoàng Văn Chủ", SignerTitle.CHAIR)


def issue(world: World, by: User | None = None, signed: Signed = SIGNED) -> int:
    return certificates.issue_all(commune=world.commune, signed=signed, by=by or world.officer)


@pytest.fixture
def listed(world: World) -> list[int]:
    """Three poor households in two villages; the second village comes first by name."""
    first = areas.village(world.commune, "Bản Đầu")
    homes = [
        people.household(village, people.person(name))
        for village, name in ((world.village, "Hai"), (world.village, "Ba"), (first, "Một"))
    ]
    reviews.listed(world.round, world.commune, world.officer, *homes)
    return [one.pk for one in homes]


def test_every_listed_household_gets_the_next_number_in_walking_order(
    world: World, listed: list[int]
) -> None:
    assert register.without_one([world.commune]) == {world.commune.pk: 3}
    assert issue(world) == 3
    found = Certificate.objects.order_by("serial")
    assert [one.household_id for one in found] == [listed[2], listed[0], listed[1]]
    assert found[0].number == "0001/2024/GCN-HN.HCN"
    assert register.without_one([world.commune]) == {}


def test_issuing_again_issues_nothing_and_says_so(world: World, listed: list[int]) -> None:
    issue(world)
    with pytest.raises(Conflict):
        issue(world)
    assert Certificate.objects.count() == 3


def test_it_takes_the_same_queries_for_any_number(world: World, listed: list[int]) -> None:
    with CaptureQueriesContext(connection) as three:
        issue(world)
    for number in range(20):
        home = people.household(world.village, people.person(f"Người {number}"))
        StatusPeriod.objects.create(
            household=home, standard=reviews.standard(), poverty_class=PovertyClass.NEAR_POOR,
            valid_from=dt.date(2024, 1, 1), how_in="ADOPTED",
            decision_in=StatusPeriod.objects.all()[0].decision_in,
        )  # fmt: skip
    with CaptureQueriesContext(connection) as twenty:
        assert issue(world) == 20
    assert len(twenty) <= len(three)  # the first one reads the rights as well


@pytest.mark.parametrize("role", [Role.COMMUNE_CHAIR, Role.DEPARTMENT, Role.REVIEWER])
def test_only_the_officer_of_the_commune_issues(
    world: World, listed: list[int], role: Role
) -> None:
    stranger = users.user("stranger", Role.COMMUNE_OFFICER, world.other_commune)
    for by in (users.user("other", role, world.commune), stranger):
        with pytest.raises(Refused):
            issue(world, by)
    assert not Certificate.objects.exists()


def test_signer_and_day_are_asked_for(world: World, listed: list[int]) -> None:
    tomorrow = TODAY + dt.timedelta(days=1)
    with pytest.raises(Invalid) as fault:
        issue(world, signed=Signed(tomorrow, " ", SignerTitle.CHAIR))
    assert set(fault.value.fields) == {"issued_on", "signed_by"}


def test_a_lost_one_is_issued_again_under_a_new_number(world: World, listed: list[int]) -> None:
    issue(world)
    old = Certificate.objects.get(serial=1)
    new = certificates.reissue(
        certificate=old, reason="Mất trong lũ", signed=SIGNED, by=world.officer
    )
    old.refresh_from_db()
    assert (old.state, new.serial, new.replaces) == (CertificateState.REPLACED, 4, old)
    with pytest.raises(Conflict):
        certificates.reissue(certificate=old, reason="Mất", signed=SIGNED, by=world.officer)
    with pytest.raises(Invalid):
        certificates.reissue(certificate=new, reason=" ", signed=SIGNED, by=world.officer)


def test_a_pile_is_handed_over_once_each_to_its_head(world: World, listed: list[int]) -> None:
    issue(world)
    ids = list(Certificate.objects.values_list("pk", flat=True))
    given = {"commune": world.commune, "ids": ids, "handed_over_on": TODAY, "by": world.officer}
    assert certificates.hand_over(**given) == 3  # type: ignore[arg-type]
    assert Certificate.objects.get(household=listed[0]).handed_to == "Hai"
    with pytest.raises(Conflict):
        certificates.hand_over(**given)  # type: ignore[arg-type]


def test_the_decision_that_ends_the_place_on_the_list_withdraws_it(
    world: World, department: User
) -> None:
    home = people.household(world.village, people.person("Thoát"))
    stays = people.household(world.village, people.person("Còn"))
    past = reviews.periodic(world.province, 2023, reviews.standard())
    reviews.listed(past, world.commune, world.officer, home, stays)
    issue(world)
    procedure.confirm_terms(department)
    reviews.surveyed(world.round, world.village, world.officer, household=home)
    poor = {"income_per_capita_month_vnd": 1_200_000, **reviews.THREE_LACKS}
    reviews.surveyed(world.round, world.village, world.officer, household=stays, **poor)  # type: ignore[arg-type]
    procedure.closed_village(world.round, world.village, world.officer)
    way = commune_steps.begun(round=world.round, commune=world.commune)
    commune_steps.close_villages(way=way, act=act(10, 7), by=world.officer)
    commune_steps.send_up(way=way, act=act(10, 8, paper_number="3/BC"), by=world.officer)
    commune_steps.record_opinion(way=way, act=act(10, 9), by=world.officer)
    recognition.recognise(way=way, paper=paper(10, 10), pages=procedure.pages(), by=world.officer)
    ended = Certificate.objects.get(household=home)
    assert (ended.state, ended.ended_on) == (CertificateState.WITHDRAWN, dt.date(2024, 12, 31))
    assert ended.ended_by is not None
    assert ended.ended_by.number == "15/QĐ-UBND"
    assert Certificate.objects.get(household=stays).state == CertificateState.IN_FORCE
    assert register.without_one([world.commune]) == {}


def test_changes_of_members_are_noted_once(world: World, kinds: dict[str, Survey]) -> None:
    survey = kinds["Poor"]
    reviews.listed(world.round, world.commune, world.officer, survey.household)
    issue(world, signed=Signed(dt.date(2024, 10, 1), "Chủ", SignerTitle.CHAIR))
    found = Certificate.objects.get()
    HouseholdEvent.objects.create(
        kind=HouseholdEventKind.DIED, household=survey.household,
        person=survey.members.get().person, happened_on=dt.date(2024, 10, 10),
    )  # fmt: skip
    assert len(certificates.changes_to_write(found)) == 1
    certificates.note_changes(certificate=found, written_on=TODAY, by=world.officer)
    assert certificates.changes_to_write(found) == []
    with pytest.raises(Conflict):
        certificates.note_changes(certificate=found, written_on=TODAY, by=world.officer)
