"""What became of households with and without support, and who they were."""

from typing import Any

import pytest
from pytest_django import DjangoAssertNumQueries

from households.choices import DecisionOrigin, HowOut, PovertyClass, TraitKind
from households.models import Household, PovertyStandard, RecognitionDecision, StatusPeriod, Survey
from programs.choices.what_helped import Began, Outcome
from programs.queries import what_helped
from programs.queries.what_helped import Group, Wanted
from tests.factories import families, people, reviews
from tests.factories.money import programme, received
from tests.programs.conftest import Land, day

ON = day("2025-03-01")
POOR, NEAR = PovertyClass.POOR, PovertyClass.NEAR_POOR


@pytest.fixture
def closing(land: Land) -> RecognitionDecision:
    """The commune has decided its lists of the round of 2024."""
    return _decided(land, land.decision.standard)


def _decided(land: Land, standard: PovertyStandard) -> RecognitionDecision:
    return families.decided(
        land.commune, reviews.periodic(land.province, 2024, standard), standard, land.officer,
        since=day("2025-01-01"), origin=DecisionOrigin.PROCEDURE,
    )  # fmt: skip


def home(land: Land) -> Household:
    return people.household(land.village, people.person())


def listed(
    land: Land, poverty_class: PovertyClass = POOR, *, until: str | None = "2024-12-31",
    how_out: HowOut = HowOut.ESCAPED, then: PovertyClass | None = None,
    standard: PovertyStandard | None = None, since: str = "2024-01-01",
) -> Household:  # fmt: skip
    made = home(land)
    families.on_list(
        made, land.decision, since=day(since), until=day(until) if until else None,
        poverty_class=poverty_class, how_out=how_out,
    )  # fmt: skip
    if then:
        period = families.on_list(
            made, land.decision, since=ON.replace(month=1), poverty_class=then
        )
        if standard:
            StatusPeriod.objects.filter(pk=period.pk).update(standard=standard)
    return made


def found(land: Land, **more: Any) -> dict[tuple[Began, bool], Group]:
    rows = what_helped.groups(2024, branches=[land.commune.inner_path], on=ON, **more)
    return {(one.began, one.supported): one for one in rows if one.no_labour is None}


def outcomes(land: Land, began: Began, *, supported: bool = False) -> dict[Outcome, int]:
    return found(land)[began, supported].outcomes


def test_how_each_household_closes(land: Land, closing: RecognitionDecision) -> None:
    listed(land)
    listed(land, until=None)
    listed(land, how_out=HowOut.TO_NEAR_POOR, then=NEAR)
    listed(land, how_out=HowOut.OTHER_OUT)
    assert outcomes(land, Began.POOR) == {
        Outcome.LEFT: 1,
        Outcome.STAYED: 1,
        Outcome.TO_NEAR_POOR: 1,
        Outcome.GONE: 1,
    }
    listed(land, NEAR, how_out=HowOut.TO_POOR, then=POOR)
    listed(land, NEAR)
    assert outcomes(land, Began.NEAR_POOR) == {Outcome.FELL: 1, Outcome.LEFT: 1}


def test_who_was_newly_off_the_lists_stays_off_or_falls_back(
    land: Land, closing: RecognitionDecision
) -> None:
    listed(land, since="2020-01-01", until="2022-12-31")
    listed(land, since="2020-01-01", until="2022-12-31", then=NEAR)
    # Too long ago, or never an escape.
    listed(land, since="2018-01-01", until="2020-12-30", then=POOR)
    listed(land, since="2020-01-01", until="2022-12-31", how_out=HowOut.OTHER_OUT)
    assert outcomes(land, Began.ESCAPED) == {Outcome.STAYED: 1, Outcome.REFELL: 1}


def test_the_last_day_of_the_three_years_still_counts(
    land: Land, closing: RecognitionDecision
) -> None:
    listed(land, since="2018-01-01", until="2020-12-31")
    assert outcomes(land, Began.ESCAPED) == {Outcome.STAYED: 1}


