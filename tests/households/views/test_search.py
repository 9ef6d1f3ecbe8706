"""The box of the bar and its page."""

from types import SimpleNamespace

import pytest
from django.test import Client
from django.urls import reverse

from households.choices import Role
from tests.factories import areas, people, users

SEARCH = reverse("households:search")
LIST = reverse("households:household_list")


@pytest.fixture
def place(db: None, client: Client) -> SimpleNamespace:
    province = areas.province()
    commune = areas.commune(province)
    village = areas.village(commune, "Thôn Nà Mới")
    made = people.household(village, people.person("Nông Văn Thử"), people.person("Lý Thị Sinh"))
    officer = users.user("officer", Role.COMMUNE_OFFICER, commune)
    client.force_login(officer, backend="django.contrib.auth.backends.ModelBackend")
    return SimpleNamespace(
        commune=commune, village=village, household=made, officer=officer, client=client
    )


def test_words_are_posted_and_lead_to_an_address_that_can_be_sent(place: SimpleNamespace) -> None:
    moved = place.client.post(SEARCH, {"q": " Lý Thị Sinh "})
    assert (moved.status_code, moved.headers["Location"]) == (
        302,
        f"{SEARCH}?q=L%C3%BD+Th%E1%BB%8B+Sinh",
    )
    page = place.client.get(moved.headers["Location"]).content.decode()
    assert reverse("households:household", args=[place.household.pk]) in page
    for told in ("Lý Thị Sinh", "Nông Văn Thử", place.household.code, "Thôn Nà Mới", "Xã Thử"):
        assert told in page


def test_nothing_typed_shows_the_empty_box(place: SimpleNamespace) -> None:
    moved = place.client.post(SEARCH, {"q": "  "})
    assert moved.headers["Location"] == SEARCH
    assert place.client.get(SEARCH).status_code == 200


def test_nothing_found_says_so_and_leads_on(place: SimpleNamespace) -> None:
    page = place.client.get(SEARCH, {"q": "<b>zzz"}).content.decode()
    assert "&lt;b&gt;zzz" in page
    assert f"{LIST}?all=1" in page


def test_a_village_leads_to_its_list(place: SimpleNamespace) -> None:
    page = place.client.get(SEARCH, {"q": "na moi"}).content.decode()
    assert f"{LIST}?village={place.village.pk}" in page


def test_a_letter_that_differs_is_told(place: SimpleNamespace) -> None:
    page = place.client.get(SEARCH, {"q": "nong van thur"}).content.decode()
    assert page.count('class="tag"') == 1


def test_the_list_takes_words_and_filters_the_same_way(place: SimpleNamespace) -> None:
    posted = {"q": "sinh", "class": "", "village": str(place.village.pk), "sort": "-name"}
    moved = place.client.post(LIST, posted)
    assert moved.headers["Location"] == f"{LIST}?village={place.village.pk}&sort=-name&q=sinh"
    assert place.client.post(LIST, {"q": ""}).headers["Location"] == f"{LIST}?all=1"


def test_a_number_narrows_the_list_and_its_pages(place: SimpleNamespace) -> None:
    holder = people.person("Lò Văn Số", personal_id="006080001950")
    people.household(place.village, holder)
    moved = place.client.post(LIST, {"q": "006080001950", "sort": "code"})
    page = place.client.get(moved.headers["Location"])
    assert [row.head_name for row in page.context["page"].rows] == ["Lò Văn Số"]
    # Its ways on carry the token, not the number.
    links = page.content.decode().split('id="list-out"')[0]
    assert "006080001950" not in links
    assert "kept=" in links


@pytest.mark.parametrize(
    "words", ["a" * 5000, "%_\\", "'; --", "\x00", "🙂", "\n" * 50, "9" * 300, "H" + "9" * 300]
)
def test_long_and_hostile_words_break_no_page(place: SimpleNamespace, words: str) -> None:
    assert place.client.post(SEARCH, {"q": words}, follow=True).status_code == 200
    assert place.client.get(SEARCH, {"q": words}, follow=True).status_code == 200


def test_who_reads_no_households_has_no_box_and_no_page(
    place: SimpleNamespace, client: Client
) -> None:
    administrator = users.user("admin", Role.ADMINISTRATOR, place.commune)
    client.force_login(administrator, backend="django.contrib.auth.backends.ModelBackend")
    for answer in (client.get(SEARCH), client.post(SEARCH, {"q": "sinh"})):
        assert answer.status_code == 403
    assert SEARCH not in client.get(reverse("households:home")).content.decode()


@pytest.mark.parametrize("method", ["put", "delete", "patch"])
def test_other_methods_are_not_taken(place: SimpleNamespace, method: str) -> None:
    assert getattr(place.client, method)(SEARCH).status_code == 405
