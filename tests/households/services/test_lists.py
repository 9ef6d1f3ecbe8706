"""The official list year after year: who comes on, who leaves, and by which decision."""

import datetime as dt
from types import SimpleNamespace

import pytest

from households.choices import CommuneState, HouseholdEndReason, HowIn, HowOut, PovertyClass
from households.errors import Conflict, Invalid, Refused
from households.models import (
    CommuneReview,
    Household,
    PovertyStandard,
    RecognitionDecision,
    ReviewRound,
    StatusPeriod,
)
from households.services import lists, standards, surveys
from households.services.household_acts import closing, splits
from tests.factories import reviews

POOR = {"income_per_capita_month_vnd": 1_500_000, **reviews.THREE_LACKS}
NEAR_POOR = {"income_per_capita_month_vnd": 1_500_000}
ABOVE = {"income_per_capita_month_vnd": 2_500_000}
AVERAGE = {"income_per_capita_month_vnd": 2_000_000}


def _decide(place: SimpleNamespace, round: ReviewRound) -> lists.Adopted:
    return lists.adopt(
        round=round,
        standard=place.standard,
        commune=place.commune,
        paper=lists.Paper(f"{round.year}/QĐ-UBND", dt.date(round.year, 12, 10)),
        by=place.officer,
    )


def _year(
    place: SimpleNamespace, year: int, *answers: dict, of: list[Household] | None = None
) -> list[Household]:
    """One year's review of these households (new ones if none are given), decided on."""
    round = reviews.periodic(place.province, year, place.standard)
    found = []
    for index, facts in enumerate(answers):
        known = of[index] if of else None
        survey = reviews.surveyed(round, place.village, place.officer, household=known, **facts)
        found.append(survey.household)
    _decide(place, round)
    return found


def _history(household: Household) -> list[tuple[str, dt.date, dt.date | None, str, str]]:
    return list(
        StatusPeriod.objects.filter(household=household)
        .order_by("valid_from")
        .values_list("poverty_class", "valid_from", "valid_to", "how_in", "how_out")
    )


def test_the_first_list_opens_and_counts_from_the_new_year(place: SimpleNamespace) -> None:
    poor, near, above = _year(place, 2022, POOR, NEAR_POOR, ABOVE)
    start = dt.date(2023, 1, 1)
    assert _history(poor) == [(PovertyClass.POOR, start, None, HowIn.OPENING, "")]
    assert _history(near) == [(PovertyClass.NEAR_POOR, start, None, HowIn.OPENING, "")]
    assert _history(above) == []
    assert CommuneReview.objects.get().state == CommuneState.RECOGNISED


def test_a_class_that_stays_keeps_its_period_and_its_first_decision(place: SimpleNamespace) -> None:
    [poor] = _year(place, 2022, POOR)
    _year(place, 2023, POOR, of=[poor])
    period = StatusPeriod.objects.get()
    assert (period.valid_from, period.valid_to) == (dt.date(2023, 1, 1), None)
    assert period.decision_in.number == "2022/QĐ-UBND"


@pytest.mark.parametrize(
    ("before", "after", "how_out", "how_in"),
    [
        (POOR, NEAR_POOR, HowOut.TO_NEAR_POOR, HowIn.FROM_POOR),
        (NEAR_POOR, POOR, HowOut.TO_POOR, HowIn.FROM_NEAR_POOR),
    ],
)
def test_poor_and_near_poor_change_places(
    place: SimpleNamespace, before: dict, after: dict, how_out: str, how_in: str
) -> None:
    [household] = _year(place, 2022, before)
    _year(place, 2023, after, of=[household])
    [(__, __, ended, __, out), (__, began, still, came, __)] = _history(household)
    assert (ended, out) == (dt.date(2023, 12, 31), how_out)
    assert (began, still, came) == (dt.date(2024, 1, 1), None, how_in)


def test_who_escapes_and_falls_back_is_a_relapse_and_who_was_never_poor_is_new(
    place: SimpleNamespace,
) -> None:
    escaper, newcomer = _year(place, 2022, POOR, ABOVE)
    both = [escaper, newcomer]
    _year(place, 2023, ABOVE, ABOVE, of=both)
    _year(place, 2024, POOR, POOR, of=both)
    assert [row[3:] for row in _history(escaper)] == [
        (HowIn.OPENING, HowOut.ESCAPED),
        (HowIn.RELAPSED, ""),
    ]
    assert [row[3] for row in _history(newcomer)] == [HowIn.NEW_ENTRY]


def test_a_listed_household_that_was_not_reviewed_stays_on_the_list(place: SimpleNamespace) -> None:
    kept, other = _year(place, 2022, POOR, POOR)
    _year(place, 2023, ABOVE, of=[other])
    assert _history(kept)[0][2] is None
    assert _history(other)[0][2] == dt.date(2023, 12, 31)


def test_average_is_listed_only_for_farm_households(place: SimpleNamespace) -> None:
    farm, town = _year(place, 2022, AVERAGE | {"farm_household": True}, AVERAGE)
    assert [row[0] for row in _history(farm)] == [PovertyClass.AVERAGE]
    assert _history(town) == []


def test_a_second_decision_of_the_round_is_refused(place: SimpleNamespace) -> None:
    _year(place, 2022, POOR)
    with pytest.raises(Conflict, match="quyết định"):
        _decide(place, ReviewRound.objects.get())
    assert RecognitionDecision.objects.count() == 1


