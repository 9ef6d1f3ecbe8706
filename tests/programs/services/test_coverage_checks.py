"""A benefit without a known ground is settled by somebody, with what that rests on, on record."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.utils import translation
from pytest_django import Settings

from households.choices import Role
from households.errors import Invalid, Refused
from households.models import AuditEvent, RowHistory
from programs.choices import BenefitState
from programs.choices.coverage import GroundVerdict
from programs.choices.houses import PaymentLine
from programs.models import Benefit, GroundCheck, Programme, SitePayment
from programs.services import coverage_checks, site_payments
from tests.factories import houses, people, users
from tests.programs.conftest import Land, day
from tests.programs.queries.test_standing import given

FOUND, STAYS, BACK = GroundVerdict.FOUND, GroundVerdict.STAYS, GroundVerdict.TAKEN_BACK


@pytest.fixture(autouse=True)
def today(settings: Settings) -> Iterator[None]:
    settings.POVREG_TODAY = day("2024-10-15")
    with translation.override("en"):
        yield


@pytest.fixture
def loan(land: Land) -> Benefit:
    home = people.household(land.village, people.person())
    return given(land, home, "loan", reason="danh sách ngân hàng", amount_vnd=50_000_000)


def check(land: Land, loan: Benefit, verdict: GroundVerdict, **more: Any) -> GroundCheck:
    more.setdefault("note", "Quyết định 12/QĐ-UBND")
    more.setdefault("by", land.officer)
    return coverage_checks.check_ground(benefit=loan, verdict=verdict, **more)


def ground(code: str = "loan", name: str = "poor", on: str = "2024-03-01") -> Any:
    return Programme.objects.get(code=code).terms.on(day(on)).get(ground=name)


def test_a_ground_that_was_found_stands_on_the_benefit_and_on_record(
    land: Land, loan: Benefit
) -> None:
    made = check(land, loan, FOUND, terms=ground())
    loan.refresh_from_db()
    assert loan.terms == ground()
    assert (made.verdict, made.checked_by, made.checked_on) == (
        FOUND, land.officer, day("2024-10-15")
    )  # fmt: skip
    act = AuditEvent.objects.get(verb="benefit.check_ground")
    assert (act.household_id, act.reason) == (loan.household_id, "Quyết định 12/QĐ-UBND")
    assert act.details == {"verdict": "FOUND", "ground": "poor"}


def test_it_may_stay_without_one_and_be_seen_otherwise_later(land: Land, loan: Benefit) -> None:
    check(land, loan, FOUND, terms=ground())
    check(land, loan, STAYS, note="Hộ không có trong danh sách")
    loan.refresh_from_db()
    assert loan.terms is None
    assert GroundCheck.objects.get().note == "Hộ không có trong danh sách"
    kept = RowHistory.objects.filter(table_name="programs_groundcheck").get()
    assert kept.row["verdict"] == "FOUND"


def test_a_mistake_is_taken_back_once_for_all(land: Land, loan: Benefit) -> None:
    check(land, loan, BACK)
    loan.refresh_from_db()
    assert loan.state == BenefitState.CANCELLED
    with pytest.raises(Invalid, match="taken back"):
        check(land, loan, STAYS)


def test_what_does_not_fit_is_refused_with_its_reason(land: Land, loan: Benefit) -> None:
    with pytest.raises(Invalid, match="rests on"):
        check(land, loan, STAYS, note="  ")
    for wrong in (None, ground("housing", "poor_district")):
        with pytest.raises(Invalid, match="in force on the day"):
            check(land, loan, FOUND, terms=wrong)
    loan.amount_vnd = 900_000_000
    loan.save()
    with pytest.raises(Invalid, match="At most"):
        check(land, loan, FOUND, terms=ground())
    assert not GroundCheck.objects.exists()
    assert not AuditEvent.objects.filter(verb="benefit.check_ground").exists()


def test_what_has_a_ground_or_is_nobodys_is_not_settled_here(land: Land, loan: Benefit) -> None:
    loan.terms = ground()
    loan.save()
    with pytest.raises(Invalid, match="known for it already"):
        check(land, loan, STAYS)


def test_only_who_records_support_there_settles_it(land: Land, loan: Benefit) -> None:
    for role, area in ((Role.COMMUNE_OFFICER, land.other_commune), (Role.REVIEWER, land.village)):
        somebody = users.user(f"other_{role.lower()}", role, area)
        with pytest.raises(Refused):
            check(land, loan, STAYS, by=somebody)


def test_money_paid_for_a_house_is_held_against_the_ceiling_of_the_ground(land: Land) -> None:
    houses.rules()
    home = people.household(land.village, people.person())
    (case,) = houses.listed(land.village, land.officer, home, because="Nhà dột nát")
    case = houses.taken_to(case, "ACCEPTED", land.officer)
    for line, vnd in ((PaymentLine.CENTRAL, 40_000_001), (PaymentLine.LOCAL, 9_000_000)):
        paid = site_payments.Paid(day("2024-05-01"), line, vnd)
        site_payments.pay_house(case=case, paid=paid, by=land.officer)
    found = ground("housing", "poor_district")
    with pytest.raises(Invalid, match="at most 40,000,000 đồng"):
        check(land, case.benefit, FOUND, terms=found)
    SitePayment.objects.filter(line=PaymentLine.CENTRAL).update(amount_vnd=40_000_000)
    assert check(land, case.benefit, FOUND, terms=found).verdict == FOUND
