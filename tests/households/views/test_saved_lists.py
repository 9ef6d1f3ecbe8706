"""Saved lists in the browser: kept, opened, opened first, renamed, deleted, sent to a colleague."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from households.choices import Role
from households.models import SavedList, User
from tests.factories import people, users
from tests.households.conftest import World

LogIn = Callable[[User], Client]
LIST = reverse("households:household_list")
SAVED = reverse("households:saved_lists")


@pytest.fixture
def client(world: World, logged_in: LogIn) -> Client:
    people.household(world.village, people.person("Nông Văn Đây"))
    return logged_in(world.officer)


def _keep(client: Client, query: str, name: str = "Của tôi") -> SavedList:
    answer = client.post(f"{SAVED}?{query}", {"name": name})
    assert answer.status_code == 302, answer.content.decode()
    return SavedList.objects.get(name=name)


def _act(client: Client, kept: SavedList, act: str, **given: str) -> str:
    url = reverse("households:saved_list", args=[kept.pk])
    return client.post(url, {"act": act, **given}, follow=True).content.decode()


def test_the_list_offers_to_keep_what_is_chosen_and_then_shows_it(
    world: World, client: Client
) -> None:
    query = f"village={world.village.pk}&sort=-members"
    assert "Save this list" not in client.get(LIST).content.decode()
    assert client.get(f"{LIST}?{query}").context["saved"].new_query == query
    asked = client.get(f"{SAVED}?q=nong&{query}").content.decode()
    assert world.village.name in asked
    assert "are not saved" in asked
    _keep(client, f"q=nong&{query}")
    page = client.get(f"{LIST}?{query}")
    chip = page.context["saved"].chips[0]
    assert (chip.label, chip.url, chip.is_current) == ("Của tôi", f"?{query}", True)
    assert page.context["saved"].new_query == ""
    assert not client.get(f"{LIST}?{query}&q=nong").context["saved"].chips[0].is_current


def test_what_does_not_exist_is_not_kept(world: World, client: Client) -> None:
    answer = client.post(f"{SAVED}?class=RICH&village=x&sort=price", {"name": "Lạ"})
    assert answer.status_code == 422
    kept = _keep(client, f"class=POOR&round=x&village={world.other_village.pk}&sort=price")
    assert (kept.village, kept.in_round, kept.order) == (None, "", "name")


def test_a_name_that_is_taken_is_told_at_the_field(world: World, client: Client) -> None:
    _keep(client, "class=POOR")
    answer = client.post(f"{SAVED}?class=NEAR_POOR", {"name": "CUA TOI"})
    assert answer.status_code == 422
    assert "You have a list of this name already." in answer.content.decode()


def test_the_first_list_opens_without_an_address_and_all_households_stay_a_click_away(
    world: World, client: Client
) -> None:
    kept = _keep(client, "class=POOR")
    assert client.get(LIST).status_code == 200
    _act(client, kept, "first")
    assert client.get(LIST).headers["Location"] == f"{LIST}?class=POOR"
    page = client.get(LIST, follow=True)
    assert page.context["page"].count == 0
    assert 'href="?all=1"' in page.content.decode()
    everything = client.get(f"{LIST}?all=1")
    assert everything.context["page"].count == 1
    assert everything.context["saved"].shows_all
    # Taking the last filter away leads to all households, not back to the first list.
    chip = next(one for one in page.context["class_chips"] if one.label == "All households")
    assert chip.url == "?all=1"
    _act(client, kept, "not_first")
    assert client.get(LIST).status_code == 200


def test_a_list_is_renamed_and_deleted(client: Client) -> None:
    kept = _keep(client, "class=POOR")
    _keep(client, "class=NEAR_POOR", "Cận nghèo")
    assert "The list is renamed." in _act(client, kept, "rename", name="Nghèo")
    assert "of this name already" in _act(client, kept, "rename", name="can ngheo")
    assert "Give the list a name." in _act(client, kept, "rename", name=" ")
    assert "cannot be done" in _act(client, kept, "paint")
    assert SavedList.objects.get(pk=kept.pk).name == "Nghèo"
    assert "is deleted" in _act(client, kept, "delete")
    assert not SavedList.objects.filter(pk=kept.pk).exists()


def test_another_users_list_does_not_exist(world: World, client: Client, logged_in: LogIn) -> None:
    kept = _keep(client, "class=POOR")
    other = logged_in(users.user("other", Role.COMMUNE_OFFICER, world.commune))
    url = reverse("households:saved_list", args=[kept.pk])
    assert other.post(url, {"act": "delete"}).status_code == 404
    assert "Của tôi" not in other.get(SAVED).content.decode()
    assert "Của tôi" not in other.get(LIST).content.decode()


def test_an_address_sent_to_a_colleague_shows_his_own_area_and_says_so(
    world: World, client: Client, logged_in: LogIn
) -> None:
    people.household(world.other_village, people.person("Lý Văn Kia"))
    colleague = logged_in(users.user("other", Role.COMMUNE_OFFICER, world.other_commune))
    for query in (f"village={world.village.pk}", f"commune={world.commune.pk}"):
        page = colleague.get(f"{LIST}?{query}")
        assert [row.head_name for row in page.context["page"].rows] == ["Lý Văn Kia"]
        assert "The list is shown without it." in page.content.decode()
        assert "The list is shown without it." not in client.get(f"{LIST}?{query}").content.decode()


def test_a_list_whose_village_is_no_longer_is_marked_and_opens_without_it(
    world: World, client: Client
) -> None:
    kept = _keep(client, f"class=POOR&village={world.village.pk}")
    SavedList.objects.filter(pk=kept.pk).update(village=world.other_village)
    assert "opens without it" in client.get(SAVED).content.decode()
    chip = client.get(LIST).context["saved"].chips[0]
    assert chip.lost == world.other_village.name
    page = client.get(LIST + chip.url)
    assert page.context["wanted"].village is None
    assert page.context["places"].is_lost


def test_a_village_left_over_from_another_commune_is_no_lost_place(
    world: World, logged_in: LogIn
) -> None:
    department = logged_in(users.user("department", Role.DEPARTMENT, world.province))
    query = {"commune": world.commune.pk, "village": world.other_village.pk}
    assert not department.get(LIST, query).context["places"].is_lost
