"""Workbooks of reports, read back: the frame, numbers as numbers, and the same bytes again."""

import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import replace

import pytest
import python_calamine

from reports import definitions
from reports.choices import FileVersion
from reports.contents.content import Content, Head, Line, Sheet
from reports.contents.frame import SMALL
from reports.exchange import report_workbook

HEAD = Head(
    report="T2", definition_version=1, title="Tổng hợp diễn biến hộ nghèo năm 2024",
    issuer=("ỦY BAN NHÂN DÂN", "HUYỆN THỬ"), area_key=3, area_code="063", area="Huyện Thử",
    level="DISTRICT", round="2024", year=2024, as_of="2024-10-01", standard="std_2022",
    standard_name="Chuẩn nghèo 2022-2025", status="official",
    cut_off_at="2024-12-14T08:30:00+07:00", software="1", base="poor_households", is_sample=True,
    missing=("Xã Bên", "Xã Xa"),
)  # fmt: skip


def sheet_of(code: str) -> Sheet:
    told = definitions.named(code)
    columns = told.columns_for([one.column for one in told.columns], {})
    names = () if told.has_names else ("STT", "Đơn vị", "Đối tượng")[: 2 + told.two_lines]
    return Sheet(told.title["vi"].format(year=2024), columns, names, told.paper, told.two_lines)


def lines_of(code: str) -> list[Line]:
    width = len(sheet_of(code).columns)
    found = []
    for level, number, name in (("commune", "1", "=1+1"), ("district", "", "Huyện Thử")):
        for counted in ("households", "persons"):
            cells = tuple(1000 + at for at in range(width))
            found.append(Line(level, number, "02008", name, cells, counted=counted))
            number = ""
    return found


def made(code: str, lines: list[Line], **head: object) -> Content:
    return Content(replace(HEAD, report=code, **head), [(sheet_of(code), lines)])  # type: ignore[arg-type]


def written(content: Content, version: FileVersion = FileVersion.INTERNAL) -> bytes:
    return report_workbook.xlsx(content, version=version, foot="Bản 3 & 4")


def rows(packed: bytes, at: int = 0) -> list[list[object]]:
    book = python_calamine.load_workbook(io.BytesIO(packed))
    return book.get_sheet_by_index(at).to_python(skip_empty_area=False)


def xml(packed: bytes, part: str = "xl/worksheets/sheet1.xml") -> str:
    with zipfile.ZipFile(io.BytesIO(packed)) as parts:
        return parts.read(part).decode()


def starting(found: list[list[object]], words: str) -> int:
    return next(at for at, row in enumerate(found) if row[0] == words)


def merges(packed: bytes) -> set[str]:
    return set(re.findall(r'<mergeCell ref="([A-Z0-9:]+)"', xml(packed)))


def test_the_frame_of_the_form() -> None:
    packed = written(made("T2", lines_of("T2")))
    found = rows(packed)
    assert (found[0][0], found[1][0]) == ("ỦY BAN NHÂN DÂN", "HUYỆN THỬ")
    assert "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" in found[0]
    assert "Độc lập - Tự do - Hạnh phúc" in found[1]
    assert found[2][0] == "Số liệu mẫu, không dùng để công nhận"
    assert found[3][0] == "TỔNG HỢP DIỄN BIẾN HỘ NGHÈO NĂM 2024"
    told = " ".join(str(row[0]) for row in found[4:8])
    assert "08:30 ngày 14/12/2024" in told
    assert "Xã Bên, Xã Xa" in told
    every = [cell for row in found for cell in row]
    assert {"NGƯỜI LẬP BIỂU", "TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH"} <= set(every)


def test_headings_are_merged_and_numbered_and_repeated_in_print() -> None:
    packed = written(made("T2", lines_of("T2")))
    found = rows(packed)
    top = starting(found, "STT")
    assert found[top][3:6] == ["Số hộ nghèo đầu kỳ", "Số hộ nghèo giảm trong năm", ""]
    assert found[top + 1][4] == "Thoát nghèo"
    assert found[top + 2][4:6] == ["Trở thành hộ cận nghèo", "Vượt chuẩn cận nghèo"]
    row = top + 1  # as Excel counts
    assert {
        f"A{row}:A{row + 2}", f"D{row}:D{row + 2}", f"E{row}:G{row}", f"E{row + 1}:F{row + 1}",
        f"G{row + 1}:G{row + 2}",
    } <= merges(packed)  # fmt: skip
    assert found[top + 3][:4] == ["A", "B", "C", "1"]
    assert found[top + 3][-1] == "9=1−2−3−4+5+6+7+8"
    assert f"${row}:${row + 3}</definedName>" in xml(packed, "xl/workbook.xml")
    sheet = xml(packed)
    assert 'orientation="landscape"' in sheet
    assert 'fitToHeight="0"' in sheet
    assert "&amp;LT2 · Bản 3 &amp;&amp; 4&amp;RTrang &amp;P/&amp;N" in sheet


