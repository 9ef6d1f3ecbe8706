"""Sheets as offices send them: recognised, corrected, remembered; good rows; undone; marked."""

import re
import zipfile
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile
from pytest_django import Settings
from xlsxwriter.utility import xl_col_to_name

from households import tasks
from households.choices.importing import ImportState
from households.errors import Conflict, Invalid
from households.exchange.intake.tables import open_tables
from households.models import EthnicGroup, ImportBatch, ImportColumns, Survey
from households.services import import_batches, import_files, import_marks, import_notes
from tests.factories import messy_workbooks
from tests.factories.exchange_files import Files, household, member, spouse
from tests.households.conftest import World


@pytest.fixture(autouse=True)
def imports_folder(settings: Settings, tmp_path: Path, world: World) -> None:
    settings.POVREG_IMPORTS = tmp_path / "imports"
    assert tasks.run_import.name == "households.run_import"
    EthnicGroup.objects.create(code="01", name="Kinh", is_minority=False)


@pytest.fixture
def files(tmp_path: Path) -> Files:
    folder = tmp_path / "files"
    folder.mkdir()
    return Files(folder)


def messy(
    files: Files, path: Path, headings: dict[str, str] = messy_workbooks.HEADINGS
) -> SimpleUploadedFile:
    """A workbook as a commune has it."""
    content = messy_workbooks.write(files, path, headings).read_bytes()
    return SimpleUploadedFile("ra soat.xlsx", content)


def run(batch: ImportBatch) -> ImportBatch:
    import_batches.run(batch_id=batch.pk)
    batch.refresh_from_db()
    return batch


def received(world: World, sent: SimpleUploadedFile) -> ImportBatch:
    return run(import_batches.receive(files=[sent], by=world.officer))


def read(batch: ImportBatch, role: str) -> import_files.TableRead:
    return next(one for one in import_files.tables_read(batch) if one.role == role)


def problems(batch: ImportBatch) -> list[tuple[str, int, str]]:
    return [
        (one.file, one.row, one.column)
        for kind, one in import_notes.problems_of(batch)
        if kind == "error"
    ]


def test_a_sheet_of_ones_own_commune_needs_no_codes(
    world: World, files: Files, tmp_path: Path
) -> None:
    files.members[0] |= {"birth_date": "30/4/1985", "relation": "Chủ hộ", "sex": "Nam"}
    batch = received(world, messy(files, tmp_path / "a.xlsx"))
    assert problems(batch) == []
    assert (batch.state, batch.created) == (ImportState.CHECKED, 1)
    households, members = read(batch, "households"), read(batch, "members")
    assert (households.shown_name, households.first_line) == ("Hộ", 3)
    assert households.constants["commune_code"] == "02008"
    assert members.columns == list(reversed(files.members[0]))
    import_batches.confirm(batch=batch, by=world.officer)
    run(batch)
    assert Survey.objects.get().members.get().birth_date.isoformat() == "1985-04-30"


def test_a_column_is_corrected_once_and_remembered(
    world: World, files: Files, tmp_path: Path
) -> None:
    own = messy_workbooks.HEADINGS | {"village": "Khu"}
    batch = received(world, messy(files, tmp_path / "a.xlsx", own))
    table = read(batch, "households")
    place = table.headings.index("Khu")
    assert table.columns[place] == ""
    assert batch.errors == 1
    columns = [*table.columns]
    columns[place] = "head_name"
    with pytest.raises(Invalid, match="two headings"):
        import_files.choose(
            batch=batch, role="households", columns=columns, constants={}, by=world.officer
        )
    columns[place] = "village"
    import_files.choose(
        batch=batch, role="households", columns=columns, constants={}, by=world.officer
    )
    import_batches.check_again(batch=batch, by=world.officer)
    assert run(batch).errors == 0
    again = received(world, messy(files, tmp_path / "b.xlsx", own))
    assert again.errors == 0
    assert ImportColumns.objects.count() == 1


def test_the_good_rows_only_and_the_rest_later(world: World, files: Files, tmp_path: Path) -> None:
    files.households = [household("A1"), household("A2"), household("A3")]
    files.members = [member(f"{key}-1", key) for key in ("A1", "A2", "A3")]
    files.households[1]["floor_area_m2"] = "rộng"
    files.members[2]["birth_date"] = "hôm qua"
    batch = received(world, messy(files, tmp_path / "a.xlsx"))
    assert problems(batch) == [("Hộ", 5, "floor_area_m2"), ("Nhân khẩu", 6, "birth_date")]
    assert (batch.created, batch.left_out) == (0, 2)
    import_batches.confirm_good_rows(batch=batch, by=world.officer)
    run(batch)
    assert (batch.state, batch.created, batch.left_out) == (ImportState.WRITTEN, 1, 2)
    assert [one.household.keys.get().key for one in Survey.objects.all()] == ["A1"]
    # What was wrong stays told.
    assert len(problems(batch)) == 2
    files.households[1]["floor_area_m2"] = "45"
    files.members[2]["birth_date"] = "1985"
    whole = received(world, messy(files, tmp_path / "b.xlsx"))
    assert (whole.created, whole.unchanged, whole.errors) == (2, 1, 0)


def test_what_is_wrong_with_the_file_itself_leaves_no_good_rows(
    world: World, files: Files, tmp_path: Path
) -> None:
    for row in files.households:
        del row["floor_area_m2"]
    batch = received(world, messy(files, tmp_path / "a.xlsx"))
    assert (batch.errors, batch.left_out) == (1, None)
    with pytest.raises(Invalid, match="not about single households"):
        import_batches.confirm_good_rows(batch=batch, by=world.officer)


