"""Suggestions of the box: few, of one's own area, by POST alone, and not without end."""

from types import SimpleNamespace

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from households.choices import Role
from households.views import suggestions as view
from tests.factories import areas, people, users

URL = reverse("households:suggestions")
NUMBER = "006080123456"


@pytest.fixture
def place(db: None, client: Client) -> SimpleNamespace:
    province = areas.province()
    commune, next_door = areas.commune(province), areas.commune(province, "02011", "Xã Khác")
    village = areas.village(commune, "Thôn Nà Mới")
    far = areas.village(next_door, "Thôn Nà Xa")
    head = people.person("Nông Văn Thử", personal_id=NUMBER)
    made = people.household(village, head, people.person("Lý Thị Sinh"))
    people.household(far, people.person("Nông Văn Xa"))
    officer = users.user("officer", Role.COMMUNE_OFFICER, commune)
    client.force_login(officer, backend="django.contrib.auth.backends.ModelBackend")
    cache.delete(f"suggestions:{officer.pk}")
    return SimpleNamespace(village=village, household=made, officer=officer, client=client)


def told(place: SimpleNamespace, words: str) -> str:
    answer = place.client.post(URL, {"q": words})
    assert answer.status_code == 200
    assert "no-store" in answer.headers["Cache-Control"]
    return str(answer.content.decode())


@pytest.mark.parametrize("words", ["nong v", "Lý Thị S", NUMBER, "na moi"])
def test_households_persons_and_villages_of_ones_own_area(
    place: SimpleNamespace, words: str
) -> None:
    page = told(place, words)
    leads = {
        "na moi": f"?village={place.village.pk}",
    }.get(words, reverse("households:household", args=[place.household.pk]))
    assert f"{leads}&quot;" in page or f'{leads}"' in page
    assert "Nông Văn Xa" not in page
    assert "Nà Xa" not in page
    assert NUMBER not in page
    assert len(page.encode()) < 3_000


def test_a_code_leads_to_its_household(place: SimpleNamespace) -> None:
    assert place.household.code in told(place, place.household.code)


@pytest.mark.parametrize("words", ["", "n", "zzzz", "<script>"])
def test_little_typed_and_nothing_found_suggest_nothing(place: SimpleNamespace, words: str) -> None:
    assert told(place, words).strip() == ""


def test_at_most_a_handful(place: SimpleNamespace) -> None:
    for number in range(12):
        people.household(place.village, people.person(f"Nông Văn Thêm {'abcdefghijkl'[number]}"))
    assert told(place, "nong van").count('role="option"') == 8


def test_who_asks_faster_than_one_types_waits(
    place: SimpleNamespace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(view, "_ASKED_A_MINUTE", 2)
    told(place, "nong")
    told(place, "nong")
    assert place.client.post(URL, {"q": "nong"}).status_code == 429


def test_words_stand_in_no_address(place: SimpleNamespace) -> None:
    assert place.client.get(URL, {"q": "nong"}).status_code == 405