def test_a_unit_has_a_line_for_households_and_one_for_persons() -> None:
    packed = written(made("T2", lines_of("T2")))
    found = rows(packed)
    first = starting(found, "A") + 1
    assert found[first][:4] == ["1", "=1+1", "Hộ", 1000.0]
    assert found[first + 1][2:4] == ["Nhân khẩu", 1000.0]
    assert {f"{column}{first + 1}:{column}{first + 2}" for column in "AB"} <= merges(packed)
    assert found[first + 2][1] == "Tổng cộng Huyện Thử"


def test_what_is_text_stays_text_and_numbers_are_numbers() -> None:
    cells = (10, 20, 3, "21.95", None, "", "-1.50", "5.00", *[None] * 6)
    line = Line("commune", "1", "02008", "=HYPERLINK(1)", cells, reasons={"near_poor_rate": SMALL})
    packed = written(made("T1", [line]), FileVersion.PUBLIC)
    found = rows(packed)
    own = found[starting(found, "A") + 1]
    assert own[1] == "=HYPERLINK(1)"
    assert own[2:6] == [10.0, 20.0, 3.0, 21.95]
    assert own[6] == ""
    assert "<f>" not in xml(packed)
    assert 'formatCode="0.00"' in xml(packed, "xl/styles.xml") or 'numFmtId="2"' in xml(
        packed, "xl/styles.xml"
    )


def test_a_small_number_that_is_left_out_is_marked() -> None:
    line = Line("commune", "1", "1", "Xã Thử", (None,) * 14, reasons={"poor_households": SMALL})
    found = rows(written(made("T1", [line]), FileVersion.PUBLIC))
    own = found[starting(found, "A") + 1]
    assert own[4] == "…"
    assert own[5] == ""


def test_the_same_content_gives_the_same_bytes_dated_by_its_cut_off() -> None:
    one, other = (written(made("T2", lines_of("T2"))) for _again in range(2))
    assert one == other
    assert "2024-12-14T01:30:00Z" in xml(one, "docProps/core.xml")


def test_a_set_is_one_workbook_without_names() -> None:
    contents = [made(code, lines_of(code)) for code in ("T1", "T2", "T1")]
    packed = report_workbook.workbook(contents, version=FileVersion.INTERNAL)
    book = python_calamine.load_workbook(io.BytesIO(packed))
    assert book.sheet_names == ["T1", "T2", "T1 2"]
    names = made("T15", list(people(1)), has_names=True)
    with pytest.raises(ValueError, match="names"):
        report_workbook.workbook([*contents, names], version=FileVersion.INTERNAL)


def people(households: int) -> Iterator[Line]:
    rest = (None,) * 14
    yield Line("village", "", "", "Thôn Một", (None, None, "Thôn Một", *rest))
    for number in range(1, households + 1):
        cells = (str(number), "1", "=Nông Văn Thử", "1980", None, "Tày", "Chủ hộ", "Cũ", "x")
        yield Line("household", str(number), f"H{number}", "", (*cells, *[None] * 8))
        yield Line("member", "", "", "", (None, "2", "Nông Thị Bé", None, "2016", *[None] * 12))


@pytest.mark.parametrize("longest", [report_workbook.LONG, 10])
def test_a_list_of_names_short_or_streamed(longest: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(report_workbook, "LONG", longest)
    packed = written(made("T15", list(people(8)), has_names=True))
    found = rows(packed)
    assert "Không công bố" in str(found[2][0])
    first = next(at for at, row in enumerate(found) if row[:3] == ["1", "2", "3"]) + 1
    assert str(found[first][2]).lower() == "thôn một"
    assert found[first + 1][:4] == ["1", "1", "=Nông Văn Thử", "1980"]
    assert found[first + 2][:5] == ["", "2", "Nông Thị Bé", "", "2016"]
    assert "<f>" not in xml(packed)
    signed = {cell for at in range(1 + (longest == 10)) for row in rows(packed, at) for cell in row}
    assert "CHỦ TỊCH" in signed
    assert "2024-12-14T01:30:00Z" in xml(packed, "docProps/core.xml")
    assert packed == written(made("T15", list(people(8)), has_names=True))


def test_a_streamed_list_reads_its_lines_one_by_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(report_workbook, "LONG", 10)
    content = Content(
        replace(HEAD, report="T15", has_names=True), iter([(sheet_of("T15"), people(2_000))])
    )
    found = rows(written(content))
    assert len([row for row in found if row[1] == "2"]) == 2_000 + 1  # and the line of numbers


def test_a_streamed_list_may_have_units_before_its_cells(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(report_workbook, "LONG", 1)
    packed = written(made("T1", [*lines_of("T1")[::2]] * 2, has_names=True))
    found = rows(packed)
    first = starting(found, "A") + 1
    assert found[first][:4] == ["1", "=1+1", 1000.0, 1001.0]
    assert found[first + 1][1] == "HUYỆN THỬ"
