"""A reorganisation in the browser: from the resolution to the signed act and back."""

import datetime as dt
from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from households.choices import AreaLevel
from households.choices.reorganisations import ReorganisationState
from households.models import Area, Household, Reorganisation, User
from households.services import home_succession
from tests.factories import areas, pictures
from tests.households.services.reorganisation.conftest import World
from tests.households.services.reorganisation.conftest import world as world
from tests.security.answers import text_of

LogIn = Callable[[User], Client]
LIST = reverse("households:reorganisation_list")


def _page(act: Reorganisation) -> str:
    return reverse("households:reorganisation", args=[act.pk])


def _begun(client: Client, day: str = "01/01/2025") -> Reorganisation:
    given = {"changed_on": day, "paper_number": "", "paper_date": "", "paper_by": ""}
    answer = client.post(LIST, given, follow=True)
    assert answer.status_code == 200
    return Reorganisation.objects.get()


def _new(act: Reorganisation, kind: str) -> str:
    return reverse("households:reorganisation_part_new", args=[act.pk, kind])


def _part(act: Reorganisation, place: int = 0) -> str:
    return reverse("households:reorganisation_part", args=[act.pk, place])


def _merger(client: Client, world: World) -> Reorganisation:
    act = _begun(client)
    client.post(_new(act, "MERGE"), {"units": [world.a.pk, world.b.pk]})
    act.refresh_from_db()
    names = {f"name-{pk}": name for pk, name in act.parts[0]["names"].items()}
    given = {
        "unit-1-name": "Xã Chung", "unit-1-code": "02008", "unit-1-area_type": "COMMUNE",
        "unit-1-settlement": "RURAL", **names,
    }  # fmt: skip
    assert client.post(_part(act), given).status_code == 302
    return act


def test_a_merger_from_the_resolution_to_taking_it_back(world: World, logged_in: LogIn) -> None:
    client = logged_in(world.department)
    act = _merger(client, world)

    shown = client.get(_page(act))
    assert "The number of the resolution is missing." in text_of(shown)
    assert b"disabled" in shown.content
    client.post(
        _page(act),
        {"act": "paper", "changed_on": "01/01/2025", "paper_number": "12/NQ",
         "paper_date": "01/10/2024", "paper_by": "UBTVQH"},
    )  # fmt: skip
    told = text_of(client.get(_page(act)))
    assert "3 villages, 3 households" in told
    assert "Nà Pài (Xã A)" in told
    assert "can-bo-b" in told
    assert client.post(_page(act), {"act": "sign"}).status_code == 302
    act.refresh_from_db()
    assert act.state == ReorganisationState.SIGNED
    assert client.post(_page(act), {"act": "undo", "reason": ""}).status_code == 422
    assert client.post(_page(act), {"act": "undo", "reason": "Sai"}).status_code == 302
    act.refresh_from_db()
    assert act.state == ReorganisationState.UNDONE
    assert Area.objects.at(AreaLevel.COMMUNE).count() == 3


def test_what_stands_against_it_is_told_and_not_signed(world: World, logged_in: LogIn) -> None:
    client = logged_in(world.department)
    act = _merger(client, world)

    answer = client.post(_page(act), {"act": "sign"})

    assert answer.status_code == 422
    assert "Type it under" in text_of(answer)
    assert Reorganisation.objects.get().state == ReorganisationState.DRAFT


def test_a_split_asks_for_each_village(world: World, logged_in: LogIn) -> None:
    client = logged_in(world.department)
    act = _begun(client, "15/10/2024")
    client.post(_new(act, "SPLIT"), {"unit": world.a.pk, "number": 2})
    page = text_of(client.get(_part(act)))
    assert "Bản Mới" in page
    assert "can-bo-a" in page
    one, two = world.villages["a1"].pk, world.villages["a2"].pk
    staff = world.officer_a.assignments.get().pk
    given = {
        "unit-1-name": "Xã Trên", "unit-1-code": "02008", "unit-1-area_type": "COMMUNE",
        "unit-1-settlement": "RURAL", "unit-2-name": "Xã Dưới", "unit-2-code": "02099",
        "unit-2-area_type": "WARD", "unit-2-settlement": "URBAN",
        f"goes-{one}": "1", f"goes-{two}": "2", f"staff-{staff}": "staff-ends",
    }  # fmt: skip
    client.post(_part(act), given)
    client.post(
        _page(act),
        {"act": "paper", "changed_on": "15/10/2024", "paper_number": "9/NQ",
         "paper_date": "01/10/2024", "paper_by": ""},
    )  # fmt: skip

    answer = client.post(_page(act), {"act": "sign"}, follow=True)

    assert "2 households followed" in text_of(answer)
    new = Area.objects.get(code="02099")
    assert Household.objects.under(new).get() == world.households["a2"]
    assert not world.officer_a.assignments.on(act.changed_on).exists()


