"""Handing a list over: rows become benefits and change no more."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from pytest_django import Settings

from households.errors import Conflict, Invalid
from households.models import AuditEvent, StatusPeriod
from programs.choices import BenefitState
from programs.choices.support_lists import ListState
from programs.models import Benefit, LoanFacts, Programme, ProgrammeTerms
from programs.services import benefits, list_hand_over, list_rows, support_lists
from programs.services.benefit_checks import Given
from programs.services.list_hand_over import SignedPaper
from programs.services.list_rows import Asked
from tests.factories import people
from tests.programs.conftest import Land, day
from tests.programs.support_lists import (
    PAPER,
    begun,
    handed_over,
    listed_home,
    pupil_home,
    row_of,
)


@pytest.fixture(autouse=True)
def in_2024(settings: Settings) -> None:
    settings.POVREG_TODAY = day("2024-10-15")
    settings.LANGUAGE_CODE = "en"


def test_every_row_becomes_a_benefit_with_what_is_asked(land: Land) -> None:
    home = listed_home(land)
    found = begun(land)
    list_rows.put_due(support_list=found, by=land.officer)
    row = row_of(found, home)
    asked = Asked(50_000_000, purpose="LIVESTOCK", loan_months=36, savings_group="Tổ Bản Một")
    list_rows.ask(support_list=found, asked={row.pk: asked}, by=land.officer)
    assert list_hand_over.hand_over(support_list=found, paper=PAPER, by=land.officer) == 1
    row = row_of(found, home)
    loan = Benefit.objects.get()
    assert (row.benefit, row.listed_no, row.on_draft) == (loan, 1, False)
    assert (loan.state, loan.acted_on, loan.terms, loan.amount_vnd, loan.funding) == (
        BenefitState.LISTED, PAPER.handed_over_on, row.terms, 50_000_000, "policy_bank",
    )  # fmt: skip
    assert (loan.commune, loan.village, loan.served_on) == (land.commune, land.village, None)
    facts = LoanFacts.objects.get(benefit=loan)
    assert (facts.purpose, facts.loan_months, facts.savings_group) == (
        "LIVESTOCK", 36, "Tổ Bản Một",
    )  # fmt: skip
    act = AuditEvent.objects.get(verb="support_list.hand_over")
    assert loan.act_id == act.pk


def test_a_recorded_wish_goes_on_as_the_same_benefit(land: Land) -> None:
    home = listed_home(land)
    wish = benefits.record(
        programme=Programme.objects.get(code="loan"), household=home, by=land.officer,
        acted_on=day("2024-09-01"), state=BenefitState.WISHED,
    )  # fmt: skip
    found = handed_over(land)
    loan = Benefit.objects.get()
    assert (loan.pk, loan.state, loan.acted_on) == (wish.pk, "LISTED", PAPER.handed_over_on)
    assert row_of(found, home).benefit == loan


def test_after_the_hand_over_nothing_of_it_changes(land: Land) -> None:
    home = listed_home(land)
    found = handed_over(land)
    row = row_of(found, home)
    acts = [
        lambda: list_rows.put_due(support_list=found, by=land.officer),
        lambda: list_rows.choose(
            support_list=found, village=land.village, chosen=set(), by=land.officer
        ),
        lambda: list_rows.ask(support_list=found, asked={row.pk: Asked(1)}, by=land.officer),
        lambda: list_hand_over.hand_over(support_list=found, paper=PAPER, by=land.officer),
    ]
    for act in acts:
        with pytest.raises(Conflict, match="handed over"):
            act()
    assert row_of(found, home).amount_vnd is None


def test_the_paper_has_a_number_a_signer_and_a_day(land: Land) -> None:
    listed_home(land)
    found = begun(land)
    with pytest.raises(Invalid, match="Nobody stands"):
        list_hand_over.hand_over(support_list=found, paper=PAPER, by=land.officer)
    list_rows.put_due(support_list=found, by=land.officer)
    for paper, field in (
        (SignedPaper(" ", day("2024-10-12"), "Hoàng Văn Chủ"), "number"),
        (SignedPaper("1", day("2024-10-12"), ""), "signed_by"),
        (SignedPaper("1", day("2024-10-16"), "Hoàng Văn Chủ"), "handed_over_on"),
        (SignedPaper("1", day("2024-10-09"), "Hoàng Văn Chủ"), "handed_over_on"),
    ):
        with pytest.raises(Invalid) as raised:
            list_hand_over.hand_over(support_list=found, paper=paper, by=land.officer)
        assert list(raised.value.fields) == [field]
    assert not Benefit.objects.exists()


def test_who_is_no_longer_entitled_on_the_day_is_named(land: Land) -> None:
    home = listed_home(land, people.person("Nông Văn Nhầm"))
    found = begun(land)
    list_rows.put_due(support_list=found, by=land.officer)
    StatusPeriod.objects.filter(household=home).delete()
    with pytest.raises(Invalid, match=r"No longer entitled.*Nông Văn Nhầm"):
        list_hand_over.hand_over(support_list=found, paper=PAPER, by=land.officer)


def test_a_list_taken_back_takes_its_benefits_back(land: Land) -> None:
    listed_home(land)
    found = handed_over(land)
    with pytest.raises(Invalid, match="Write why"):
        support_lists.drop(support_list=found, reason=" ", by=land.officer)
    dropped = support_lists.drop(support_list=found, reason="Sai ngày", by=land.officer)
    loan = Benefit.objects.get()
    assert (dropped.state, loan.state, loan.reason) == (ListState.DROPPED, "CANCELLED", "Sai ngày")
    # Its people may be listed anew.
    assert list_rows.put_due(support_list=begun(land), by=land.officer) == 1


def test_what_was_a_wish_is_that_wish_again(land: Land) -> None:
    home = listed_home(land)
    wish = benefits.record(
        programme=Programme.objects.get(code="loan"), household=home, by=land.officer,
        acted_on=day("2024-09-01"), state=BenefitState.WISHED,
    )  # fmt: skip
    listed_home(land)
    found = handed_over(land)
    support_lists.drop(support_list=found, reason="Sai ngày", by=land.officer)
    wish.refresh_from_db()
    assert (wish.state, wish.acted_on, wish.reason) == ("WISHED", day("2024-09-01"), "")
    other = Benefit.objects.exclude(pk=wish.pk).get()
    assert (other.state, other.reason) == ("CANCELLED", "Sai ngày")
    again = begun(land)
    list_rows.put_due(support_list=again, by=land.officer)
    assert list_hand_over.hand_over(support_list=again, paper=PAPER, by=land.officer) == 2
    assert row_of(again, home).benefit == wish


def test_who_was_served_meanwhile_is_named(land: Land) -> None:
    home = listed_home(land, people.person("Nông Văn Vay"))
    listed_home(land)
    found = begun(land)
    list_rows.put_due(support_list=found, by=land.officer)
    benefits.record(
        programme=Programme.objects.get(code="loan"), household=home, by=land.officer,
        acted_on=day("2024-10-11"), state=BenefitState.SERVED,
    )  # fmt: skip
    with pytest.raises(Invalid, match=r"Served since.*Nông Văn Vay"):
        list_hand_over.hand_over(support_list=found, paper=PAPER, by=land.officer)
    assert found.rows.filter(benefit__isnull=False).count() == 0


def test_numbers_on_the_paper_go_by_level_and_name(land: Land) -> None:
    __, older = pupil_home(land, "Nông Thị An", "lower_secondary")
    __, second = pupil_home(land, "Nông Thị Bê")
    __, first = pupil_home(land, "Nông Thị Ánh")
    found = handed_over(land, "study_cost")
    numbered = {row.person: row.listed_no for row in found.rows.select_related("person")}
    assert [numbered[one] for one in (first, second, older)] == [1, 2, 3]
    costs = Benefit.objects.filter(person=first).get()
    assert (costs.school_year, costs.months, costs.amount_vnd) == (2024, 9, 1_350_000)
    assert costs.school_level == "primary"
    assert Benefit.objects.get(person=older).school_level == "lower_secondary"


def test_statements_do_not_grow_with_the_rows(land: Land) -> None:
    listed_home(land)
    first = begun(land)
    list_rows.put_due(support_list=first, by=land.officer)
    with CaptureQueriesContext(connection) as one:
        list_hand_over.hand_over(support_list=first, paper=PAPER, by=land.officer)
    for _number in range(6):
        listed_home(land)
    second = begun(land)
    list_rows.put_due(support_list=second, by=land.officer)
    with CaptureQueriesContext(connection) as many:
        list_hand_over.hand_over(support_list=second, paper=PAPER, by=land.officer)
    assert second.rows.count() == 6
    assert len(many) == len(one) <= 30


def test_a_wish_over_the_ceiling_of_todays_ground_is_named(land: Land) -> None:
    home = listed_home(land, people.person("Nông Văn Nhiều"))
    wish = benefits.record(
        programme=Programme.objects.get(code="loan"), household=home, by=land.officer,
        acted_on=day("2024-09-01"), state=BenefitState.WISHED, given=Given(amount_vnd=90_000_000),
    )  # fmt: skip
    ProgrammeTerms.objects.filter(programme__code="loan").update(ceiling_vnd=80_000_000)
    found = begun(land)
    list_rows.put_due(support_list=found, by=land.officer)
    with pytest.raises(Invalid, match=r"over the ceiling.*Nông Văn Nhiều"):
        list_hand_over.hand_over(support_list=found, paper=PAPER, by=land.officer)
    # What the list asks stands for what was wished.
    row = row_of(found, home)
    list_rows.ask(support_list=found, asked={row.pk: Asked(70_000_000)}, by=land.officer)
    list_hand_over.hand_over(support_list=found, paper=PAPER, by=land.officer)
    wish.refresh_from_db()
    assert (wish.state, wish.amount_vnd) == (BenefitState.LISTED, 70_000_000)
