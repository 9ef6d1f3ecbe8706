"""Procedures helped are not money paid out."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from pytest_django import Settings

from programs.choices import BenefitState
from programs.choices.support_lists import Outcome
from programs.models import Benefit
from programs.queries.loan_procedures import LoanProcedures, loan_procedures
from programs.queries.reach import Reach
from programs.services import list_answers, support_lists
from programs.services.list_answers import Answer
from tests.programs.conftest import Land, day
from tests.programs.queries.test_standing import given
from tests.programs.support_lists import handed_over, listed_home, row_of


@pytest.fixture(autouse=True)
def in_2024(settings: Settings) -> None:
    settings.POVREG_TODAY = day("2024-10-15")


def counted(land: Land, on: str = "2024-10-15", year: int = 2024) -> list[LoanProcedures]:
    return loan_procedures(Reach.alone(land.commune), year, day(on))


def test_on_a_list_is_helped_and_the_banks_answer_is_paid_out(land: Land) -> None:
    first, __ = listed_home(land), listed_home(land)
    found = handed_over(land)
    assert counted(land) == [
        LoanProcedures("", 2, 2, 0, 0, 0), LoanProcedures("poor", 2, 2, 0, 0, 0),
    ]  # fmt: skip
    row = row_of(found, first)
    paid = Answer(
        outcome=Outcome.SERVED, acted_on=day("2024-10-14"), amount_vnd=40_000_000, number="K1"
    )
    list_answers.record(
        support_list=found,
        answers={row.pk: Answer(outcome=Outcome.DECIDED, acted_on=day("2024-10-13"))},
        by=land.officer,
    )
    list_answers.record(support_list=found, answers={row.pk: paid}, by=land.officer)
    assert counted(land)[0] == LoanProcedures("", 2, 2, 1, 1, 40_000_000)
    assert counted(land, on="2024-10-13")[0] == LoanProcedures("", 2, 2, 0, 0, 0)
    assert counted(land, year=2023) == []


def test_paid_out_without_a_list_is_no_procedure_of_the_commune(land: Land) -> None:
    home = listed_home(land)
    given(land, home, "loan", amount_vnd=5_000_000)
    given(land, home, "loan", amount_vnd=None, served_on=day("2024-05-01"))
    assert counted(land) == [
        LoanProcedures("", 0, 0, 2, 1, 5_000_000), LoanProcedures("?", 0, 0, 2, 1, 5_000_000),
    ]  # fmt: skip
    assert loan_procedures(Reach.alone(land.other_commune), 2024, day("2024-10-15")) == []


def test_a_list_taken_back_helped_nobody(land: Land) -> None:
    listed_home(land)
    support_lists.drop(support_list=handed_over(land), reason="Sai ngày", by=land.officer)
    assert counted(land) == []
    assert Benefit.objects.get().state == BenefitState.CANCELLED


def test_one_query(land: Land) -> None:
    listed_home(land)
    handed_over(land)
    with CaptureQueriesContext(connection) as asked:
        counted(land)
    assert len(asked) == 1
