"""A class that was seen changes only with a reason, and both values are kept."""

from types import SimpleNamespace
from typing import Any

import pytest
from django.db import IntegrityError, connection
from django.test.utils import CaptureQueriesContext

from households.choices import PovertyClass, SurveyState
from households.errors import Invalid, Refused
from households.models import Assessment, ClassChange, ReviewRound, Survey
from households.services import surveys
from tests.factories import reviews

POOR_INCOME, GOOD_INCOME = 1_400_000, 2_400_000


@pytest.fixture
def round(place: SimpleNamespace) -> ReviewRound:
    return reviews.periodic(place.province, 2024, place.standard)


@pytest.fixture
def scored(place: SimpleNamespace, round: ReviewRound) -> Survey:
    return reviews.surveyed(
        round, place.village, place.officer, income_per_capita_month_vnd=POOR_INCOME
    )


def save(survey: Survey, by: Any, *, reason: str = "", complete: bool = True, **values: Any) -> Any:
    survey.refresh_from_db()
    person = survey.members.get().person_id
    return surveys.save(
        survey=survey,
        values=values,
        members=[reviews.adult(person_id=person)],
        revision=survey.revision,
        complete=complete,
        by=by,
        reason=reason,
    )


def test_another_class_without_a_reason_is_refused_and_nothing_is_saved(
    place: SimpleNamespace, scored: Survey
) -> None:
    for reason in ("", "  "):
        with pytest.raises(Invalid) as refused:
            save(scored, place.officer, reason=reason, income_per_capita_month_vnd=GOOD_INCOME)
        assert "Hộ không nghèo" in str(refused.value.fields["reason"][0])
    scored.refresh_from_db()
    assert scored.income_per_capita_month_vnd == POOR_INCOME
    assert Assessment.objects.get().poverty_class == PovertyClass.NEAR_POOR
    assert not ClassChange.objects.exists()


def test_with_a_reason_both_classes_and_both_values_are_kept(
    place: SimpleNamespace, scored: Survey
) -> None:
    save(scored, place.officer, reason="Thiếu lương", income_per_capita_month_vnd=GOOD_INCOME)
    kept = ClassChange.objects.get()
    assert (kept.class_before, kept.class_after) == ("NEAR_POOR", "NOT_POOR")
    assert kept.facts == [
        {
            "fact": "income_per_capita_month_vnd",
            "member_no": None,
            "before": POOR_INCOME,
            "after": GOOD_INCOME,
        }
    ]
    assert (kept.reason, kept.act.by) == ("Thiếu lương", place.officer)


def test_what_leaves_the_class_as_it_is_needs_no_reason(
    place: SimpleNamespace, scored: Survey
) -> None:
    save(scored, place.officer, income_per_capita_month_vnd=POOR_INCOME - 1)
    assert not ClassChange.objects.exists()


def test_the_way_round_by_a_draft_is_closed(place: SimpleNamespace, scored: Survey) -> None:
    with pytest.raises(Invalid):
        save(scored, place.officer, complete=False)
    draft = save(scored, place.officer, complete=False, reason="Chưa hỏi đủ")
    assert draft.state == SurveyState.DRAFT
    save(scored, place.officer, complete=False, income_per_capita_month_vnd=GOOD_INCOME)
    with pytest.raises(Refused):
        surveys.discard(survey=draft, by=place.officer)
    with pytest.raises(Invalid):
        save(scored, place.officer)
    save(scored, place.officer, reason="Hỏi lại bà chủ hộ")
    ways = ClassChange.objects.order_by("pk").values_list("class_before", "class_after")
    assert list(ways) == [("NEAR_POOR", None), ("NEAR_POOR", "NOT_POOR")]


def test_a_draft_that_stays_one_asks_nothing_more(
    place: SimpleNamespace, round: ReviewRound
) -> None:
    draft = surveys.start(round=round, village=place.village, by=place.officer)
    with CaptureQueriesContext(connection) as asked:
        surveys.save(
            survey=draft,
            values={"wall_durable": True},
            members=[],
            revision=draft.revision,
            complete=False,
            by=place.officer,
        )
    assert not [one for one in asked if "classchange" in one["sql"]]


@pytest.mark.parametrize("wrong", [{"reason": " "}, {"class_after": "NEAR_POOR"}])
def test_the_database_says_no(
    place: SimpleNamespace, scored: Survey, wrong: dict[str, str]
) -> None:
    given = {"class_before": "NEAR_POOR", "class_after": "POOR", "reason": "x", "facts": []} | wrong
    with pytest.raises(IntegrityError):
        ClassChange.objects.create(survey=scored, standard=place.standard, **given)
