"""Inspections: dated, of an area and of years; samples that can be drawn again; looks recorded."""

import datetime as dt
from typing import Any

import pytest
from pytest_django import Settings

from households import policies
from households.choices import DecisionOrigin, Role
from households.choices.inspections import FindingKind, SampleStrata
from households.errors import Conflict, Invalid, Refused
from households.models import (
    AuditEvent,
    Household,
    HouseholdCard,
    Inspection,
    InspectionFinding,
    InspectionSample,
    RecognitionDecision,
    User,
)
from households.queries import dossiers
from households.queries import inspections as queries
from households.services import inspections
from tests.factories import people, reviews, users
from tests.households.conftest import TODAY, World

ORDER = inspections.Order("9/QĐ-TTr", 2024, 2024, dt.date(2024, 10, 1), dt.date(2024, 10, 31))


@pytest.fixture
def department(world: World) -> User:
    return users.user("so", Role.DEPARTMENT, world.province)


@pytest.fixture
def inspector(world: World) -> User:
    return users.user("inspector", Role.INSPECTOR, world.commune)


@pytest.fixture
def opened(world: World, department: User, inspector: User) -> Inspection:
    return inspections.open_inspection(
        inspector=inspector, area=world.commune, order=ORDER, by=department
    )


def surveyed(world: World, number: int, **answers: Any) -> Household:
    member = reviews.adult(f"Người {number}")
    survey = reviews.surveyed(
        world.round, world.village, world.officer, members=[member], **answers
    )
    found: Household = survey.household
    return found


POOR = {"income_per_capita_month_vnd": 1_200_000, **reviews.THREE_LACKS}


def draw(opened: Inspection, world: World, **facts: Any) -> InspectionSample:
    given = {"strata": SampleStrata.ALL, "per_stratum": 2, "seed": 42, "round": world.round}
    return inspections.draw(
        inspection=opened, by=facts.pop("by", opened.inspector), **given | facts
    )


def test_only_for_an_inspector_of_the_area_and_by_the_department(
    world: World, department: User, inspector: User
) -> None:
    def tried(by: User, **facts: Any) -> Inspection:
        given = {"inspector": inspector, "area": world.commune, "order": ORDER}
        return inspections.open_inspection(by=by, **given | facts)

    with pytest.raises(Refused):
        tried(world.officer)
    with pytest.raises(Invalid) as fault:
        tried(department, area=world.other_commune)
    assert list(fault.value.fields) == ["inspector"]
    wrong = inspections.Order(" ", 2024, 2023, dt.date(2024, 10, 2), dt.date(2024, 10, 1))
    with pytest.raises(Invalid) as fault:
        tried(department, order=wrong)
    assert set(fault.value.fields) >= {"paper_number", "valid_to", "last_year"}


@pytest.mark.parametrize(
    ("today", "is_refused"),
    [
        (dt.date(2024, 9, 30), True),
        (dt.date(2024, 10, 1), False),
        (dt.date(2024, 10, 31), False),
        (dt.date(2024, 11, 1), True),
    ],
)
def test_from_its_first_day_to_its_last(
    opened: Inspection, settings: Settings, today: dt.date, is_refused: bool
) -> None:
    settings.POVREG_TODAY = today
    reason = policies.why_not_inspect(opened.inspector, opened)
    assert (reason is not None) == is_refused


def test_an_inspector_reads_nothing_but_through_his_inspection(
    world: World, inspector: User, department: User, opened: Inspection
) -> None:
    surveyed(world, 1)
    assert policies.why_not_read_households(inspector)
    assert not policies.visible_households(inspector).exists()
    assert policies.why_not_inspect(department, opened)
    other = users.user("other", Role.INSPECTOR, world.commune)
    assert policies.why_not_inspect(other, opened)
    assert not policies.visible_inspections(other).exists()


def test_the_same_seed_draws_the_same_again(opened: Inspection, world: World) -> None:
    for number in range(6):
        surveyed(world, number)
    sample = draw(opened, world)
    assert len(sample.households) == 2
    assert inspections.is_drawn_again(sample) is True
    with pytest.raises(Conflict, match="drawn already"):
        draw(opened, world)
    assert draw(opened, world, seed=43).households != sample.households
    surveyed(world, 7)
    assert inspections.is_drawn_again(sample) is None


