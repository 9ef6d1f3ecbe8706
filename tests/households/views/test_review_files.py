"""The page that gives out a round's facts: asked what for, one's own area, a file that opens."""

import io
import zipfile
from collections.abc import Callable

import pytest
import python_calamine
from django.test import Client
from django.urls import reverse

from households.choices import Role
from households.models import Area, AuditEvent, User
from tests.factories import people, reviews, users
from tests.households.conftest import World

LogIn = Callable[[User], Client]
SENT = {"purpose": "REPORT", "form": "xlsx"}


def url(world: World, area: Area) -> str:
    return reverse("households:review_files", args=[world.round.pk, area.pk])


@pytest.fixture
def client(world: World, logged_in: LogIn) -> Client:
    reviews.surveyed(world.round, world.village, world.officer, members=[reviews.adult()])
    return logged_in(world.officer)


def test_asks_first_and_records_nothing(world: World, client: Client) -> None:
    page = client.get(url(world, world.commune))
    assert (page.context["households"], page.context["members"]) == (1, 1)
    assert world.village.name in page.content.decode()
    assert not AuditEvent.objects.filter(verb="review.export").exists()


def test_a_workbook_with_both_sheets(world: World, client: Client) -> None:
    answer = client.post(url(world, world.village), SENT)
    assert answer["Content-Disposition"].startswith('attachment; filename="povreg-2024-')
    book = python_calamine.load_workbook(io.BytesIO(b"".join(answer)))
    assert book.sheet_names == ["households", "members"]
    names, words, row = book.get_sheet_by_name("households").to_python()
    assert (names[0], words[0], row[names.index("commune_code")]) == (
        "household_id", "Mã hộ", "02008",
    )  # fmt: skip
    assert AuditEvent.objects.get(verb="review.export").details["purpose"] == "REPORT"


def test_a_sheet_of_who_waits_for_a_form(world: World, client: Client) -> None:
    home = people.household(world.village, people.person("Lò Văn Mẫu"))
    reviews.listed(world.round, world.commune, world.officer, home)
    page = url(world, world.commune)
    assert client.get(page).context["to_fill"] == 1
    assert client.post(page, {"act": "fill"}).status_code == 422
    answer = client.post(page, {"act": "fill", "fill-purpose": "FIELD_WORK"})
    book = python_calamine.load_workbook(io.BytesIO(b"".join(answer)))
    names, _words, row = book.get_sheet_by_name("members").to_python()
    assert row[names.index("full_name")] == "Lò Văn Mẫu"
    assert AuditEvent.objects.get(verb="review.export").details["purpose"] == "FIELD_WORK"


def test_both_csv_files(world: World, client: Client) -> None:
    answer = client.post(url(world, world.commune), SENT | {"form": "csv"})
    with zipfile.ZipFile(io.BytesIO(b"".join(answer))) as packed:
        assert packed.namelist() == ["households.csv", "members.csv"]
        assert packed.read("households.csv").startswith(b"\xef\xbb\xbfhousehold_id,")


def test_a_province_for_its_department(world: World, client: Client, logged_in: LogIn) -> None:
    department = users.user("dep", Role.DEPARTMENT, world.province)
    answer = logged_in(department).post(url(world, world.province), SENT)
    assert answer.status_code == 200


def test_another_area_does_not_exist(world: World, client: Client) -> None:
    assert client.get(url(world, world.other_commune)).status_code == 404
    assert client.post(url(world, world.province), SENT).status_code == 404


def test_readers_are_refused(world: World, client: Client, logged_in: LogIn) -> None:
    reviewer = users.user("rev", Role.REVIEWER, world.village)
    assert logged_in(reviewer).get(url(world, world.village)).status_code == 403


@pytest.mark.parametrize("sent", [{}, {"purpose": "OTHER"}, {"form": "pdf"}])
def test_without_a_purpose_nothing_leaves(
    world: World, client: Client, sent: dict[str, str]
) -> None:
    answer = client.post(url(world, world.commune), {"form": "xlsx", **sent})
    assert answer.status_code == 422
    assert not AuditEvent.objects.filter(verb="review.export").exists()


def test_nothing_to_take(world: World, client: Client) -> None:
    village = Area.objects.create(
        level="VILLAGE", name="Thôn Trống", parent=world.commune, valid_from="2016-01-01"
    )
    page = client.get(url(world, village))
    assert "No form of this round is complete here yet." in page.content.decode()
    assert client.post(url(world, village), SENT).status_code == 422
