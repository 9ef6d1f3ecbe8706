"""Importing a review in the browser."""

import html
import io
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from households import tasks
from households.choices import Role
from households.choices.importing import ImportState
from households.models import EthnicGroup, ImportBatch, Survey, User
from tests.factories import lying_files, users
from tests.factories.exchange_files import Files
from tests.households.conftest import World

LogIn = Callable[[User], Client]
LIST = reverse("households:import_list")


@pytest.fixture(autouse=True)
def imports_folder(settings: Settings, tmp_path: Path, world: World) -> None:
    """A folder of the test's own; the job is known by its name, as a worker knows it."""
    settings.POVREG_IMPORTS = tmp_path / "imports"
    assert tasks.run_import.name == "households.run_import"
    EthnicGroup.objects.create(code="01", name="Kinh", is_minority=False)


def sent(tmp_path: Path, **cells: str) -> list[SimpleUploadedFile]:
    folder = tmp_path / "files"
    folder.mkdir(exist_ok=True)
    files = Files(folder)
    files.households[0] |= cells
    paths = files.write()
    return [
        SimpleUploadedFile(path.name, path.read_bytes())
        for path in (paths["households_path"], paths["members_path"])
    ]


def test_sent_checked_and_written(
    world: World,
    logged_in: LogIn,
    tmp_path: Path,
    django_capture_on_commit_callbacks: Callable[..., Any],
) -> None:
    client = logged_in(world.officer)
    assert client.post(LIST, {}).status_code == 422
    with django_capture_on_commit_callbacks(execute=True):
        answer = client.post(LIST, {"sent": sent(tmp_path)})
    page = answer["Location"]
    shown = client.get(page).content.decode()
    assert "Write it into the round 2024" in shown
    assert not Survey.objects.exists()
    with django_capture_on_commit_callbacks(execute=True):
        client.post(page, {"act": "write"})
    assert "It is written into the round 2024" in client.get(page).content.decode()
    assert Survey.objects.count() == 1
    assert client.post(page, {"act": "write"}, follow=True).status_code == 200
    part = client.get(page, headers={"hx-request": "true"}).content.decode()
    assert part.lstrip().startswith('<div id="import-state"')


def test_what_is_wrong_stands_on_the_page_and_in_a_file(
    world: World,
    logged_in: LogIn,
    tmp_path: Path,
    django_capture_on_commit_callbacks: Callable[..., Any],
) -> None:
    client = logged_in(world.officer)
    with django_capture_on_commit_callbacks(execute=True):
        client.post(LIST, {"sent": sent(tmp_path, floor_area_m2="=1+1")})
    batch = ImportBatch.objects.get()
    page = reverse("households:import_batch", args=[batch.uuid])
    shown = client.get(page).content.decode()
    assert "Floor area (m²)" in shown
    assert "Write it into the round" not in shown
    answer = client.get(reverse("households:import_problems", args=[batch.uuid]))
    lines = b"".join(answer.streaming_content).decode("utf-8-sig").splitlines()  # type: ignore[attr-defined]
    assert lines[1].startswith("error;households.csv;2;Floor area (m²);'=1+1;")
    other = logged_in(users.user("so", Role.DEPARTMENT, world.province))
    assert other.get(page).status_code == 403
    assert client.post(page, {"act": "discard"})["Location"] == LIST


@pytest.mark.parametrize("name", lying_files.REFUSED)
def test_files_that_lie_are_told_on_the_page_soon(
    world: World,
    logged_in: LogIn,
    django_capture_on_commit_callbacks: Callable[..., Any],
    name: str,
) -> None:
    content, why = lying_files.REFUSED[name]
    client = logged_in(world.officer)
    files = [SimpleUploadedFile(name, content())]
    begun = time.monotonic()
    with django_capture_on_commit_callbacks(execute=True):
        answer = client.post(LIST, {"sent": files})
    assert time.monotonic() - begun < 60
    shown = html.unescape(client.get(answer["Location"]).content.decode())
    assert why in shown
    assert ImportBatch.objects.get().state == ImportState.FAILED
    assert not Survey.objects.exists()


def test_sheets_of_other_villages_are_told(
    world: World, logged_in: LogIn, django_capture_on_commit_callbacks: Callable[..., Any]
) -> None:
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target, {"in_memory": True})
    for name in ("Thôn Một", "Thôn Hai", "Mẫu trống"):
        sheet = book.add_worksheet(name)
        for line, row in enumerate(lying_files.HOUSEHOLDS[: 1 if "Mẫu" in name else 2]):
            sheet.write_row(line, 0, row)
    members = book.add_worksheet("Nhân khẩu")
    for line, row in enumerate(lying_files.MEMBERS):
        members.write_row(line, 0, row)
    book.close()
    client = logged_in(world.officer)
    with django_capture_on_commit_callbacks(execute=True):
        answer = client.post(LIST, {"sent": SimpleUploadedFile("a.xlsx", target.getvalue())})
    shown = html.unescape(client.get(answer["Location"]).content.decode())
    assert "Sheets with the same headings that are not read: Thôn Hai." in shown
