"""Essential works in the browser."""

from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pytest_django import Settings

from households.choices import Role
from households.models import Household
from programs.choices import BenefitState
from programs.models import Benefit, SiteFile, WorksProject
from tests.factories import families, houses, people, pictures, users
from tests.programs.conftest import Land, day
from tests.programs.views.test_programmes import client_of


@pytest.fixture(autouse=True)
def in_2024(settings: Settings, land: Land, tmp_path: Path) -> None:
    settings.POVREG_TODAY = day("2024-10-15")
    settings.LANGUAGE_CODE = "en"
    settings.MEDIA_ROOT = tmp_path
    houses.rules()


def home(land: Land) -> Household:
    made = people.household(land.village, people.person())
    families.on_list(made, land.decision, since=day("2022-01-01"))
    return made


TYPED = {
    "kind": "WATER", "serves": "VILLAGE", "name": "Bể nước Khuổi Thử", "started_on": "01/02/2024",
    "planned_vnd": "250000000",
}  # fmt: skip


def test_a_village_s_work_is_opened_served_paid_and_accepted(land: Land) -> None:
    first, second = home(land), home(land)
    client = client_of(land.officer)
    new = reverse("programs:works_new", args=[land.village.pk])
    assert client.get(new).status_code == 200
    wrong = client.post(new, TYPED | {"name": "", "households": [first.pk]})
    assert wrong.status_code == 422
    assert f'value="{first.pk}" checked' in wrong.content.decode()
    client.post(new, TYPED | {"households": [first.pk]})
    work = WorksProject.objects.get()

    def post(name: str, **typed: object) -> int:
        address = reverse(f"programs:{name}", args=[work.uuid])
        return client.post(address, typed).status_code

    assert post("works_serve", households=[]) == 422
    assert post("works_serve", households=[second.pk]) == 302
    paid = {"pay-paid_on": "01/03/2024", "pay-line": "LOCAL", "pay-amount_vnd": "90000000"}
    assert post("works_pay", **paid) == 302
    assert post("works_photo", **{"photo-files": pictures.jpeg_file()}) == 302
    assert SiteFile.objects.get().works == work
    days = {"accept-ended_on": "01/05/2024", "accept-accepted_on": "10/04/2024"}
    assert post("works_accept", **days, **{"accept-number": "3"}) == 422
    days["accept-accepted_on"] = "10/05/2024"
    assert post("works_accept", **days, **{"accept-number": "3"}) == 302
    assert set(Benefit.objects.values_list("state", flat=True)) == {BenefitState.SERVED}
    shown = client.get(reverse("programs:works", args=[work.uuid])).content.decode()
    assert "90,000,000 of 250,000,000 đồng" in shown
    assert "10/05/2024" in shown


def test_the_list_counts_households_and_money_and_keeps_its_queries(land: Land) -> None:
    client = client_of(land.officer)
    address = reverse("programs:works_list", args=[land.commune.pk])
    houses.work(land.village, land.officer, home(land), home(land))
    with CaptureQueriesContext(connection) as few:
        shown = client.get(address).content.decode()
    assert "Bể nước thôn" in shown
    assert ">100<" in shown
    for _each in range(3):
        houses.work(land.village, land.officer, home(land))
    with CaptureQueriesContext(connection) as many:
        shown = client.get(address).content.decode()
    assert '<dd class="figure-number">5</dd>' in shown
    assert len(many) == len(few) <= 18


def test_one_recorded_by_mistake_leaves_the_list(land: Land) -> None:
    work = houses.work(land.village, land.officer, home(land))
    client = client_of(land.officer)
    cancel = reverse("programs:works_cancel", args=[work.uuid])
    assert client.post(cancel, {"back-reason": ""}).status_code == 422
    assert client.post(cancel, {"back-reason": "nhầm thôn"}).status_code == 302
    shown = client.get(reverse("programs:works_list", args=[land.commune.pk])).content.decode()
    assert "No work is recorded yet." in shown


def test_readers_change_nothing_and_strangers_find_nothing(land: Land) -> None:
    work = houses.work(land.village, land.officer, home(land))
    reader = client_of(users.user("reader", Role.COMMUNE_CHAIR, land.commune))
    stranger = client_of(users.user("stranger", Role.COMMUNE_OFFICER, land.other_commune))
    assert reader.get(reverse("programs:works", args=[work.uuid])).status_code == 200
    assert reader.get(reverse("programs:works_new", args=[land.village.pk])).status_code == 403
    for name in ("works_serve", "works_accept", "works_pay", "works_photo", "works_cancel"):
        address = reverse(f"programs:{name}", args=[work.uuid])
        assert reader.post(address, {}).status_code == 403
        assert stranger.post(address, {}).status_code == 404
        assert reader.get(address).status_code == 405
    for name in ("works_list", "works_to_check"):
        address = reverse(f"programs:{name}", args=[land.commune.pk])
        assert stranger.get(address).status_code == 404
        assert reader.get(address).status_code == 200