def test_nothing_is_joined_across_two_standards(land: Land) -> None:
    other = PovertyStandard.objects.exclude(pk=land.decision.standard.pk).first()
    assert other is not None
    listed(land)
    assert outcomes(land, Began.POOR) == {Outcome.OPEN: 1}
    _decided(land, other)
    assert outcomes(land, Began.POOR) == {Outcome.OTHER_STANDARD: 1}
    group = found(land)[Began.POOR, False]
    assert (group.compared, group.asked_about) == (0, 0)


def test_another_standard_at_the_closing_is_not_compared(
    land: Land, closing: RecognitionDecision
) -> None:
    other = PovertyStandard.objects.exclude(pk=land.decision.standard.pk).first()
    listed(land, how_out=HowOut.NEW_STANDARD, then=POOR, standard=other)
    assert outcomes(land, Began.POOR) == {Outcome.OTHER_STANDARD: 1}


def test_support_is_what_was_received_in_the_year_of_the_asked_programme(
    land: Land, closing: RecognitionDecision
) -> None:
    helped, earlier, __ = listed(land), listed(land), listed(land)
    received(helped, land.village, land.officer, "loan", on="2024-05-01")
    received(earlier, land.village, land.officer, "loan", on="2023-05-01")
    assert found(land)[Began.POOR, True].makeup.households == 1
    assert found(land)[Began.POOR, False].makeup.households == 2
    assert found(land, programme=programme("housing"))[Began.POOR, True].makeup.households == 0
    wanted = Wanted(Began.POOR, supported=True, outcome=Outcome.LEFT)
    branches = [land.commune.inner_path]
    assert what_helped.households(2024, wanted, branches=branches, on=ON) == [helped.pk]
    assert what_helped.households(2024, wanted, branches=branches, on=day("2024-04-30")) == []


def test_who_the_groups_are_is_told_and_those_without_labour_capacity_apart(
    land: Land, closing: RecognitionDecision, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    families.trait(land.commune, TraitKind.ZONE, "III")
    for no_labour in (True, False):
        survey = reviews.surveyed(
            land.round, land.village, land.officer,
            members=[reviews.adult(f"Nông Văn {no_labour}", sex="F")],
        )  # fmt: skip
        Survey.objects.filter(pk=survey.pk).update(no_labour=no_labour)
        survey.assessments.update(no_labour=no_labour, female_head=True, b1_points=100)
        families.on_list(
            survey.household, land.decision, since=day("2023-01-01"), until=day("2024-12-31")
        )
    listed(land)
    with django_assert_num_queries(1):
        rows = what_helped.groups(2024, branches=[land.province.inner_path], on=ON)
    own = {one.no_labour: one for one in rows if one.began == Began.POOR and not one.supported}
    makeup = own[None].makeup
    assert (makeup.households, makeup.known, makeup.size) == (3, 2, 1.0)
    assert (makeup.no_labour_percent, makeup.female_head_percent) == (50.0, 100.0)
    assert (makeup.b1_points, makeup.zones) == (100.0, {"III": 3})
    assert [own[which].makeup.households for which in (True, False)] == [1, 2]
    assert own[True].outcomes == {Outcome.LEFT: 1}


def test_small_groups_get_no_share(land: Land, closing: RecognitionDecision) -> None:
    for _ in range(29):
        listed(land)
    group = found(land)[Began.POOR, False]
    assert (group.is_too_small, group.share_percent, group.asked_about) == (True, None, 29)
    listed(land, until=None)
    group = found(land)[Began.POOR, False]
    assert group.share_percent == pytest.approx(100 * 29 / 30)


def test_who_lived_elsewhere_or_has_ended_is_told(land: Land, closing: RecognitionDecision) -> None:
    ended = listed(land)
    Household.objects.filter(pk=ended.pk).update(ended_on=day("2024-08-01"), end_reason="DIED_OUT")
    elsewhere = people.household(land.other_village, people.person())
    families.on_list(elsewhere, land.other_decision, since=day("2024-01-01"))
    assert outcomes(land, Began.POOR) == {Outcome.GONE: 1}
    assert what_helped.standards_of(2024, [land.commune.inner_path]) == [
        land.decision.standard.name_vi
    ]
