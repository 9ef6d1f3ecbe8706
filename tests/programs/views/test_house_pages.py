"""Lists of houses in the browser: the board, a commune's list, a meeting's grid."""

from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pytest_django import Settings

from households.choices import Role, TraitKind
from households.models import Household
from programs.choices import BenefitState
from programs.choices.houses import Build
from programs.models import Benefit, HousingCase, HousingMeeting
from tests.factories import families, houses, people, pictures, users
from tests.programs.conftest import Land, day
from tests.programs.queries.test_standing import given
from tests.programs.views.test_programmes import client_of

ONCE = "7d9b5c8e-6a0e-4d3c-9f0f-2f9c1b1f6a11"


@pytest.fixture(autouse=True)
def in_2024(settings: Settings, land: Land, tmp_path: Path) -> None:
    settings.POVREG_TODAY = day("2024-10-15")
    settings.LANGUAGE_CODE = "en"
    settings.MEDIA_ROOT = tmp_path
    families.trait(land.district, TraitKind.POOR_DISTRICT, "YES")
    houses.rules()


def poor(land: Land, name: str = "Nông Văn Thử") -> Household:
    home = people.household(land.village, people.person(name))
    families.on_list(home, land.decision, since=day("2022-01-01"))
    return home


def page(client: Any, name: str, *args: object, query: str = "") -> str:
    answer = client.get(reverse(f"programs:{name}", args=args) + query)
    assert answer.status_code == 200
    return str(answer.content.decode())


def test_the_meeting_s_list_is_one_grid_of_ticks(land: Land) -> None:
    first, second, third = (poor(land, name) for name in ("Lý A", "Lý B", "Lý C"))
    rich = people.household(land.village, people.person("Người Khá"))
    client = client_of(land.officer)
    shown = page(client, "housing_meeting_new", land.village.pk)
    assert all(name in shown for name in ("Lý A", "Lý B", "Lý C"))
    assert "Người Khá" not in shown
    typed = {
        "held_on": "01/03/2024", "minutes_number": "01/BB", "pages": pictures.jpeg_file(),
        f"tick.{first.pk}": "on", f"build.{first.pk}": "NEW",
        f"tick.{third.pk}": "on", f"build.{third.pk}": "REPAIR", f"order.{third.pk}": "1",
        f"criteria.{third.pk}": ["LEAKING", "DISASTER"], "once": ONCE,
        f"order.{second.pk}": "7", f"tick.{rich.pk}": "on",
    }  # fmt: skip
    address = reverse("programs:housing_meeting_new", args=[land.village.pk])
    answer = client.post(address, typed, follow=True)
    assert answer.status_code == 200
    cases = list(HousingCase.objects.order_by("priority").select_related("benefit"))
    assert [(one.benefit.household_id, one.build, one.priority) for one in cases] == [
        (third.pk, Build.REPAIR, 1), (first.pk, Build.NEW, 2),
    ]  # fmt: skip
    assert cases[0].criteria == ["LEAKING", "DISASTER"]
    assert HousingMeeting.objects.get().files.get().page_count == 1
    client.post(address, typed)
    assert HousingMeeting.objects.count() == 1
    again = page(client, "housing_meeting_new", land.village.pk)
    assert f"tick.{first.pk}" not in again
    assert "Have one already" in again


def test_what_breaks_a_rule_is_told_with_what_was_ticked(land: Land) -> None:
    home = poor(land)
    client = client_of(land.officer)
    address = reverse("programs:housing_meeting_new", args=[land.village.pk])
    answer = client.post(address, {"held_on": "01/03/2024", "minutes_number": "1"})
    assert answer.status_code == 422
    assert "Tick at least one household" in answer.content.decode()
    typed = {"held_on": "01/03/2025", "minutes_number": "1", f"tick.{home.pk}": "on"}
    answer = client.post(address, typed)
    assert answer.status_code == 422
    assert "still to come" in answer.content.decode()
    assert not Benefit.objects.exists()


def filled(land: Land, count: int, number: str = "01/BB") -> list[HousingCase]:
    return houses.listed(
        land.village, land.officer, *(poor(land) for _each in range(count)), number=number
    )


