"""Persons outside the register, recorded by hand in the browser."""

import pytest
from django.urls import reverse
from pytest_django import Settings

from households.choices import Role
from programs.choices import BenefitState
from programs.models import Benefit
from tests.factories import users
from tests.programs.conftest import Land, day
from tests.programs.views.test_programmes import client_of


@pytest.fixture(autouse=True)
def in_english(settings: Settings) -> None:
    settings.POVREG_TODAY = day("2024-10-15")
    settings.LANGUAGE_CODE = "en"


def test_recorded_listed_and_taken_back(land: Land) -> None:
    client = client_of(land.officer)
    new = reverse("programs:outside_new", args=["health_card"])
    assert "Person of merit" in client.get(new).content.decode()
    typed = {
        "name": "Bàn Văn Cụ", "birth_year": 1940, "place": land.commune.pk, "ground": "Merit",
        "state": "SERVED", "acted_on": "10/05/2024", "number": "CC1",
    }  # fmt: skip
    assert client.post(new, typed | {"ground": ""}).status_code == 422
    assert client.post(new, typed, follow=True).status_code == 200
    made = Benefit.objects.get()
    assert (made.outside_name, made.number) == ("Bàn Văn Cụ", "CC1")
    listed = reverse("programs:outside_list")
    assert "Bàn Văn Cụ" in client.get(listed, {"programme": "health_card"}).content.decode()
    assert "Bàn Văn Cụ" not in client.get(listed, {"programme": "loan"}).content.decode()
    one = reverse("programs:outside_benefit", args=[made.uuid])
    assert "CC1" in client.get(one).content.decode()
    assert client.post(one, {"reason": ""}).status_code == 422
    client.post(one, {"reason": "Nhập nhầm"})
    made.refresh_from_db()
    assert made.state == BenefitState.CANCELLED
    stranger = client_of(users.user("stranger", Role.COMMUNE_OFFICER, land.other_commune))
    assert stranger.get(one).status_code == 404
    assert "Bàn Văn Cụ" not in stranger.get(listed).content.decode()
