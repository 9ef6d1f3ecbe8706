"""Files of a review imported in the browser: checked, looked at, written once, whatever dies."""

import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from pytest_django import Settings

from households import tasks
from households.choices import Role
from households.choices.importing import ImportState
from households.errors import Conflict, Invalid, Refused
from households.models import EthnicGroup, ImportBatch, Survey, User
from households.services import import_batches, import_notes
from tests.factories import users
from tests.factories.exchange_files import Files
from tests.households.conftest import World

Capture = Callable[..., Any]


@pytest.fixture(autouse=True)
def imports_folder(settings: Settings, tmp_path: Path, world: World) -> None:
    """A folder of the test's own; the job is known by its name, as a worker knows it."""
    settings.POVREG_IMPORTS = tmp_path / "imports"
    assert tasks.run_import.name == "households.run_import"
    EthnicGroup.objects.create(code="01", name="Kinh", is_minority=False)


@pytest.fixture
def files(tmp_path: Path) -> Files:
    folder = tmp_path / "files"
    folder.mkdir()
    return Files(folder)


def csv_files(files: Files) -> list[SimpleUploadedFile]:
    paths = files.write()
    return [
        SimpleUploadedFile(path.name, path.read_bytes())
        for path in (paths["members_path"], paths["households_path"])  # in any order
    ]


def workbook(files: Files) -> list[SimpleUploadedFile]:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    for name, rows in (("Hộ", files.households), ("Nhân khẩu", files.members)):
        sheet = book.add_worksheet(name)
        for line, row in enumerate([{key: key for key in rows[0]}, *rows]):
            sheet.write_row(line, 0, list(row.values()))
    book.close()
    return [SimpleUploadedFile("ra-soat.xlsx", out.getvalue())]


def received(world: World, sent: list[SimpleUploadedFile], by: User | None = None) -> ImportBatch:
    made = import_batches.receive(files=sent, by=by or world.officer)
    import_batches.run(batch_id=made.pk)
    made.refresh_from_db()
    return made


def written(batch: ImportBatch, by: User) -> ImportBatch:
    import_batches.confirm(batch=batch, by=by)
    import_batches.run(batch_id=batch.pk)
    batch.refresh_from_db()
    return batch


@pytest.mark.parametrize("form", [csv_files, workbook])
def test_checked_first_then_written_once(
    world: World, files: Files, form: Callable[[Files], list[SimpleUploadedFile]]
) -> None:
    batch = received(world, form(files))
    assert (batch.state, batch.created, batch.errors) == (ImportState.CHECKED, 1, 0)
    assert not Survey.objects.exists()
    written(batch, world.officer)
    assert (batch.state, batch.round_key, batch.created) == (ImportState.WRITTEN, "2024", 1)
    assert Survey.objects.count() == 1
    with pytest.raises(Conflict, match="Written"):
        import_batches.confirm(batch=batch, by=world.officer)
    assert import_batches.run(batch_id=batch.pk) == ImportState.WRITTEN
    again = received(world, form(files))
    assert (again.created, again.unchanged) == (0, 1)


def test_rows_in_error_are_told_and_nothing_is_written(world: World, files: Files) -> None:
    files.households[0]["floor_area_m2"] = "rộng"
    batch = received(world, csv_files(files))
    assert (batch.state, batch.errors) == (ImportState.CHECKED, 1)
    ((kind, problem),) = import_notes.problems_of(batch)
    assert (kind, problem.file, problem.row, problem.column) == (
        "error", "households.csv", 2, "floor_area_m2",
    )  # fmt: skip
    with pytest.raises(Invalid, match="Correct the rows"):
        import_batches.confirm(batch=batch, by=world.officer)


def test_rows_of_another_area_are_refused(world: World, files: Files) -> None:
    stranger = users.user("stranger", Role.COMMUNE_OFFICER, world.other_commune)
    batch = received(world, csv_files(files), stranger)
    assert batch.errors >= 1
    assert not Survey.objects.exists()


@pytest.mark.parametrize(
    ("name", "content", "why"),
    [
        ("a.xlsx", b"PK\x03\x04 cut off", "not a readable Excel"),
        ("a.csv", b"household_id\n", "No table of households"),
    ],
)
def test_files_that_lie_fail_with_a_reason(
    world: World, name: str, content: bytes, why: str
) -> None:
    batch = received(world, [SimpleUploadedFile(name, content)])
    assert batch.state == ImportState.FAILED
    assert why in batch.failure


def test_only_who_sent_them_and_only_who_imports(world: World, files: Files) -> None:
    batch = received(world, csv_files(files))
    department = users.user("so", Role.DEPARTMENT, world.province)
    for act in (import_batches.confirm, import_batches.discard):
        with pytest.raises(Refused, match="Only who sent"):
            act(batch=batch, by=department)
    with pytest.raises(Refused):
        import_batches.receive(
            files=csv_files(files), by=users.user("chair", Role.COMMUNE_CHAIR, world.commune)
        )


def test_a_worker_that_died_is_followed_by_another(
    world: World, files: Files, settings: Settings, django_capture_on_commit_callbacks: Capture
) -> None:
    batch = received(world, csv_files(files))
    import_batches.confirm(batch=batch, by=world.officer)
    # It had begun to write, and its session is gone: nobody holds the lock.
    ImportBatch.objects.filter(pk=batch.pk).update(state=ImportState.WRITING)
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute(
            "UPDATE households_importbatch SET changed_at = now() - interval '2 minutes'"
        )
        cursor.execute("SET LOCAL session_replication_role = origin")
    assert import_batches.sweep() == 1  # eager: it is run at once
    batch.refresh_from_db()
    assert (batch.state, Survey.objects.count()) == (ImportState.WRITTEN, 1)
    assert import_batches.sweep() == 0


def test_thrown_away_the_files_are_gone(
    world: World, files: Files, django_capture_on_commit_callbacks: Capture
) -> None:
    batch = received(world, csv_files(files))
    assert batch.folder.exists()
    with django_capture_on_commit_callbacks(execute=True):
        import_batches.discard(batch=batch, by=world.officer)
    assert not batch.folder.exists()
    with pytest.raises(Conflict):
        import_batches.discard(batch=batch, by=world.officer)
