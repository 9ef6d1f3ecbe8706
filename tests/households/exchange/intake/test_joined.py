"""Sheets that are parts of one list: joined only where their names say so."""

import csv
import io
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

from households.errors import Invalid
from households.exchange.intake.joined import JoinedTable, place_of, sheets_of
from households.exchange.intake.layout import LIST, ROLES
from households.exchange.intake.pair import tables_of
from households.services import import_files
from tests.factories import paper_lists

HEADINGS = ("STT", "Họ và tên chủ hộ", "Năm sinh", "Số khẩu")


def book(path: Path, sheets: dict[str, Sequence[Sequence[Any]]]) -> Path:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as made:
        for name, rows in sheets.items():
            page = made.add_worksheet(name)
            for line, cells in enumerate(rows):
                page.write_row(line, 0, list(cells))
    path.write_bytes(out.getvalue())
    return path


def lists(tmp_path: Path, *names: str) -> Path:
    return book(
        tmp_path / "xa.xlsx",
        {
            name: [
                *paper_lists.TITLE,
                HEADINGS,
                (1, f"Lò Thị {number}", 1975 + number, 4),
                (2, f"Ma Văn {number}", 1980 + number, 3),
            ]
            for number, name in enumerate(names)
        },
    )


def read(path: Path) -> list[dict[str, str]]:
    with import_files.readable_list(path) as found, found.open(encoding="utf-8") as stream:
        names, *body = [cells for cells in csv.reader(stream) if any(cells)]
    return [{n: c for n, c in zip(names, cells, strict=True) if n and c} for cells in body]


def test_poor_and_near_poor_on_two_sheets_are_one_list(tmp_path: Path) -> None:
    found = read(lists(tmp_path, "Hộ nghèo", "Hộ cận nghèo"))
    assert [(one["full_name"], one["poverty_class"]) for one in found] == [
        ("Lò Thị 0", "POOR"),
        ("Ma Văn 0", "POOR"),
        ("Lò Thị 1", "NEAR_POOR"),
        ("Ma Văn 1", "NEAR_POOR"),
    ]


def test_a_sheet_for_each_village_is_one_table(tmp_path: Path) -> None:
    (table,) = tables_of([(lists(tmp_path, "Thôn Nà Lẻ", "Bản Một"), "xa.xlsx")], (LIST,))
    assert isinstance(table, JoinedTable)
    assert table.name == "Thôn Nà Lẻ, Bản Một"
    assert not table.is_plain_csv
    lines = [line for line, cells in table.rows() if cells[:2] == [2.0, "Ma Văn 1"]]
    sheet, line = place_of(table, lines[0])
    assert (sheet.name, line) == ("Bản Một", 6)
    assert [(one.name, at) for one, at, _offset in sheets_of(table)] == [
        ("Thôn Nà Lẻ", 4),
        ("Bản Một", 4),
    ]


@pytest.mark.parametrize(
    "names", [("2023", "2024"), ("Hộ nghèo", "Hộ nghèo (2)"), ("Thôn Một", "Tổng hợp")]
)
def test_sheets_whose_names_do_not_say_so_are_never_added_up(
    tmp_path: Path, names: tuple[str, str]
) -> None:
    path = lists(tmp_path, *names)
    assert len(tables_of([(path, path.name)], (LIST,))) == 2
    with pytest.raises(Invalid, match=names[0].replace("(", r"\(")):
        read(path)


def test_other_sheets_stay_as_they_are(tmp_path: Path) -> None:
    rows = [HEADINGS, (1, "Lò Thị Mẫu", 1975, 4)]
    path = book(
        tmp_path / "xa.xlsx",
        {"Bìa": [("Thu", "Chi")], "Thôn Một": rows, "Thôn Hai": rows, "Ghi chú": [("x",)]},
    )
    found = tables_of([(path, path.name)], (LIST,))
    assert [one.name for one in found] == ["Bìa", "Thôn Một, Thôn Hai", "Ghi chú"]
    assert place_of(found[0], 7) == (found[0], 7)
    assert sheets_of(found[0]) == [(found[0], 0, 0)]


def test_reviews_by_village_keep_the_village_of_each_sheet(tmp_path: Path) -> None:
    heads = ["Mã hộ", "Chủ hộ", "Diện tích nhà ở (m2)", "Nguồn nước", "Loại nhà tiêu"]
    people = ["Mã hộ", "Họ và tên", "Giới tính", "Năm sinh", "Quan hệ với chủ hộ"]
    path = book(
        tmp_path / "xa.xlsx",
        {
            "Thôn Một": [heads, ["H1", "Lò Thị Mẫu", 40, "Giếng", "Tự hoại"]],
            "Thôn Hai": [heads, ["H2", "Ma Văn Ba", 30, "Giếng", "Tự hoại"]],
            "Thành viên": [
                people,
                ["H1", "Lò Thị Mẫu", "Nữ", 1975, "Chủ hộ"],
                ["H2", "Ma Văn Ba", "Nam", 1980, "Chủ hộ"],
            ],
        },
    )
    found = tables_of([(path, path.name)], ROLES)
    assert [one.name for one in found] == ["Thôn Một, Thôn Hai", "Thành viên"]
    with import_files.readable([path]) as (households, _members):
        lines = households.read_text(encoding="utf-8").split("\n")
    told = list(csv.DictReader(line for line in lines if line))
    assert [(one["household_id"], one["village"]) for one in told] == [
        ("H1", "Thôn Một"),
        ("H2", "Thôn Hai"),
    ]