def test_a_part_is_left_out_and_a_draft_thrown_away(world: World, logged_in: LogIn) -> None:
    client = logged_in(world.department)
    act = _merger(client, world)

    client.post(_part(act), {"drop": "1"})
    act.refresh_from_db()
    assert act.parts == []
    client.post(_page(act), {"act": "discard"})
    assert not Reorganisation.objects.exists()


def test_a_commune_merges_its_own_villages(world: World, logged_in: LogIn) -> None:
    client = logged_in(world.officer_a)
    act = _begun(client, "15/10/2024")
    assert client.get(_new(act, "MERGE")).status_code == 404
    villages = [world.villages["a1"].pk, world.villages["a2"].pk]
    client.post(_new(act, "VILLAGE_MERGE"), {"units": villages})
    client.post(_part(act), {"unit-1-name": "Thôn Chung", "unit-1-settlement": ""})
    client.post(
        _page(act),
        {"act": "paper", "changed_on": "15/10/2024", "paper_number": "9/NQ-HĐND",
         "paper_date": "01/10/2024", "paper_by": "HĐND"},
    )  # fmt: skip
    client.post(_page(act), {"act": "sign"})

    made = Area.objects.get(name="Thôn Chung")
    assert Household.objects.under(made).count() == 2
    assert world.head.assignments.on(act.changed_on).get().area == made


def test_who_may(world: World, logged_in: LogIn) -> None:
    act = _merger(logged_in(world.department), world)

    assert logged_in(world.officer_a).get(_page(act)).status_code == 404
    assert logged_in(world.head).get(LIST).status_code == 403
    assert logged_in(world.department).get(_page(act)).status_code == 200
    assert logged_in(world.department).put(_page(act)).status_code == 405


def test_the_shipped_map_is_carried_out_by_the_same_act(world: World, logged_in: LogIn) -> None:
    day = dt.date(2024, 7, 1)
    areas.merged(world.a, world.b, parent=world.province, code="02012", name="Xã Mới", on=day)
    client = logged_in(world.department)
    assert "The map of 01/07/2024 is there" in text_of(client.get(LIST))

    client.post(LIST, {"prepare": f"{world.province.pk}/2024-07-01"})

    told = text_of(client.get(_page(Reorganisation.objects.get())))
    assert "3 villages, 3 households" in told
    assert client.post(LIST, {"prepare": "7/never"}).status_code == 404


def test_into_a_commune_that_is_there_and_to_another_district(
    world: World, logged_in: LogIn
) -> None:
    client = logged_in(world.department)
    act = _begun(client)
    client.post(_new(act, "MERGE"), {"units": [world.a.pk, world.c.pk], "into": world.a.pk})
    client.post(_new(act, "MOVE"), {"unit": world.b.pk, "into": world.districts[1].pk})
    assert client.post(_new(act, "MOVE"), {"unit": world.b.pk, "into": ""}).status_code == 422
    assert client.post(_new(act, "MERGE"), {"units": ["0"]}).status_code == 422

    act.refresh_from_db()
    merger, move = act.parts
    assert (merger["units"], merger["becomes"][0]["area_id"]) == ([world.c.pk], world.a.pk)
    assert (move["units"], move["becomes"][0]["area_id"]) == ([world.b.pk], world.districts[1].pk)
    told = text_of(client.get(_page(act)))
    assert "Xã C → Xã A" in told
    assert "Xã B → Huyện Hai" in told


def test_a_scan_is_attached_and_opened_on_the_page(world: World, logged_in: LogIn) -> None:
    client = logged_in(world.department)
    act = world.draft(world.merger(), day=dt.date(2025, 1, 1))

    nothing = client.post(_page(act), {"act": "scan"})
    client.post(_page(act), {"act": "scan", "pages": pictures.jpeg_file()})
    kept = act.attachments.get()
    address = reverse("households:attachment", args=[kept.uuid])

    assert nothing.status_code == 422
    assert address in client.get(_page(act)).content.decode()
    assert client.get(address)["Content-Type"] == "application/pdf"
    assert logged_in(world.officer_a).get(address).status_code == 404


def test_the_page_tells_how_many_households_followed(
    world: World, logged_in: LogIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(home_succession, "MOST_AT_ONCE", 1)
    client = logged_in(world.department)
    act = world.draft(world.merger())
    client.post(_page(act), {"act": "sign"})

    shown = client.get(_page(act))
    part = client.get(_page(act), HTTP_HX_REQUEST="true")
    home_succession.follow()
    after = client.get(_page(act), HTTP_HX_REQUEST="true")

    assert "0 of 3 households" in text_of(shown)
    assert b'hx-trigger="every 2s"' in part.content
    assert b"<html" not in part.content
    assert b"hx-get" not in after.content
    assert "All households are in what their villages became." in text_of(after)
    assert "hx-get" not in client.get(_page(act)).content.decode()
