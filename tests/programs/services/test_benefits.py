"""Recording support: what is taken, and each refusal with the rule it names."""

import pytest
from pytest_django import Settings

from households.choices import Role
from households.errors import Conflict, Invalid, Refused
from households.models import AuditEvent, Household, HouseholdCard, Person
from programs.choices import BenefitState, FundingLine
from programs.models import Benefit, HousingCeiling, Programme, ProgrammeTerms
from programs.services import benefits
from programs.services.benefit_checks import Given
from tests.factories import families, houses, people, users
from tests.programs.conftest import Land, day

ON = day("2024-05-10")


@pytest.fixture(autouse=True)
def in_2024(settings: Settings) -> None:
    settings.POVREG_TODAY = day("2024-10-15")
    settings.LANGUAGE_CODE = "en"


@pytest.fixture
def head(land: Land) -> Person:
    return people.person()


@pytest.fixture
def poor(land: Land, head: Person) -> Household:
    home = people.household(land.village, head)
    families.on_list(home, land.decision, since=day("2024-01-01"))
    return home


def programme(code: str) -> Programme:
    return Programme.objects.get(code=code)


def test_a_loan_goes_from_the_wish_to_the_money(land: Land, poor: Household) -> None:
    loan = benefits.record(
        programme=programme("loan"), household=poor, by=land.officer, acted_on=ON,
        state=BenefitState.WISHED,
    )  # fmt: skip
    assert (loan.terms and loan.terms.ground, loan.commune, loan.served_on) == (
        "poor", land.commune, None,
    )  # fmt: skip
    for state in (BenefitState.LISTED, BenefitState.DECIDED):
        benefits.advance(benefit=loan, state=state, by=land.officer, acted_on=ON)
    paid = benefits.advance(
        benefit=loan, state=BenefitState.SERVED, by=land.officer, acted_on=day("2024-06-01"),
        given=Given(amount_vnd=50_000_000, funding=FundingLine.POLICY_BANK),
    )  # fmt: skip
    assert (paid.served_on, paid.amount_vnd) == (day("2024-06-01"), 50_000_000)
    acts = AuditEvent.objects.filter(verb__startswith="benefit.").order_by("pk")
    assert [act.verb for act in acts] == ["benefit.record", *["benefit.advance"] * 3]


def test_steps_keep_their_order_and_their_days(land: Land, poor: Household) -> None:
    loan = benefits.record(
        programme=programme("loan"), household=poor, by=land.officer, acted_on=ON,
        state=BenefitState.WISHED,
    )  # fmt: skip
    with pytest.raises(Invalid, match="does not follow"):
        benefits.advance(benefit=loan, state=BenefitState.SERVED, by=land.officer, acted_on=ON)
    with pytest.raises(Invalid, match="lies before"):
        benefits.advance(
            benefit=loan, state=BenefitState.LISTED, by=land.officer, acted_on=day("2024-05-09")
        )
    with pytest.raises(Invalid, match="Write why"):
        benefits.advance(benefit=loan, state=BenefitState.REFUSED, by=land.officer, acted_on=ON)


def given_loan(land: Land, home: Household, **more: object) -> Benefit:
    facts = {
        "programme": programme("loan"), "household": home, "by": land.officer,
        "acted_on": ON, "state": BenefitState.SERVED,
    } | more  # fmt: skip
    return benefits.record(**facts)  # type: ignore[arg-type]


def test_the_wrong_class_is_refused_with_what_the_programme_is_for(land: Land) -> None:
    home = people.household(land.village, people.person("Lý Văn Khá"))
    with pytest.raises(Invalid, match="Poor household; Near-poor household; Newly escaped"):
        given_loan(land, home)
    kept = given_loan(land, home, without_ground_because="Ngân hàng đã giải ngân")
    assert (kept.terms, kept.reason) == (None, "Ngân hàng đã giải ngân")


def test_an_amount_over_the_ceiling_is_refused_with_its_text(land: Land, poor: Household) -> None:
    with pytest.raises(Invalid, match=r"100,000,000 đồng.*Quyết định 12/QĐ-HĐQT") as raised:
        given_loan(land, poor, given=Given(amount_vnd=100_000_001))
    assert list(raised.value.fields) == ["amount_vnd"]
    assert not Benefit.objects.exists()
    assert given_loan(land, poor, given=Given(amount_vnd=100_000_000)).amount_vnd == 100_000_000


def test_a_ceiling_in_doubt_refuses_nothing(land: Land, poor: Household) -> None:
    ProgrammeTerms.objects.filter(programme__code="loan").update(doubts={"ceiling_vnd": "weak"})
    assert given_loan(land, poor, given=Given(amount_vnd=200_000_000)).pk


def test_wrong_days_are_refused(land: Land, poor: Household) -> None:
    with pytest.raises(Invalid, match="still to come"):
        given_loan(land, poor, acted_on=day("2024-10-16"))
    with pytest.raises(Invalid, match="Not entitled on this day"):
        given_loan(land, poor, acted_on=day("2023-12-31"))
    with pytest.raises(Invalid, match="did not live in the province"):
        given_loan(land, poor, acted_on=day("2019-12-31"))


def test_another_area_is_refused(land: Land, poor: Household) -> None:
    stranger = users.user("stranger", Role.COMMUNE_OFFICER, land.other_commune)
    with pytest.raises(Refused):
        given_loan(land, poor, by=stranger)
    assert given_loan(land, poor, by=users.user("chief", Role.DEPARTMENT, land.province)).pk
    with pytest.raises(Refused):
        benefits.cancel(benefit=Benefit.objects.get(), by=stranger, reason="x")


