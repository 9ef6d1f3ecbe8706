"""What is kept is right the moment after an act that changes it, and for no other question."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from households.models import ReviewRound, RoundStandard
from households.services import audit, marks
from reports.choices import FigureLevel
from reports.queries import kept_answers, questions
from tests.reports.conftest import Country


def poor_households(country: Country) -> int:
    asked = questions.asked(round=country.round, area=country.province, level=FigureLevel.PROVINCE)
    rows = kept_answers.of([country.round.pk]).rows("T1", asked)
    count = rows[0].figures["poor_households"]
    assert isinstance(count, int)
    return count


def test_a_save_is_seen_by_the_next_page(country: Country) -> None:
    country.poor()
    assert poor_households(country) == 1
    country.poor(1)
    assert poor_households(country) == 2


def test_what_did_not_change_is_not_counted_again(country: Country) -> None:
    country.poor()
    asked = questions.asked(round=country.round, area=country.province, level=FigureLevel.COMMUNE)
    kept = kept_answers.of([country.round.pk])
    first = kept.rows("T1", asked)
    with CaptureQueriesContext(
        connection,
    ) as queries:
        again = kept_answers.of([country.round.pk])
        assert again.rows("T1", asked) == first
    assert len(queries) == 1
    marks.mark_changed(round_id=country.round.pk, commune_ids=[country.communes[0].pk])
    assert kept_answers.of([country.round.pk]).revisions != kept.revisions


@pytest.mark.parametrize(
    "verb", ["lists.complete_from", "duplicate.undo", "area.correct_name", "area.close"]
)
def test_acts_that_leave_no_mark_are_seen_too(country: Country, verb: str) -> None:
    before = kept_answers.of([country.round.pk]).revisions
    with audit.act(by=country.officers[0], verb="something.else", area=country.communes[0]):
        pass
    assert kept_answers.of([country.round.pk]).revisions == before
    with audit.act(by=country.officers[0], verb=verb, area=country.communes[0]):
        pass
    assert kept_answers.of([country.round.pk]).revisions != before


def test_answers_of_another_question_or_language_are_not_taken(country: Country) -> None:
    kept = kept_answers.of([country.round.pk])
    assert kept.answer("a", [country.round.pk], (1,), lambda: "one") == "one"
    assert kept.answer("a", [country.round.pk], (2,), lambda: "two") == "two"
    assert kept.answer("b", [country.round.pk], (1,), lambda: "three") == "three"
    assert kept.answer("a", [country.round.pk], (1,), lambda: "never") == "one"


@pytest.mark.django_db
def test_none_is_an_answer_too() -> None:
    kept = kept_answers.of([])
    asked: list[int] = []
    for __ in range(2):
        assert kept.answer("none", [], (), lambda: asked.append(1)) is None
    assert asked == [1]


def test_rounds_on_offer_are_read_once_and_again_when_something_of_them_changes(
    country: Country,
) -> None:
    (first,), __ = kept_answers.on_offer(country.province)
    kept_answers.on_offer(country.province)
    with CaptureQueriesContext(connection) as queries:
        (again,), kept = kept_answers.on_offer(country.province)
    assert len(queries) == 1
    assert again == first
    assert country.round.pk in kept.every
    marks.mark_changed(round_id=country.round.pk, commune_ids=[country.communes[0].pk])
    with CaptureQueriesContext(connection) as queries:
        kept_answers.on_offer(country.province)
    assert len(queries) == 1  # facts are no part of what is on offer
    ReviewRound.objects.filter(pk=country.round.pk).update(covers_all_residents=False)
    (changed,), __ = kept_answers.on_offer(country.province)
    assert not changed.round.covers_all_residents
    RoundStandard.objects.filter(round=country.round).delete()
    (bare,), __ = kept_answers.on_offer(country.province)
    assert bare.standards == ()
    ReviewRound.objects.filter(pk=country.round.pk).update(year=country.round.year - 1)
    (moved,), __ = kept_answers.on_offer(country.province)
    assert moved.round.year == country.round.year - 1