def test_an_older_round_cannot_be_decided_after_a_newer_one(place: SimpleNamespace) -> None:
    [household] = _year(place, 2023, POOR)
    earlier = reviews.periodic(place.province, 2022, place.standard)
    reviews.surveyed(earlier, place.village, place.officer, household=household, **ABOVE)
    with pytest.raises(Conflict):
        _decide(place, earlier)
    assert len(_history(household)) == 1


def test_drafts_stop_the_decision(place: SimpleNamespace) -> None:
    round = reviews.periodic(place.province, 2022, place.standard)
    reviews.surveyed(round, place.village, place.officer, **POOR)
    surveys.start(round=round, village=place.village, by=place.officer)
    with pytest.raises(Refused):
        _decide(place, round)
    assert not RecognitionDecision.objects.exists()


def test_a_date_before_the_review_or_an_empty_number_is_told_at_its_field(
    place: SimpleNamespace,
) -> None:
    round = reviews.periodic(place.province, 2022, place.standard)
    reviews.surveyed(round, place.village, place.officer, **POOR)
    for paper, field in (
        (lists.Paper("1/QĐ", dt.date(2022, 9, 30)), "decided_on"),
        (lists.Paper(" ", dt.date(2022, 12, 10)), "number"),
    ):
        with pytest.raises(Invalid) as refused:
            lists.adopt(
                round=round,
                standard=place.standard,
                commune=place.commune,
                paper=paper,
                by=place.officer,
            )
        assert list(refused.value.fields) == [field]


def test_results_on_a_sample_table_are_never_decided_in_a_real_register(
    place: SimpleNamespace,
) -> None:
    round = reviews.periodic(place.province, 2022, place.standard)
    table = standards.table_in_force(place.standard)
    assert table is not None
    assert table.is_sample
    answers = {q.code: q.options[0].code for q in standards.rules_of_table(table).asked_questions}
    facts = {**reviews.THREE_LACKS, "income_per_capita_month_vnd": None, "b1_answers": answers}
    survey = reviews.surveyed(
        round, place.village, place.officer, members=[reviews.adult(pension=False)], **facts
    )
    assert survey.assessments.get().income_basis == "POINTS"
    with pytest.raises(Refused, match=table.name):
        _decide(place, round)
    assert not StatusPeriod.objects.exists()
    place.commune.is_practice = True
    place.commune.save()
    _decide(place, round)


def test_the_whole_area_is_adopted_or_nothing(place: SimpleNamespace) -> None:
    round = reviews.periodic(place.province, 2022, place.standard)
    reviews.surveyed(round, place.village, place.officer, **POOR)
    stranger = PovertyStandard.objects.get(code="std_2016")
    paper = lists.Paper("1/QĐ-UBND", dt.date(2022, 12, 10))
    with pytest.raises(Invalid):
        lists.adopt_area(
            round=round, standard=stranger, area=place.province, paper=paper, by=place.officer
        )
    done = lists.adopt_area(
        round=round, standard=place.standard, area=place.province, paper=paper, by=place.officer
    )
    assert (done.communes, done.opened, done.ended, done.kept) == (1, 1, 0, 0)


def test_a_reviewed_commune_is_locked_after_the_decision(place: SimpleNamespace) -> None:
    [household] = _year(place, 2022, POOR)
    with pytest.raises(Refused):
        surveys.start(
            round=ReviewRound.objects.get(),
            village=place.village,
            household=None,
            by=place.officer,
        )
    assert household.surveys.count() == 1


def _ended(place: SimpleNamespace, household: Household, day: dt.date) -> None:
    closing.close(
        household=household, reason=HouseholdEndReason.MOVED_OUT, happened_on=day, by=place.officer
    )


def test_a_household_that_ended_leaves_with_the_next_decision_as_other_decrease(
    place: SimpleNamespace,
) -> None:
    gone, other = _year(place, 2022, POOR, POOR)
    _ended(place, gone, dt.date(2023, 5, 4))
    assert _history(gone)[0][2] is None
    _year(place, 2023, POOR, of=[other])
    assert _history(gone) == [
        (
            PovertyClass.POOR, dt.date(2023, 1, 1), dt.date(2023, 12, 31),
            HowIn.OPENING, HowOut.OTHER_OUT,
        )
    ]  # fmt: skip
    assert _history(other)[0][2] is None


def test_a_household_reviewed_and_then_ended_is_not_listed_again(place: SimpleNamespace) -> None:
    [other] = _year(place, 2022, POOR)
    round = reviews.periodic(place.province, 2023, place.standard)
    listed = reviews.surveyed(round, place.village, place.officer, household=other, **POOR)
    fresh = reviews.surveyed(round, place.village, place.officer, **POOR)
    for survey in (listed, fresh):
        _ended(place, survey.household, dt.date(2023, 11, 5))
    _decide(place, round)
    assert [row[4] for row in _history(other)] == [HowOut.OTHER_OUT]
    assert _history(fresh.household) == []


def test_who_split_off_a_listed_household_is_counted_as_split_not_as_newly_arisen(
    place: SimpleNamespace,
) -> None:
    two = [reviews.adult(), reviews.adult("Con", "child", birth_date=dt.date(2000, 1, 1))]
    round = reviews.periodic(place.province, 2022, place.standard)
    origin = reviews.surveyed(round, place.village, place.officer, members=two, **POOR).household
    _decide(place, round)
    son = origin.memberships.get(relation="child").person
    done = splits.split(
        household=origin, members=[son], head=son, happened_on=dt.date(2023, 3, 1),
        by=place.officer,
    )  # fmt: skip
    assert done.other
    _year(place, 2023, POOR, POOR, of=[origin, done.other])
    assert [row[3] for row in _history(done.other)] == [HowIn.SPLIT]
