"""Promises: the same content gives the same file, in the official frame, headings on each page."""

import zipfile
from collections.abc import Iterator
from io import BytesIO
from typing import Any

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.oxml.ns import qn

from reports.choices import FileVersion
from reports.contents.content import Column, Content, Line, Paper
from reports.exchange import report_word
from tests.factories import report_contents as told

INTERNAL = FileVersion.INTERNAL


def _content(**given: Any) -> Content:
    shown = (
        Column("a", ("Hộ nghèo", "Số hộ"), "1"),
        Column("b", ("Hộ nghèo", "Trong đó", "Tày"), "2"),
        Column("c", ("Hộ nghèo", "Trong đó", "Nùng"), "3"),
        Column("d", ("Cuối kỳ",), "4=1+2"),
    )
    sheet = told.sheet(shown, notes=("Ghi chú riêng.",), paper=Paper.A4)
    lines = [
        told.unit("district", "1", "Huyện Một", 1234, 4, 5, 6, key=2),
        told.unit("commune", "1.1", "Xã <Hai> & Ba", 34, None, 5, 6, key=3),
        told.unit("province", "", "Mẫu", 1234, 4, 5, 6, key=1),
    ]
    return told.content(told.head(**given), (sheet, lines))


def _opened(made: bytes) -> Any:
    return Document(BytesIO(made))


def test_the_frame_is_there() -> None:
    made = _opened(report_word.docx(_content(is_sample=True), version=INTERNAL, foot="Bản số 2"))
    text = "\n".join(one.text for one in made.paragraphs)
    heading = "\n".join(cell.text for cell in made.tables[0].rows[0].cells)
    assert "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" in heading
    assert "TỈNH MẪU" in heading
    assert "TỔNG HỢP" in text
    assert "Số liệu chính thức, đến 09:30 ngày 14/12/2024" in text
    assert "Ghi chú riêng." in text
    assert "CHỦ TỊCH" in made.tables[-1].rows[0].cells[-1].text
    assert "Số liệu mẫu" in made.sections[0].header.paragraphs[0].text
    assert "Bản số 2" in made.sections[0].footer.paragraphs[0].text
    assert "@table" not in text


def test_the_figures_are_there_and_headings_repeat() -> None:
    made = _opened(report_word.docx(_content(), version=INTERNAL))
    rows = made.tables[1].rows
    cells = [[cell.text for cell in row.cells] for row in rows]
    assert cells[0] == ["STT", "Đơn vị", "Hộ nghèo", "Hộ nghèo", "Hộ nghèo", "Cuối kỳ"]
    assert cells[1] == ["STT", "Đơn vị", "Số hộ", "Trong đó", "Trong đó", "Cuối kỳ"]
    assert cells[2] == ["STT", "Đơn vị", "Số hộ", "Tày", "Nùng", "Cuối kỳ"]
    assert cells[3] == ["A", "B", "1", "2", "3", "4=1+2"]
    assert cells[4] == ["1", "Huyện Một", "1.234", "4", "5", "6"]
    assert cells[5] == ["1.1", "Xã <Hai> & Ba", "34", "", "5", "6"]
    assert cells[6][1] == "Tổng cộng Mẫu"
    repeated = [row._tr.trPr.find(qn("w:tblHeader")) is not None for row in rows]
    assert repeated == [True] * 4 + [False] * 3


def test_it_lies_landscape() -> None:
    section = _opened(report_word.docx(_content(), version=INTERNAL)).sections[0]
    assert section.orientation == WD_ORIENT.LANDSCAPE
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (297, 210)


def test_the_same_content_gives_the_same_bytes_dated_by_its_cut_off() -> None:
    first = report_word.docx(_content(), version=INTERNAL)
    assert first == report_word.docx(_content(), version=INTERNAL)
    with zipfile.ZipFile(BytesIO(first)) as packed:
        assert {one.date_time for one in packed.infolist()} == {(2024, 12, 14, 9, 30, 0)}
    assert _opened(first).core_properties.created.isoformat().startswith("2024-12-14T09:30:00")


def test_two_lines_of_a_unit_share_its_name() -> None:
    sheet = told.sheet(told.columns("a"), names=("STT", "Đơn vị", "Đối tượng"), two_lines=True)
    lines = [
        told.unit("commune", "1", "Xã Hai", 12, key=1, counted="households"),
        told.unit("commune", "", "Xã Hai", 48, key=1, counted="persons"),
    ]
    made = _opened(report_word.docx(told.content(told.head(), (sheet, lines)), version=INTERNAL))
    rows = made.tables[1].rows
    assert [cell.text for cell in rows[-1].cells] == ["1", "Xã Hai", "Nhân khẩu", "48"]
    assert rows[-1].cells[1]._tc is rows[-2].cells[1]._tc


def test_sheets_that_are_streams_stand_in_their_order() -> None:
    shown = told.columns("a")

    def lines(name: str) -> Iterator[Line]:
        yield told.unit("commune", "1", name, 1, key=1)

    def sheets() -> Iterator[Any]:
        yield told.sheet(shown, title="Một"), lines("Xã Một")
        yield told.sheet(shown, title="Hai"), lines("Xã Hai")

    made = _opened(report_word.docx(Content(told.head(), sheets()), version=INTERNAL))
    names = [table.rows[-1].cells[1].text for table in made.tables if len(table.columns) == 3]
    assert names == ["Xã Một", "Xã Hai"]


def test_words_that_a_file_cannot_hold_are_left_out() -> None:
    sheet = told.sheet(told.columns("a"))
    lines = [told.unit("commune", "1", "Xã\x0bHai", 1, key=1)]
    made = _opened(report_word.docx(told.content(told.head(), (sheet, lines)), version=INTERNAL))
    assert made.tables[1].rows[-1].cells[1].text == "XãHai"
