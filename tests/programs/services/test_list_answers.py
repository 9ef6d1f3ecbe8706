"""What the receiver answered: in part, with refusals, and what cannot be right."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from pytest_django import Settings

from households.errors import Conflict, Invalid
from programs.choices.support_lists import Outcome
from programs.models import Benefit, SupportList
from programs.queries.support_lists import counted
from programs.services import list_answers, support_lists
from programs.services.list_answers import Answer
from tests.programs.conftest import Land, day
from tests.programs.support_lists import begun, handed_over, listed_home, pupil_home, row_of

DECIDED = day("2024-10-14")


@pytest.fixture(autouse=True)
def in_2024(settings: Settings) -> None:
    settings.POVREG_TODAY = day("2024-10-15")
    settings.LANGUAGE_CODE = "en"


def answered(outcome: Outcome = Outcome.DECIDED, **more: Any) -> Answer:
    return Answer(outcome, more.pop("acted_on", DECIDED), **more)


def record(land: Land, found: SupportList, answers: dict[int, Answer]) -> int:
    return list_answers.record(support_list=found, answers=answers, by=land.officer)


def numbers(found: SupportList) -> tuple[int, ...]:
    one = counted(SupportList.objects.filter(pk=found.pk)).get()
    return one.listed, one.listed_households, one.waiting, one.decided, one.received, one.refused


def test_answers_come_in_parts(land: Land) -> None:
    first, second, third = listed_home(land), listed_home(land), listed_home(land)
    found = handed_over(land)
    rows = {home: row_of(found, home).pk for home in (first, second, third)}
    assert numbers(found) == (3, 3, 3, 0, 0, 0)
    decided = answered(amount_vnd=40_000_000, loan_months=60, number="HD-1")
    refused = answered(Outcome.REFUSED, reason="Còn nợ quá hạn")
    assert record(land, found, {rows[first]: decided, rows[second]: refused}) == 2
    assert numbers(found) == (3, 3, 1, 1, 0, 1)
    loan = Benefit.objects.get(household=first)
    assert (loan.state, loan.amount_vnd, loan.number, loan.served_on) == (
        "DECIDED", 40_000_000, "HD-1", None,
    )  # fmt: skip
    assert loan.loan_facts.loan_months == 60
    assert Benefit.objects.get(household=second).reason == "Còn nợ quá hạn"
    paid = answered(Outcome.SERVED, acted_on=day("2024-10-15"))
    record(land, found, {rows[first]: paid})
    loan.refresh_from_db()
    assert (loan.state, loan.served_on, loan.amount_vnd, loan.number) == (
        "SERVED", day("2024-10-15"), 40_000_000, "HD-1",
    )  # fmt: skip
    record(land, found, {rows[first]: answered(Outcome.CLOSED, acted_on=day("2024-10-15"))})
    loan.refresh_from_db()
    assert (loan.state, loan.served_on) == ("CLOSED", day("2024-10-15"))
    assert numbers(found) == (3, 3, 1, 0, 1, 1)
    with pytest.raises(Invalid, match="Answers are recorded"):
        support_lists.drop(support_list=found, reason="x", by=land.officer)


@pytest.mark.parametrize(
    ("answer", "field"),
    [
        (answered(Outcome.REFUSED), "reason"),
        (answered(Outcome.SERVED), "outcome"),
        (answered(acted_on=day("2024-10-16")), "acted_on"),
        (answered(acted_on=day("2024-10-11")), "acted_on"),
        (answered(amount_vnd=100_000_001), "amount_vnd"),
        (answered(loan_months=121), "loan_months"),
    ],
)
def test_what_cannot_be_right_is_told_at_its_row(land: Land, answer: Answer, field: str) -> None:
    home, other = listed_home(land), listed_home(land)
    found = handed_over(land)
    row = row_of(found, home).pk
    with pytest.raises(Invalid) as raised:
        record(land, found, {row: answer, row_of(found, other).pk: answered()})
    assert list(raised.value.fields) == [f"{row}.{field}"]
    # All or none.
    assert set(Benefit.objects.values_list("state", flat=True)) == {"LISTED"}


def test_a_card_has_its_number_and_days(land: Land) -> None:
    home = listed_home(land)
    found = handed_over(land, "health_card")
    row = row_of(found, home).pk
    with pytest.raises(Invalid) as raised:
        record(land, found, {row: answered(Outcome.SERVED)})
    assert set(raised.value.fields) == {f"{row}.number", f"{row}.valid_from"}
    first, last = day("2025-01-01"), day("2025-12-31")
    backwards = answered(Outcome.SERVED, number="HN1", valid_from=last, valid_to=first)
    with pytest.raises(Invalid, match="cannot be right"):
        record(land, found, {row: backwards})
    card = answered(Outcome.SERVED, number="HN2060123456789", valid_from=first, valid_to=last)
    record(land, found, {row: card})
    held = Benefit.objects.get()
    assert (held.number, held.valid_from, held.valid_to, held.served_on) == (
        "HN2060123456789", first, last, DECIDED,
    )  # fmt: skip


def test_a_school_pays_other_months_and_never_over_the_terms(land: Land) -> None:
    home, child = pupil_home(land)
    found = handed_over(land, "study_cost")
    row = row_of(found, home, child).pk
    with pytest.raises(Invalid) as raised:
        record(land, found, {row: answered(Outcome.SERVED, months=5, amount_vnd=900_000)})
    assert list(raised.value.fields) == [f"{row}.amount_vnd"]
    record(land, found, {row: answered(Outcome.SERVED, months=5, amount_vnd=750_000)})
    costs = Benefit.objects.get()
    assert (costs.months, costs.amount_vnd) == (5, 750_000)


def test_only_a_list_that_was_handed_over_is_answered(land: Land) -> None:
    with pytest.raises(Conflict, match="not handed over yet"):
        record(land, begun(land), {})


def test_rows_of_another_list_are_not_answered(land: Land) -> None:
    home = listed_home(land)
    first, second = handed_over(land), handed_over(land, "health_card")
    assert record(land, first, {row_of(second, home).pk: answered()}) == 0


def test_statements_do_not_grow_with_the_rows(land: Land) -> None:
    homes = [listed_home(land) for _number in range(6)]
    found = handed_over(land)
    rows = [row_of(found, home).pk for home in homes]
    with CaptureQueriesContext(connection) as one:
        record(land, found, {rows[0]: answered()})
    with CaptureQueriesContext(connection) as many:
        record(land, found, dict.fromkeys(rows[1:], answered()))
    assert numbers(found)[3] == 6
    assert len(many) <= len(one) <= 20
