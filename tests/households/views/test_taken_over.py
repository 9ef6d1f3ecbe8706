"""Taking over a list in the browser."""

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from households import tasks
from households.choices import Role
from households.models import ImportBatch, StatusPeriod, User
from tests.factories import paper_lists, people, pictures, reviews, users
from tests.households.conftest import World

LogIn = Callable[[User], Client]
Callbacks = Callable[..., Any]
PAGE = reverse("households:take_over_list")
BEFORE = dt.date(2023, 1, 1)


@pytest.fixture(autouse=True)
def folders(settings: Settings, tmp_path: Path, world: World) -> None:
    """Folders of the test's own; the job is known by its name, as a worker knows it."""
    settings.POVREG_IMPORTS = tmp_path / "imports"
    settings.MEDIA_ROOT = tmp_path / "attachments"
    assert tasks.run_import.name == "households.run_import"
    reviews.adult()  # the ethnic group of the list


def typed(world: World, rows: Any = paper_lists.TWO, **cells: Any) -> dict[str, Any]:
    return {
        "commune": world.commune.pk, "year": 2023, "number": "57/QĐ-UBND",
        "decided_on": "20/12/2023", "decided_by": "Hoàng Văn Chủ", "signer_title": "CHAIR",
        "effective_from": "01/01/2024", "poor_households": 1, "near_poor_households": 1,
        "sent": SimpleUploadedFile("danh-sach.xlsx", paper_lists.workbook(rows)),
        "pages": SimpleUploadedFile("qd.jpg", pictures.jpeg()),
    } | cells  # fmt: skip


def shown(client: Client, page: str) -> str:
    return client.get(page).content.decode()


def test_typed_checked_and_taken_over(
    world: World, logged_in: LogIn, django_capture_on_commit_callbacks: Callbacks
) -> None:
    client = logged_in(world.officer)
    assert "Take over a list" in shown(client, reverse("households:import_list"))
    with django_capture_on_commit_callbacks(execute=True):
        page = client.post(PAGE, typed(world))["Location"]
    text = shown(client, page)
    assert "57/QĐ-UBND" in text
    assert "agrees" in text
    assert not StatusPeriod.objects.exists()
    with django_capture_on_commit_callbacks(execute=True):
        client.post(page, {"act": "write"})
    assert "The list of decision 57/QĐ-UBND is taken over, in force from 01/01/2024" in shown(
        client, page
    )
    assert reverse("programs:commune_start", args=[world.commune.pk]) in shown(client, page)
    assert StatusPeriod.objects.count() == 2
    assert client.post(page, {"act": "write"}, follow=True).status_code == 200
    # The official list, the household's page and the commune's way show it as any other.
    listed = reverse("households:household_list")
    assert "Lò Thị Mẫu" in shown(client, f"{listed}?class=POOR")
    household = StatusPeriod.objects.first().household  # type: ignore[union-attr]
    family = shown(client, reverse("households:household", args=[household.pk]))
    assert "Taken over from earlier lists" in family
    with django_capture_on_commit_callbacks(execute=True):
        client.post(page, {"act": "undo"})
    assert not StatusPeriod.objects.exists()


def test_what_differs_is_told_and_needs_a_reason(
    world: World, logged_in: LogIn, django_capture_on_commit_callbacks: Callbacks
) -> None:
    gone = people.household(world.village, people.person("Ma Thị Thoát"))
    old_round = reviews.periodic(world.province, 2022, reviews.standard())
    reviews.listed(old_round, world.commune, world.officer, gone)
    gone.status_periods.update(valid_from=BEFORE)
    old_round.decisions.update(effective_from=BEFORE)
    client = logged_in(world.officer)
    with django_capture_on_commit_callbacks(execute=True):
        page = client.post(PAGE, typed(world, poor_households=2))["Location"]
    text = shown(client, page)
    assert "differs" in text
    assert "Ma Thị Thoát" in text
    assert client.post(page, {"act": "write", "reason": " "}).status_code == 422
    with django_capture_on_commit_callbacks(execute=True):
        client.post(page, {"act": "write", "reason": "Một hộ chuyển đi"})
    assert "Một hộ chuyển đi" in shown(client, page)
    assert StatusPeriod.objects.filter(valid_to__isnull=True).count() == 2


