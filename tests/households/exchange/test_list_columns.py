"""Lists as communes keep them, read into one shape: bands, crosses, years by sex, members below."""

import csv
import io
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from django.utils.translation import override

from households.errors import Invalid
from households.services import import_files
from tests.factories import paper_lists


def read(tmp_path: Path, headings: Sequence[Any], rows: Sequence[Sequence[Any]],
         title: Sequence[Sequence[Any]] = paper_lists.TITLE) -> list[dict[str, str]]:  # fmt: skip
    """The rows as they are staged, without empty cells."""
    path = tmp_path / "danh-sach.xlsx"
    path.write_bytes(paper_lists.workbook(rows, headings, title))
    with import_files.readable_list(path) as found, found.open(encoding="utf-8") as stream:
        lines = [cells for cells in csv.reader(stream) if any(cells)]
    names, *body = lines
    return [{n: c for n, c in zip(names, cells, strict=True) if n and c} for cells in body]


def test_two_columns_of_crosses_under_one_heading(tmp_path: Path) -> None:
    headings = ["TT", "Họ và tên", "Năm sinh", "", "Loại hộ", ""]
    rows = [
        ["", "", "Nam", "Nữ", "Hộ nghèo", "Hộ cận nghèo"],
        [1, "LÒ THỊ MẪU", "", 1975, "x", ""],
        [2, "Nông Văn Thử", "1980", "", "", "X"],
        [3, "Ma Văn Ba", "1981", "", 0, "-"],
        [4, "Ma Văn Tư", "1981", "", "x", "x"],
    ]
    found = read(tmp_path, headings, rows)
    assert [(one["full_name"], one["sex"], one["birth_date"]) for one in found[:2]] == [
        ("Lò Thị Mẫu", "F", "1975"), ("Nông Văn Thử", "M", "1980"),
    ]  # fmt: skip
    # No cross tells nothing, two tell nothing either: the check says so.
    assert [one.get("poverty_class") for one in found] == [
        "POOR", "NEAR_POOR", None, "POOR / NEAR_POOR",
    ]  # fmt: skip


def test_bands_of_class_and_below_them_of_village(tmp_path: Path) -> None:
    rows = [
        ["I", "HỘ NGHÈO", ""],
        ["", "Thôn Một", ""],
        [1, "Lò Thị Mẫu", "1975"],
        ["", "Thôn Hai", ""],
        [2, "Ma Văn Ba", "1981"],
        ["", "Cộng: 2 hộ", ""],
        ["II", "Hộ cận nghèo (1 hộ)", ""],
        [1, "Nông Văn Thử", "1980"],
    ]
    found = read(tmp_path, ["STT", "Họ và tên chủ hộ", "Năm sinh"], rows)
    told = [(one["full_name"], one["poverty_class"], one.get("village")) for one in found]
    assert told == [
        ("Lò Thị Mẫu", "POOR", "Thôn Một"),
        ("Ma Văn Ba", "POOR", "Thôn Hai"),
        # A village of the poor ones says nothing of the near-poor.
        ("Nông Văn Thử", "NEAR_POOR", None),
    ]


def test_bands_of_village_and_below_them_of_class(tmp_path: Path) -> None:
    rows = [
        ["1.", "Thôn Một", ""],
        ["", "II. Danh sách hộ cận nghèo", ""],
        [1, "Lò Thị Mẫu", "1975"],
        ["2.", "Thôn Hai", ""],
        [1, "Ma Văn Ba", "1981"],
    ]
    found = read(tmp_path, ["STT", "Họ và tên chủ hộ", "Năm sinh"], rows)
    assert [(one["village"], one.get("poverty_class")) for one in found] == [
        ("Thôn Một", "NEAR_POOR"), ("Thôn Hai", None),
    ]  # fmt: skip


def test_members_and_what_is_kept_aside(tmp_path: Path) -> None:
    rows = [
        [1, "Lò Thị Mẫu", "Chủ hộ", "1975", "Hộ nghèo", 95, "x", "001080123456"],
        ["", "Lò Văn Con", "Con đẻ", "2010", "", "", "", ""],
    ]
    headings = ["STT", "Họ tên", "Quan hệ với chủ hộ", "Năm sinh", "Loại hộ", "Điểm B1", "Nhà ở",
                "Số sổ"]  # fmt: skip
    head, child = read(tmp_path, headings, rows)
    assert (head["relation"], child["relation"]) == ("head", "child")
    assert head["aside"] == '{"Điểm B1": "95", "Nhà ở": "x"}'
    assert "aside" not in child


@pytest.mark.parametrize("sheets", [0, 2])
def test_no_list_or_several_are_refused(tmp_path: Path, sheets: int) -> None:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    for one in range(max(sheets, 1)):
        page = book.add_worksheet(f"Tờ {one + 1}")
        page.write_row(0, 0, paper_lists.HEADINGS if sheets else ["Thu", "Chi", "Tồn"])
        page.write_row(1, 0, paper_lists.row())
    book.close()
    path = tmp_path / "hai-to.xlsx"
    path.write_bytes(out.getvalue())
    with (
        override("en"),
        pytest.raises(Invalid, match="Tờ 1, Tờ 2" if sheets else "No list"),
        import_files.readable_list(path),
    ):
        pass
