"""Files by what they are, whatever their name says."""

import re
import zipfile
from pathlib import Path

import pytest

from households.errors import Invalid
from households.exchange.intake.tables import open_tables
from tests.factories import lying_files
from tests.households.exchange.intake.sheets import text_file, workbook

TEXT = "Mã hộ;Họ và tên chủ hộ;Số khẩu\nA1;Nông Văn Thử;4\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_text_in_each_encoding_and_separator(tmp_path: Path, encoding: str, separator: str) -> None:
    table = text_file(tmp_path / "a.csv", TEXT.replace(";", separator), encoding)
    assert [cells for __, cells in table.rows()] == [
        ["Mã hộ", "Họ và tên chủ hộ", "Số khẩu"],
        ["A1", "Nông Văn Thử", "4"],
    ]


def test_excels_own_first_line_is_no_row(tmp_path: Path) -> None:
    table = text_file(tmp_path / "a.csv", "sep=;\n" + TEXT, "utf-8")
    assert [line for line, __ in table.rows()] == [2, 3]


def test_cells_of_many_lines_keep_the_line_where_they_begin(tmp_path: Path) -> None:
    table = text_file(tmp_path / "a.csv", 'a,b\n"x\ny",1\nz,2\n', "utf-8")
    assert [line for line, __ in table.rows()] == [1, 2, 4]


def test_a_workbook_by_its_visible_sheets(tmp_path: Path) -> None:
    table = workbook(tmp_path / "so.csv", [["Mã hộ", "Số khẩu"], ["A1", 4]])
    assert (table.name, list(table.rows())) == ("Sheet1", [(1, ["Mã hộ", "Số khẩu"]),
                                                          (2, ["A1", 4.0])])  # fmt: skip


def test_an_open_document(tmp_path: Path) -> None:
    rows = "".join(
        "<table:table-row>"
        + "".join(
            f'<table:table-cell office:value-type="string"><text:p>{cell}</text:p>'
            "</table:table-cell>"
            for cell in row
        )
        + "</table:table-row>"
        for row in (("Mã hộ", "Chủ hộ"), ("A1", "Nông Văn Thử"))
    )
    spaces = "".join(
        f' xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for name in ("office", "table", "text")
    )
    content = (
        f"<office:document-content{spaces}><office:body><office:spreadsheet>"
        f'<table:table table:name="Hộ">{rows}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    path = tmp_path / "a.ods"
    with zipfile.ZipFile(path, "w") as packed:
        packed.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        packed.writestr("META-INF/manifest.xml", "<manifest/>")
        packed.writestr("content.xml", content)
    (table,) = open_tables(path, path.name)
    assert [cells for __, cells in table.rows()] == [["Mã hộ", "Chủ hộ"], ["A1", "Nông Văn Thử"]]


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "empty"),
        (b"\xef\xbb\xbf\r\n", "empty"),
        (b"%PDF-1.7", "PDF"),
        (b"\x89PNG\r\n", "picture"),
        (b"PK\x03\x04 cut off", "not a readable Excel"),
        (b"\xd0\xcf\x11\xe0 cut off", "not a readable Excel"),
        (b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le"), "password"),
        (b"<html><table><tr><td>1</td></tr></table>", "web page"),
        (b"\x01\x02\x00\x03\x04\x05", "neither"),
    ],
)
def test_files_that_lie(tmp_path: Path, content: bytes, why: str) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(content)
    with pytest.raises(Invalid, match=why):
        open_tables(path, path.name)


def test_a_bomb_is_not_unpacked(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("xl/workbook.xml", b"0" * 30_000_000)
    with pytest.raises(Invalid, match="larger"):
        open_tables(path, path.name)


def test_a_stray_quote_says_its_line(tmp_path: Path) -> None:
    table = text_file(tmp_path / "a.csv", 'a,b\n1,2\n"x"y,3\n', "utf-8")
    with pytest.raises(Invalid, match="Line 3"):
        list(table.rows())


@pytest.mark.parametrize("name", lying_files.REFUSED)
def test_each_lie_is_refused_in_its_own_words(tmp_path: Path, name: str) -> None:
    content, why = lying_files.REFUSED[name]
    path = tmp_path / "sent-1"
    path.write_bytes(content())
    with pytest.raises(Invalid, match=re.escape(why)):
        [list(table.rows()) for table in open_tables(path, name)]


def test_lines_that_end_the_old_way(tmp_path: Path) -> None:
    table = text_file(tmp_path / "a.csv", TEXT.replace("\n", "\r"), "utf-8")
    assert [cells for __, cells in table.rows()][1] == ["A1", "Nông Văn Thử", "4"]


def test_a_long_old_file_is_not_taken_for_two_encodings(tmp_path: Path) -> None:
    """One byte a letter from the first line on."""
    text = "Ma ho;Chu ho\n" + "A1;Lò Thà\n" * 50
    table = text_file(tmp_path / "a.csv", text, "latin-1")
    assert len(list(table.rows())) == 51
