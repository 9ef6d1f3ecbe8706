"""What is wrong is told and marked in the sheet, and the row, where its sender finds it."""

from pathlib import Path

from django.core.files.uploadedfile import SimpleUploadedFile

from households.exchange.intake.tables import open_tables
from households.models import TakenOverList
from households.services import import_marks, import_notes, list_batches
from households.services.taking_over import batch_work
from tests.factories import paper_lists, pictures
from tests.households.conftest import World
from tests.households.services.test_list_batches import folders as folders
from tests.households.services.test_list_batches import run


def test_two_sheets_are_one_list_and_errors_stand_in_their_own_sheet(
    world: World, tmp_path: Path
) -> None:
    heads = ["STT", "Họ và tên chủ hộ", "Giới tính", "Năm sinh", "Thôn", "Số khẩu"]
    near = [
        [1, "Ma Văn Ba", "Nam", 1981, "Thôn Một", 3],
        [2, "Ma Văn Tư", "?", 1983, "Thôn Một", 2],
    ]
    content = paper_lists.workbook(
        [[1, "Lò Thị Mẫu", "Nữ", 1975, "Thôn Một", 4]], heads, name="Hộ nghèo",
        more={"Hộ cận nghèo": [heads, *near]},
    )  # fmt: skip
    files = [SimpleUploadedFile("danh-sach.xlsx", content)]
    facts = paper_lists.facts(world.commune, near_poor=2)
    batch = run(
        list_batches.receive(facts=facts, files=files, pages=[pictures.jpeg()], by=world.officer)
    )
    ((kind, problem),) = import_notes.problems_of(batch)
    assert (kind, problem.file, problem.row, problem.column) == ("error", "Hộ cận nghèo", 3, "sex")
    typed = TakenOverList.objects.get(batch=batch)
    assert batch_work.found(typed) == batch_work.Totals(1, 2, 4, 5)
    import_marks.marked(batch, tmp_path / "marked.xlsx")
    poor, near_poor = open_tables(tmp_path / "marked.xlsx", "marked.xlsx")
    assert (poor.name, near_poor.name) == ("Hộ nghèo", "Hộ cận nghèo")
    told = {line: cells[-1] for line, cells in near_poor.rows()}
    assert told[1] == "What to correct"
    assert told[2] == ""
    assert told[3].startswith("Unknown code")