def test_what_would_change_is_told_field_by_field(
    world: World, files: Files, tmp_path: Path
) -> None:
    files.members[0]["cccd"] = "006080123456"
    batch = received(world, messy(files, tmp_path / "a.xlsx"))
    import_batches.confirm(batch=batch, by=world.officer)
    run(batch)
    files.households[0] |= {"floor_area_m2": "60", "village": "Thôn Mới", "has_radio": "Y"}
    files.members[0] |= {"cccd": "006080123457"}
    changed = received(world, messy(files, tmp_path / "b.xlsx"))
    (one,) = import_notes.differences_of(changed)
    told: dict[str, Any] = {name: (was, becomes) for name, was, becomes in one.fields}
    assert told == {
        "floor_area_m2": ("80.000", "60.000"),
        "village_id": ("Thôn Một", "Thôn Mới"),
        "has_radio": ("false", "true"),
    }
    ((name, what, fields),) = one.members
    assert (name, what) == ("Nông Văn Thử", "changed")
    # A number by its last digits only.
    assert [list(field) for field in fields] == [["personal_id", "•••••••••456", "•••••••••457"]]


def test_undone_by_its_sender_once(world: World, files: Files, tmp_path: Path) -> None:
    batch = received(world, messy(files, tmp_path / "a.xlsx"))
    with pytest.raises(Conflict):
        import_batches.ask_to_undo(batch=batch, by=world.officer)
    import_batches.confirm(batch=batch, by=world.officer)
    run(batch)
    import_batches.ask_to_undo(batch=batch, by=world.officer)
    assert run(batch).state == ImportState.UNDONE
    assert not Survey.objects.exists()
    with pytest.raises(Conflict, match="Undone"):
        import_batches.ask_to_undo(batch=batch, by=world.officer)


def test_what_rests_on_it_is_told_and_it_stays_written(
    world: World, files: Files, tmp_path: Path
) -> None:
    batch = received(world, messy(files, tmp_path / "a.xlsx"))
    import_batches.confirm(batch=batch, by=world.officer)
    run(batch)
    files.households[0]["floor_area_m2"] = "70"
    later = received(world, messy(files, tmp_path / "b.xlsx"))
    import_batches.confirm(batch=later, by=world.officer)
    run(later)
    import_batches.ask_to_undo(batch=batch, by=world.officer)
    run(batch)
    assert batch.state == ImportState.WRITTEN
    assert "changed since" in batch.failure


def test_the_sheet_comes_back_with_the_errors_in_their_cells(
    world: World, files: Files, tmp_path: Path
) -> None:
    files.households[0]["floor_area_m2"] = "rộng"
    batch = received(world, messy(files, tmp_path / "a.xlsx"))
    import_marks.marked(batch, tmp_path / "marked.xlsx")
    (sheet, __) = open_tables(tmp_path / "marked.xlsx", "marked.xlsx")
    rows = dict(sheet.rows())
    table = read(batch, "households")
    place = table.columns.index("floor_area_m2")
    assert rows[4][place] == "rộng"
    assert rows[3][len(table.columns)] == "What to correct"
    assert "number" in rows[4][len(table.columns)]
    with zipfile.ZipFile(tmp_path / "marked.xlsx") as packed:
        cells = packed.read("xl/worksheets/sheet1.xml").decode()
        styles = packed.read("xl/styles.xml").decode()
    marked = re.findall(r'<c r="([A-Z]+)4" s="1"', cells)
    assert [xl_col_to_name(place)] == marked
    assert "F6C9C4" in styles
    # Corrected and sent back as it came, with its last column, it comes in.
    files.households[0] |= {"floor_area_m2": "45", "What to correct": "đã sửa"}
    again = received(world, messy(files, tmp_path / "c.xlsx"))
    assert again.errors == 0


def test_one_sheet_of_households_and_members_together(
    world: World, files: Files, tmp_path: Path
) -> None:
    """A row a person; what is said of the household stands beside its head, keys only there."""
    files.households = [household("A1", household_size="2"), household("A2")]
    files.members = [member(), spouse(), member("A2-1", "A2", birth_date="hôm qua")]
    of_person = {*messy_workbooks.KNOWN, "ethnic_group"}
    own = [name for name in files.households[0] if name not in of_person]
    theirs = [name for name in files.members[0] if name not in ("member_id", "member_no", *own)]
    words = messy_workbooks.HEADINGS | {"head_name": "Họ tên chủ hộ", "full_name": "Họ và tên"}
    path = tmp_path / "a.xlsx"
    book = xlsxwriter.Workbook(str(path))
    sheet = book.add_worksheet("Danh sách")
    sheet.write_row(0, 0, [words.get(name, name) for name in [*own, *theirs]])
    for line, (home, person) in enumerate(
        zip((files.households[0], {}, files.households[1]), files.members, strict=True), start=1
    ):
        told = [home.get(name, "") for name in own] + [person[name] for name in theirs]
        sheet.write_row(line, 0, told)
    book.close()
    batch = received(world, SimpleUploadedFile("a.xlsx", path.read_bytes()))
    assert problems(batch) == [("Danh sách", 4, "birth_date")]
    assert (batch.left_out, batch.failure) == (1, "")
    marked = tmp_path / "marked.xlsx"
    import_marks.marked(batch, marked)
    assert [table.name for table in open_tables(marked, "marked.xlsx")] == ["Danh sách"]
    import_batches.confirm_good_rows(batch=batch, by=world.officer)
    run(batch)
    assert [one.full_name for one in Survey.objects.get().members.all()] == [
        "Nông Văn Thử", "Lý Thị Thử",
    ]  # fmt: skip
