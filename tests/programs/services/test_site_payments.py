"""Payments: ceilings that bind, ceilings that warn, and what is taken back."""

import pytest
from pytest_django import Settings

from households.choices import Role, TraitKind
from households.errors import Invalid, Refused
from programs.choices.houses import Build, PaymentLine, WorksFor
from programs.models import HousingCase, HousingCeiling, SitePayment
from programs.services import site_payments
from programs.services.site_payments import Paid
from tests.factories import families, houses, people, users
from tests.programs.conftest import Land, day

ON = day("2024-05-01")


@pytest.fixture(autouse=True)
def in_2024(settings: Settings, land: Land) -> None:
    settings.POVREG_TODAY = day("2024-10-15")
    settings.LANGUAGE_CODE = "en"
    families.trait(land.district, TraitKind.POOR_DISTRICT, "YES")
    houses.rules()


def case_of(land: Land, build: Build = Build.NEW, stage: str = "DECIDED") -> HousingCase:
    home = people.household(land.village, people.person())
    families.on_list(home, land.decision, since=day("2022-01-01"))
    (case,) = houses.listed(land.village, land.officer, home, build=build)
    return houses.taken_to(case, stage, land.officer)


def pay(case: HousingCase, land: Land, vnd: int, line: str = "CENTRAL", on: str = "") -> list[str]:
    paid = Paid(day(on) if on else ON, PaymentLine(line), vnd)
    return site_payments.pay_house(case=case, paid=paid, by=land.officer)


def test_payments_add_up_to_what_the_benefit_gave_of_public_money(land: Land) -> None:
    case = case_of(land)
    assert pay(case, land, 25_000_000) == []
    assert pay(case, land, 5_000_000, "LOCAL") == []
    assert pay(case, land, 7_000_000, "COMMUNITY") == []
    case.benefit.refresh_from_db()
    assert case.benefit.amount_vnd == 30_000_000


@pytest.mark.parametrize(("build", "most"), [(Build.NEW, 40_000_000), (Build.REPAIR, 20_000_000)])
def test_over_a_confirmed_ceiling_is_refused_with_its_text(
    land: Land, build: Build, most: int
) -> None:
    case = case_of(land, build)
    pay(case, land, most - 1_000_000)
    with pytest.raises(Invalid, match=f"at most {most:,} đồng .*01/2022/TT-BXD") as raised:
        pay(case, land, 1_000_001)
    assert list(raised.value.fields) == ["amount_vnd"]
    assert pay(case, land, 1_000_000) == []
    # The ceiling binds the central budget; what the village gives is no matter of it.
    assert pay(case, land, 9_000_000, "COMMUNITY") == []


def test_an_unconfirmed_ceiling_and_the_plan_warn_and_refuse_nothing(land: Land) -> None:
    HousingCeiling.objects.filter(terms__ground="poor_district").update(doubt="memory")
    case = case_of(land)
    warnings = pay(case, land, 51_000_000)
    assert [text.rsplit(".", 2)[-2].strip() for text in warnings][:1] == [
        "The ceiling is not confirmed"
    ]
    assert warnings[1] == "Paid together 51,000,000 đồng, planned 50,000,000 đồng."
    assert SitePayment.objects.count() == 1


def test_wrong_days_and_sums_are_refused(land: Land) -> None:
    early = case_of(land, stage="POSTED")
    with pytest.raises(Invalid, match="before the plan is approved"):
        pay(early, land, 1_000_000)
    case = houses.taken_to(early, "DECIDED", land.officer)
    with pytest.raises(Invalid, match="before the plan is approved"):
        pay(case, land, 1_000_000, on="2024-03-31")
    with pytest.raises(Invalid, match="still to come"):
        pay(case, land, 1_000_000, on="2024-10-16")
    with pytest.raises(Invalid, match="more than nothing"):
        pay(case, land, 0)


def test_a_payment_taken_back_stays_and_counts_nowhere(land: Land) -> None:
    case = case_of(land)
    pay(case, land, 40_000_000)
    payment = SitePayment.objects.get()
    with pytest.raises(Invalid, match="Write why"):
        site_payments.take_back(payment=payment, by=land.officer, reason="")
    stranger = users.user("stranger", Role.COMMUNE_OFFICER, land.other_commune)
    with pytest.raises(Refused):
        site_payments.take_back(payment=payment, by=stranger, reason="x")
    site_payments.take_back(payment=payment, by=land.officer, reason="Nhập nhầm hộ")
    case.benefit.refresh_from_db()
    assert case.benefit.amount_vnd is None
    assert pay(case, land, 40_000_000) == []
    with pytest.raises(Invalid, match="already"):
        site_payments.take_back(
            payment=SitePayment.objects.get(pk=payment.pk), by=land.officer, reason="x"
        )


def test_another_area_pays_nothing(land: Land) -> None:
    case = case_of(land)
    stranger = users.user("stranger", Role.COMMUNE_OFFICER, land.other_commune)
    with pytest.raises(Refused):
        site_payments.pay_house(case=case, paid=Paid(ON, PaymentLine.LOCAL, 1_000), by=stranger)


def test_money_of_a_household_s_work_is_its_benefit_s_and_of_a_village_s_is_not(
    land: Land,
) -> None:
    homes = [people.household(land.village, people.person()) for _each in range(3)]
    own = houses.work(land.village, land.officer, homes[0], serves=WorksFor.HOUSEHOLD)
    shared = houses.work(land.village, land.officer, *homes[1:], planned_vnd=10_000_000)
    paid = Paid(ON, PaymentLine.LOCAL, 12_000_000)
    assert site_payments.pay_works(works=own, paid=paid, by=land.officer) == []
    assert site_payments.pay_works(works=shared, paid=paid, by=land.officer) == [
        "Paid together 12,000,000 đồng, planned 10,000,000 đồng."
    ]
    assert own.served.get().benefit.amount_vnd == 12_000_000
    assert [one.benefit.amount_vnd for one in shared.served.all()] == [None, None]
    with pytest.raises(Invalid, match="before the work is started"):
        site_payments.pay_works(
            works=own, paid=Paid(day("2024-01-31"), PaymentLine.LOCAL, 1), by=land.officer
        )
