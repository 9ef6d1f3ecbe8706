"""Houses, works, projects and communication have pages of their own; a plain page refuses them."""

import pytest
from pytest_django import Settings

from households.choices import TraitKind
from households.errors import Invalid
from households.models import Household
from programs.choices import BenefitState
from programs.choices.houses import PaymentLine, WorksFor
from programs.models import Benefit, Programme, WorksServed
from programs.services import benefits, project_participants, site_payments, works
from programs.services.works import Acceptance
from tests.factories import families, houses, people
from tests.factories import projects as make
from tests.programs.conftest import Land, day

ON = day("2024-05-10")


@pytest.fixture(autouse=True)
def in_2024(settings: Settings, land: Land) -> None:
    settings.POVREG_TODAY = day("2024-10-15")
    settings.LANGUAGE_CODE = "en"
    families.trait(land.district, TraitKind.POOR_DISTRICT, "YES")
    houses.rules()


@pytest.fixture
def poor(land: Land) -> Household:
    home = people.household(land.village, people.person())
    families.on_list(home, land.decision, since=day("2022-01-01"))
    return home


@pytest.mark.parametrize(
    ("code", "where"),
    [
        ("housing", "list of the village's meeting"),
        ("essential_works", "served by a work"),
        ("livelihood", "takes part in a project"),
        ("communication", "recorded as an activity"),
    ],
)
def test_what_has_its_own_page_is_not_recorded_plainly(
    land: Land, poor: Household, code: str, where: str
) -> None:
    programme = Programme.objects.get(code=code)
    with pytest.raises(Invalid, match=where):
        benefits.record(
            programme=programme, household=poor, by=land.officer, acted_on=ON,
            state=BenefitState.SERVED,
        )  # fmt: skip
    assert not Benefit.objects.exists()


def advanced(land: Land, benefit: Benefit, state: BenefitState) -> Benefit:
    return benefits.advance(benefit=benefit, state=state, by=land.officer, acted_on=ON)


def test_a_house_is_not_taken_back_past_its_money(land: Land, poor: Household) -> None:
    (case,) = houses.listed(land.village, land.officer, poor)
    with pytest.raises(Invalid, match="on its own page"):
        benefits.cancel(benefit=case.benefit, by=land.officer, reason="Nhập nhầm")
    with pytest.raises(Invalid, match="on its own page"):
        advanced(land, case.benefit, BenefitState.LISTED)


def test_a_work_serves_by_its_acceptance_alone(land: Land, poor: Household) -> None:
    work = houses.work(land.village, land.officer, poor)
    benefit = Benefit.objects.get()
    with pytest.raises(Invalid, match="goes on with the work"):
        advanced(land, benefit, BenefitState.SERVED)
    with pytest.raises(Invalid, match="goes on with the work"):
        benefits.cancel(benefit=benefit, by=land.officer, reason="Nhập nhầm")
    accepted = Acceptance(day("2024-05-01"), ON, "03/BBNT")
    works.accept(works=work, acceptance=accepted, by=land.officer)
    closed = advanced(land, Benefit.objects.get(), BenefitState.CLOSED)
    assert closed.state == BenefitState.CLOSED


def test_a_household_ticked_by_mistake_is_taken_off_unless_its_money_is_paid(
    land: Land, poor: Household
) -> None:
    own = houses.work(land.village, land.officer, poor, serves=WorksFor.HOUSEHOLD)
    paid = site_payments.Paid(ON, PaymentLine.LOCAL, 1_000_000)
    site_payments.pay_works(works=own, paid=paid, by=land.officer)
    with pytest.raises(Invalid, match="Money is paid already"):
        works.take_off(served=WorksServed.objects.get(), by=land.officer, reason="Nhầm hộ")
    shared = houses.work(land.village, land.officer, poor)
    served = WorksServed.objects.get(works=shared)
    gone = works.take_off(served=served, by=land.officer, reason="Nhầm hộ")
    assert (gone.state, gone.reason) == (BenefitState.CANCELLED, "Nhầm hộ")


def test_a_project_gives_by_its_approval_alone(land: Land, poor: Household) -> None:
    make.loaded()
    made = make.project(land.commune, land.officer)
    (part,) = project_participants.join(
        project=made, households=[poor], joined_on=ON, by=land.officer
    ).taken
    assert part.benefit is not None
    with pytest.raises(Invalid, match="goes on with the project"):
        advanced(land, part.benefit, BenefitState.SERVED)
    project_participants.take_back(participant=part, by=land.officer, reason="Nhầm hộ")
    part.benefit.refresh_from_db()
    assert part.benefit.state == BenefitState.CANCELLED