def test_typed_again_with_what_was_typed_before(
    world: World, logged_in: LogIn, django_capture_on_commit_callbacks: Callbacks
) -> None:
    client = logged_in(world.officer)
    with django_capture_on_commit_callbacks(execute=True):
        page = client.post(PAGE, typed(world, poor_households=9))["Location"]
    batch = ImportBatch.objects.get()
    again = f"{PAGE}?after={batch.uuid}"
    assert again in shown(client, page)
    assert "57/QĐ-UBND" in shown(client, again)
    given = typed(world)
    del given["sent"], given["pages"]
    with django_capture_on_commit_callbacks(execute=True):
        second = client.post(again, given)["Location"]
    assert "differs" not in shown(client, second)


def test_columns_are_corrected_and_remembered(
    world: World, logged_in: LogIn, django_capture_on_commit_callbacks: Callbacks
) -> None:
    """A sheet of poor households only says the class nowhere but in its title."""
    client = logged_in(world.officer)
    rows = [one[:8] for one in paper_lists.TWO]
    book = paper_lists.workbook(rows, [*paper_lists.HEADINGS[:7], "Mấy miệng ăn"])
    sent = SimpleUploadedFile("ho-ngheo.xlsx", book)
    facts = {"poor_households": 2, "near_poor_households": 0, "poor_persons": 6}
    with django_capture_on_commit_callbacks(execute=True):
        page = client.post(PAGE, typed(world, **facts) | {"sent": sent})["Location"]
    batch = ImportBatch.objects.get()
    assert batch.errors == 2
    columns = reverse("households:import_columns", args=[batch.uuid, "list"])
    assert "Mark of a near-poor household" in shown(client, columns)
    chosen = {f"place-{at}": name for at, name in enumerate(
        ["listed_no", "full_name", "sex", "birth_date", "cccd", "ethnic_group", "village",
         "household_size"])}  # fmt: skip
    with django_capture_on_commit_callbacks(execute=True):
        client.post(columns, chosen | {"same-poverty_class": "POOR"})
    batch.refresh_from_db()
    assert (batch.errors, batch.created) == (0, 2)
    assert "differs" not in shown(client, page)


@pytest.mark.parametrize(
    ("cells", "words"),
    [
        ({"number": ""}, "This field is required"),
        ({"decided_on": "20/12/2030"}, "still to come"),
        ({"year": 2019}, "of the year of the review"),
        ({"poor_households": -1}, "greater than or equal to 0"),
    ],
)
def test_what_does_not_fit_stands_at_its_field(
    world: World, logged_in: LogIn, cells: dict[str, Any], words: str
) -> None:
    answer = logged_in(world.officer).post(PAGE, typed(world, **cells))
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert not ImportBatch.objects.exists()


def test_another_commune_is_no_choice_and_other_roles_have_no_page(
    world: World, logged_in: LogIn
) -> None:
    client = logged_in(world.officer)
    assert client.post(PAGE, typed(world, commune=world.other_commune.pk)).status_code == 422
    for role, area in ((Role.REVIEWER, world.village), (Role.DEPARTMENT, world.province)):
        other = logged_in(users.user(f"u_{role}", role, area))
        assert other.get(PAGE).status_code == 403
        assert other.post(PAGE, typed(world)).status_code == 403
    assert not ImportBatch.objects.exists()


def test_an_earlier_try_of_another_is_not_found(world: World, logged_in: LogIn) -> None:
    batch = ImportBatch.objects.create(
        sent_by=users.user("khach", Role.COMMUNE_OFFICER, world.other_commune),
        household_file="x.xlsx", kind="LIST",
    )  # fmt: skip
    client = logged_in(world.officer)
    assert client.get(f"{PAGE}?after={batch.uuid}").status_code == 404
    assert client.get(f"{PAGE}?after=nothing").status_code == 200
    assert client.put(PAGE).status_code == 405