def test_a_list_narrows_by_step_and_lateness_and_keeps_its_queries(land: Land) -> None:
    cases = filled(land, 2)
    houses.taken_to(cases[0], "DECIDED", land.officer, on=day("2024-10-10"))
    client = client_of(land.officer)
    everything = page(client, "housing_list", land.commune.pk)
    assert "Plan approved (1)" in everything
    assert "213 days late" in everything  # listed 1 March, 15 days to review it
    late = page(client, "housing_list", land.commune.pk, query="?stage=late")
    assert str(cases[1].benefit.uuid) in late
    assert str(cases[0].benefit.uuid) not in late
    with CaptureQueriesContext(
        connection,
    ) as few:
        page(client, "housing_list", land.commune.pk)
    filled(land, 5, "02/BB")
    with CaptureQueriesContext(connection) as many:
        page(client, "housing_list", land.commune.pk)
    assert len(many) == len(few) <= 20


def test_the_board_counts_households_and_money_by_commune(land: Land) -> None:
    cases = filled(land, 3)
    houses.taken_to(cases[0], "ACCEPTED", land.officer)
    chief = client_of(users.user("chief", Role.DEPARTMENT, land.province))
    shown = page(chief, "housing_board")
    assert land.commune.name in shown
    assert land.other_commune.name in shown  # without houses
    assert "Village meeting lists the need 2" in shown
    assert ">50<" in shown  # million đồng planned
    with CaptureQueriesContext(connection) as few:
        page(chief, "housing_board")
    filled(land, 4, "02/BB")
    with CaptureQueriesContext(connection) as many:
        page(chief, "housing_board")
    assert len(many) == len(few) <= 16


def test_who_works_in_a_village_sees_its_houses_and_no_link_to_the_commune(land: Land) -> None:
    filled(land, 1)
    head = client_of(users.user("head", Role.VILLAGE_HEAD, land.village))
    shown = page(head, "housing_board")
    assert land.commune.name in shown
    assert reverse("programs:housing_list", args=[land.commune.pk]) not in shown


def test_another_area_finds_nothing_and_readers_change_nothing(land: Land) -> None:
    (case,) = filled(land, 1)
    stranger = client_of(users.user("stranger", Role.COMMUNE_OFFICER, land.other_commune))
    for name, key in (
        ("housing_list", land.commune.pk), ("housing_out", land.commune.pk),
        ("housing_meeting_new", land.village.pk), ("housing_meeting", case.meeting.uuid),
    ):  # fmt: skip
        assert stranger.get(reverse(f"programs:{name}", args=[key])).status_code == 404
    assert case.benefit.household.card.head_name not in page(stranger, "housing_board")
    reader = client_of(users.user("reader", Role.COMMUNE_CHAIR, land.commune))
    assert "Record a meeting" not in page(reader, "housing_list", land.commune.pk)
    new = reverse("programs:housing_meeting_new", args=[land.village.pk])
    assert reader.get(new).status_code == 403


def test_minutes_are_attached_later(land: Land) -> None:
    (case,) = filled(land, 1)
    client = client_of(land.officer)
    address = reverse("programs:housing_meeting_file", args=[case.meeting.uuid])
    assert client.post(address, {}).status_code == 422
    client.post(address, {"files": pictures.jpeg_file()})
    assert "1 page" in page(client, "housing_meeting", case.meeting.uuid)


def test_a_house_of_a_list_taken_over_is_told_apart(land: Land) -> None:
    houses.listed(land.village, land.officer, poor(land, "Lý Có Bước"))
    plain = given(land, poor(land, "Lý Không Bước"), "housing", amount_vnd=40_000_000)
    given(land, poor(land, "Lý Nhầm"), "housing", state=BenefitState.CANCELLED, reason="nhầm")
    client = client_of(land.officer)
    shown = " ".join(page(client, "housing_list", land.commune.pk).split())
    assert 'id="without-steps"' in shown
    assert reverse("programs:benefit", args=[plain.uuid]) in shown
    assert "Lý Nhầm" not in shown
    (row,) = client.get(reverse("programs:housing_board")).context["rows"]
    assert (row.sums.houses, row.sums.without_steps) == (1, 1)
    stranger = users.user("stranger", Role.COMMUNE_OFFICER, land.other_commune)
    assert "Recorded without steps" not in page(client_of(stranger), "housing_board")
