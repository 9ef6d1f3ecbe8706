"""Recording support of a household in the browser, step by step."""

import pytest
from django.urls import reverse
from pytest_django import Settings

from households.choices import Role
from households.models import Household
from programs.choices import BenefitState
from programs.models import Benefit
from tests.factories import families, houses, people, users
from tests.programs.conftest import Land, day
from tests.programs.views.test_programmes import client_of
from tests.programs.views.test_support import panel


@pytest.fixture(autouse=True)
def in_english(settings: Settings) -> None:
    settings.POVREG_TODAY = day("2024-10-15")
    settings.LANGUAGE_CODE = "en"


@pytest.fixture
def poor(land: Land) -> Household:
    home = people.household(land.village, people.person())
    families.on_list(home, land.decision, since=day("2024-01-01"))
    return home


def new_address(home: Household, code: str = "loan") -> str:
    return reverse("programs:benefit_new", args=[home.pk, code])


WISH = {"state": "WISHED", "acted_on": "10/05/2024", "amount_vnd": ""}


def test_a_loan_is_recorded_taken_on_and_taken_back(land: Land, poor: Household) -> None:
    client = client_of(land.officer)
    assert "Money from" in client.get(new_address(poor)).content.decode()
    answer = client.post(new_address(poor), WISH, follow=True)
    assert "It is recorded." in answer.content.decode()
    loan = Benefit.objects.get()
    assert (loan.state, loan.terms and loan.terms.ground) == (BenefitState.WISHED, "poor")
    listed = panel(client, poor)
    assert "Support received" in listed
    assert "Wished for 10/05/2024" in listed
    step = reverse("programs:benefit_step", args=[loan.uuid])
    client.post(step, {"state": "LISTED", "acted_on": "20/05/2024"})
    loan.refresh_from_db()
    assert (loan.state, loan.acted_on) == (BenefitState.LISTED, day("2024-05-20"))
    page = client.get(reverse("programs:benefit", args=[loan.uuid])).content.decode()
    assert "Next step" in page
    cancel = reverse("programs:benefit_cancel", args=[loan.uuid])
    assert client.post(cancel, {"reason": ""}).status_code == 422
    client.post(cancel, {"reason": "Nhập nhầm hộ"})
    loan.refresh_from_db()
    assert loan.state == BenefitState.CANCELLED


def test_what_breaks_a_rule_stands_at_its_field_with_what_was_typed(
    land: Land, poor: Household
) -> None:
    client = client_of(land.officer)
    typed = WISH | {"state": "SERVED", "amount_vnd": "150000000"}
    answer = client.post(new_address(poor), typed)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "At most 100,000,000 đồng" in page
    assert "150000000" in page.replace(",", "")
    assert not Benefit.objects.exists()


def test_a_step_that_does_not_follow_is_told_on_the_form(land: Land, poor: Household) -> None:
    client = client_of(land.officer)
    client.post(new_address(poor), WISH)
    step = reverse("programs:benefit_step", args=[Benefit.objects.get().uuid])
    answer = client.post(step, {"state": "LISTED", "acted_on": "09/05/2024"})
    assert answer.status_code == 422
    assert "lies before" in answer.content.decode()


def test_the_page_sent_twice_records_once(land: Land, poor: Household) -> None:
    client = client_of(land.officer)
    typed = WISH | {"once": "7d9b5c8e-6a0e-4d3c-9f0f-2f9c1b1f6a11"}
    client.post(new_address(poor), typed)
    client.post(new_address(poor), typed)
    assert Benefit.objects.count() == 1


def test_a_card_asks_for_the_member_and_school_support_for_its_months(
    land: Land, poor: Household
) -> None:
    client = client_of(land.officer)
    card = client.get(new_address(poor, "health_card")).content.decode()
    assert 'name="person"' in card
    # Nobody is chosen beforehand, and nothing is recorded for nobody.
    assert '<option value="" selected>–</option>' in card
    nobody = client.post(
        new_address(poor, "health_card"), {"person": "", **WISH, "state": "LISTED"}
    )
    assert nobody.status_code == 422
    assert not Benefit.objects.exists()
    assert 'name="valid_to"' in card
    costs = client.get(new_address(poor, "study_cost")).content.decode()
    assert 'name="months"' in costs


def test_who_only_reads_sees_it_and_changes_nothing(land: Land, poor: Household) -> None:
    client_of(land.officer).post(new_address(poor), WISH)
    loan = Benefit.objects.get()
    reader = client_of(users.user("reader", Role.COMMUNE_CHAIR, land.commune))
    page = reader.get(reverse("programs:benefit", args=[loan.uuid])).content.decode()
    assert "Next step" not in page
    step = reverse("programs:benefit_step", args=[loan.uuid])
    assert reader.post(step, {"state": "LISTED"}).status_code == 403
    assert reader.get(new_address(poor)).status_code == 403
    stranger = client_of(users.user("stranger", Role.COMMUNE_OFFICER, land.other_commune))
    assert stranger.get(reverse("programs:benefit", args=[loan.uuid])).status_code == 404
    assert stranger.post(step, {"state": "LISTED"}).status_code == 404
    assert reader.get(step).status_code == 405


def test_a_reason_is_asked_only_where_a_ground_is_confirmed(land: Land, poor: Household) -> None:
    client = client_of(land.officer)
    assert "list of those to be checked" in client.get(new_address(poor)).content.decode()
    gift = client.get(new_address(poor, "tet_gift")).content.decode()
    assert "No ground of this programme is confirmed today" in gift
    client.post(new_address(poor, "tet_gift"), WISH | {"state": "SERVED"})
    assert Benefit.objects.get().reason == ""


def test_a_house_is_neither_taken_on_nor_back_here_and_a_work_lets_go(
    land: Land, poor: Household
) -> None:
    houses.rules()
    (case,) = houses.listed(land.village, land.officer, poor, because="Nhà dột nát")
    client = client_of(land.officer)
    page = client.get(reverse("programs:benefit", args=[case.benefit.uuid])).content.decode()
    assert "Next step" not in page
    assert "Recorded by mistake" not in page
    cancel = reverse("programs:benefit_cancel", args=[case.benefit.uuid])
    answer = client.post(cancel, {"reason": "Nhầm"})
    assert answer.status_code == 422
    houses.work(land.village, land.officer, poor)
    served = Benefit.objects.get(from_works__isnull=False)
    page = client.get(reverse("programs:benefit", args=[served.uuid])).content.decode()
    assert "Next step" not in page
    client.post(reverse("programs:benefit_cancel", args=[served.uuid]), {"reason": "Nhầm"})
    served.refresh_from_db()
    assert served.state == BenefitState.CANCELLED