def test_as_many_of_each_class(opened: Inspection, world: World) -> None:
    poor = {surveyed(world, number, **POOR).pk for number in range(3)}
    fine = {surveyed(world, 10 + number).pk for number in range(5)}
    drawn = set(draw(opened, world, strata=SampleStrata.BY_CLASS).households)
    assert (len(drawn & poor), len(drawn & fine)) == (2, 2)


def test_the_drawing_is_fixed_for_ever() -> None:
    frame = [("b", pk) for pk in range(1, 50)] + [("a", pk) for pk in range(50, 60)]
    assert inspections.drawn_from(frame, seed=2024, per_stratum=3) == [
        *inspections.drawn_from(frame[49:], seed=2024, per_stratum=3),
        *inspections.drawn_from(frame[:49], seed=2024, per_stratum=3),
    ]
    assert inspections.drawn_from(reversed(frame), seed=2024, per_stratum=3) == FIXED


#: SHA-256 does not change; neither may samples that were drawn years ago.
FIXED = [50, 58, 55, 42, 33, 38]


def test_no_sample_of_another_year_nor_of_nothing(opened: Inspection, world: World) -> None:
    before = reviews.periodic(world.province, 2023, reviews.standard())
    for wrong, field in (
        ({"round": before}, "round"),
        ({"per_stratum": 0}, "per_stratum"),
        ({}, "round"),
    ):
        with pytest.raises(Invalid) as fault:
            draw(opened, world, **wrong)
        assert list(fault.value.fields) == [field]


def test_every_look_is_recorded_and_only_of_the_area(opened: Inspection, world: World) -> None:
    home = surveyed(world, 1)
    stranger = people.household(world.other_village, people.person("Người Xã Khác"))
    seen = inspections.look(
        inspection=opened, ids=[home.pk, stranger.pk], what="household", by=opened.inspector
    )
    assert seen == [home.pk]
    act = AuditEvent.objects.get(verb="inspection.look")
    assert (act.household, act.details) == (home, {"what": "household", "households": [home.pk]})
    with pytest.raises(Refused, match="inspected area"):
        inspections.look(
            inspection=opened, ids=[stranger.pk], what="household", by=opened.inspector
        )
    with pytest.raises(Refused):
        inspections.look(inspection=opened, ids=[home.pk], what="household", by=world.officer)
    assert AuditEvent.objects.filter(verb="inspection.look").count() == 1


def find(opened: Inspection, world: World, home: Household, **facts: Any) -> InspectionFinding:
    given = {"kind": FindingKind.WRONG_CLASS, "words": "Thu nhập ghi thấp", "found_on": TODAY}
    return inspections.find(
        inspection=opened, household=home, round=world.round, by=opened.inspector, **given | facts
    )


def test_a_finding_and_the_decision_that_follows(opened: Inspection, world: World) -> None:
    home = surveyed(world, 1)
    with pytest.raises(Invalid) as fault:
        find(opened, world, home, words=" ", found_on=dt.date(2024, 9, 30))
    assert set(fault.value.fields) == {"words", "found_on"}
    found = find(opened, world, home)
    right = find(opened, world, surveyed(world, 2), kind=FindingKind.RIGHT, words="")
    assert [one.corrected_by for one in queries.outcomes([found, right])] == [None, None]
    decision = RecognitionDecision.objects.create(
        commune=world.commune, round=world.round, standard=reviews.standard(), number="20/QĐ",
        decided_on=dt.date(2024, 10, 20), effective_from=dt.date(2024, 10, 20),
        recorded_by=world.officer, origin=DecisionOrigin.CORRECTION, only_about=[home.pk],
    )  # fmt: skip
    assert [one.corrected_by for one in queries.outcomes([found, right])] == [decision, None]


def test_a_dossier_costs_the_same_for_one_or_many(
    opened: Inspection, world: World, django_assert_num_queries: Any
) -> None:
    homes = [surveyed(world, number) for number in range(4)]
    with django_assert_num_queries(15):
        (one,) = dossiers.of_households(opened, [homes[0].pk])
    with django_assert_num_queries(15):
        found = dossiers.of_households(opened, [home.pk for home in homes])
    assert [len(dossier.surveys) for dossier in found] == [1, 1, 1, 1]
    assert [act.verb for act in one.acts][-1] == "survey.complete"
    cards = dossiers.reviewed(opened, HouseholdCard.objects.under(world.commune))
    assert cards.count() == 4