def test_a_second_house_is_refused(land: Land, poor: Household) -> None:
    families.trait(land.district, "POOR_DISTRICT", "YES")  # type: ignore[arg-type]
    house = {"programme": programme("housing"), "state": BenefitState.WISHED, "own_way": True}
    first = given_loan(land, poor, **house)
    with pytest.raises(Conflict, match="given once"):
        given_loan(land, poor, **house)
    benefits.cancel(benefit=first, by=land.officer, reason="Nhập nhầm hộ")
    assert given_loan(land, poor, **house).pk != first.pk


def test_a_card_is_for_a_member(land: Land, poor: Household, head: Person) -> None:
    card = {"programme": programme("health_card"), "state": BenefitState.SERVED}
    with pytest.raises(Invalid, match="which member"):
        given_loan(land, poor, **card)
    with pytest.raises(Invalid, match="did not belong"):
        given_loan(land, poor, person=people.person("Người Lạ"), **card)
    kept = given_loan(
        land, poor, person=head,
        given=Given(number="HN2060123456789", valid_from=ON, valid_to=day("2024-12-31")), **card,
    )  # fmt: skip
    assert kept.terms
    assert kept.terms.share_percent == 100
    with pytest.raises(Invalid, match="which member"):
        given_loan(land, poor, person=head)


def test_months_over_the_most_are_refused(land: Land, poor: Household, head: Person) -> None:
    terms = ProgrammeTerms.objects.get(
        programme__code="study_cost", ground="poor", valid_to=day("2025-09-02")
    )
    terms.who = {"class": ["POOR"]}
    terms.save()
    costs = {
        "programme": programme("study_cost"), "person": head, "state": BenefitState.LISTED,
    }  # fmt: skip
    with pytest.raises(Invalid, match="At most 9 months") as raised:
        given_loan(land, poor, given=Given(months=10, amount_vnd=1_500_000), **costs)
    assert "months" in raised.value.fields
    with pytest.raises(Invalid, match="At most 750,000 đồng"):
        given_loan(land, poor, given=Given(months=5, amount_vnd=750_001), **costs)
    assert given_loan(land, poor, given=Given(months=9, amount_vnd=1_350_000), **costs).pk


def test_what_was_recorded_by_mistake_stays_and_says_why(land: Land, poor: Household) -> None:
    loan = given_loan(land, poor)
    with pytest.raises(Invalid, match="Write why"):
        benefits.cancel(benefit=loan, by=land.officer, reason=" ")
    gone = benefits.cancel(benefit=loan, by=land.officer, reason="Nhập nhầm hộ")
    assert (gone.state, gone.served_on) == (BenefitState.CANCELLED, ON)
    with pytest.raises(Invalid, match="taken back already"):
        benefits.cancel(benefit=gone, by=land.officer, reason="again")


def test_the_practice_area_records_nothing(land: Land, poor: Household) -> None:
    land.village.is_practice = True
    land.village.save()
    with pytest.raises(Refused, match="practice area"):
        given_loan(land, poor)


def test_without_a_confirmed_ground_nobody_is_asked_for_a_reason(land: Land) -> None:
    home = people.household(land.village, people.person("Lý Văn Khá"))
    gift = {"programme": programme("tet_gift"), "state": BenefitState.SERVED}
    kept = given_loan(land, home, **gift)
    assert (kept.terms, kept.reason) == (None, "")
    ProgrammeTerms.objects.filter(programme__code="tet_gift").update(doubts={})
    with pytest.raises(Invalid, match="Not entitled on this day"):
        given_loan(land, home, **gift)


def test_the_ceiling_of_a_house_binds_the_money_of_its_line(land: Land, poor: Household) -> None:
    houses.rules()
    families.trait(land.district, "POOR_DISTRICT", "YES")  # type: ignore[arg-type]
    house = {"programme": programme("housing"), "state": BenefitState.SERVED, "own_way": True}
    with pytest.raises(Invalid, match="At most 40,000,000 đồng"):
        given_loan(land, poor, given=Given(50_000_000, funding=FundingLine.CENTRAL), **house)
    kept = given_loan(land, poor, given=Given(50_000_000, funding=FundingLine.LOCAL), **house)
    assert (kept.amount_vnd, kept.terms and kept.terms.ceiling_vnd) == (50_000_000, None)
    benefits.cancel(benefit=kept, by=land.officer, reason="Nhập nhầm")
    HousingCeiling.objects.update(doubt="memory")
    assert given_loan(land, poor, given=Given(50_000_000, funding=FundingLine.CENTRAL), **house).pk


def test_both_communes_act_after_a_move(land: Land, poor: Household, head: Person) -> None:
    loan = given_loan(land, poor)
    there = users.user("noi_moi", Role.COMMUNE_OFFICER, land.other_commune)
    with pytest.raises(Refused):
        benefits.advance(benefit=loan, state=BenefitState.CLOSED, by=there, acted_on=ON)
    HouseholdCard.objects.filter(household=poor).update(village=land.other_village)
    closed = benefits.advance(benefit=loan, state=BenefitState.CLOSED, by=there, acted_on=ON)
    assert closed.commune == land.commune
    act = AuditEvent.objects.filter(verb="benefit.advance").latest("pk")
    assert act.area == land.other_village
    benefits.cancel(benefit=loan, by=land.officer, reason="Ghi nhầm")


def test_a_second_mistake_does_not_overwrite_the_first(land: Land, poor: Household) -> None:
    loan = given_loan(land, poor)
    seen_by_another = Benefit.objects.get(pk=loan.pk)
    benefits.cancel(benefit=loan, by=land.officer, reason="Lý do đầu")
    with pytest.raises(Invalid, match="taken back already"):
        benefits.cancel(benefit=seen_by_another, by=land.officer, reason="Lý do sau")
    loan.refresh_from_db()
    assert loan.reason == "Lý do đầu"
