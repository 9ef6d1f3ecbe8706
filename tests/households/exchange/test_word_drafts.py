"""The shipped Word templates: one for each paper, filled from the words the PDF prints."""

from io import BytesIO

import pytest
import segno
from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH

from households.exchange import word_drafts, word_printing
from households.exchange.word_printing import Picture

RIGHT = WD_ALIGN_PARAGRAPH.RIGHT

ROW = {
    "number": 1, "head_name": "Nông Văn <Thử> & con", "members": 4, "result": "Hộ nghèo",
    "before": "", "village": "Thôn Một", "code": "H00000001", "form": "", "name": "Khiếu nại",
    "received": 2, "open": 1, "met": "02/10", "posted": "03/10", "numbers": [9, 3, 2, 1, 0],
}  # fmt: skip
PART = {
    "standard": "Chuẩn 2022-2025", "counts_from": "01/01/2025", "rows": [ROW],
    "totals": [9, 3, 2, 1, 0], "lists": [{"name": "hộ nghèo", "rows": [ROW, ROW], "members": 8}],
}  # fmt: skip
#: Where a paper says in a line what another has as a list.
OWN: dict[str, dict[str, object]] = {"submission": {"enclosed": "báo cáo, biên bản"}}
#: What tags may call.
GIVEN = {"qr", "range"}
ADDRESS = "https://povreg.example/slips/abc"
MEMBER = {"name": "Nông Thị Con", "born": "2015", "relation": "Con", "sex": "Nữ"}
#: What the papers of one household, or of a pile, print beside plain words.
LISTS: dict[str, object] = {
    "meeting": "",
    "dated": "", "signed": True, "unlisted": [ROW], "process": ["Đã rà soát 9/9 hộ."],
    "rows": [ROW], "heard": [ROW], "parts": [PART], "bases": ["Căn cứ …;"], "held": 1,
    "villages": [ROW | {"rows": [ROW]}], "read_out": True, "rechecked": True,
    "members": [MEMBER], "questions": ["Có trâu, bò?"], "unconfirmed": True, "issued": list("123"),
    "certificates": [
        ROW | {"members": [MEMBER], "issued": list("123"), "titles": ["CHỦ TỊCH"], "again": "rách"}
    ] * 2,
    "slips": [{
        "address": ADDRESS, "head_name": "Lý <Thị> Một", "before": "Hộ nghèo",
        "results": [{"standard": "Chuẩn", "class": "Hộ nghèo", "provisional": True,
                     "lines": ["Điểm B1: 120"],
                     "lacking": [{"name": "Nhà ở", "reasons": ["dột"]}]}],
    }] * 2,
    **{
        name: [{"name": "Tên", "text": "lời"}]
        for name in (
            "remarks", "poor_districts", "moves", "groups", "lacks", "causes", "results", "money",
        )
    },
    "units": [ROW | {"cells": list("1234567"), "bold": bold} for bold in (True, False)],
    "enclosed": [{"report": "T1", "title": "Kết quả", "number": 1}],
    "heads": [f"Cột {number}" for number in range(9)],
    "forms": [{
        "head_name": "Lý Thị Một", "address": ADDRESS, "rows": [list("abcdefghi")],
        "blank_rows": 2, "sections": [{"title": "Nhà ở", "questions": [
            {"label": "Mái", "value": "", "unit": "",
             "options": [["ngói", True], ["tranh", False]]},
            {"label": "Diện tích", "options": [], "value": "45", "unit": "m²"},
        ]}],
    }] * 2,
}  # fmt: skip


def words_of(content: bytes) -> str:
    made = Document(BytesIO(content))
    cells = [cell.text for table in made.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(one.text for one in made.paragraphs), *cells])


@pytest.mark.parametrize("paper", word_drafts.papers())
def test_each_is_filled_without_a_tag_left(paper: str) -> None:
    names = word_printing.names_of(paper)
    data: dict[str, object] = {name: f"«{name}»" for name in names - GIVEN}
    data |= LISTS | OWN.get(paper, {})
    told = words_of(word_printing.docx(word_drafts.draft(paper), data))
    assert "{" not in told
    assert "%}" not in told
    alone = names - set(LISTS) - {"title", "mark", "foot"} - GIVEN
    shipped = words_of(word_drafts.draft(paper))
    missing = [
        name for name in alone if name in shipped and f"«{name}»".lower() not in told.lower()
    ]
    assert missing == []


def test_a_row_for_each_household_with_its_name_as_it_stands() -> None:
    data = {"rows": [ROW, ROW | {"number": 2, "head_name": "Lý Thị Hai"}], "counts": ""}
    made = Document(BytesIO(word_printing.docx(word_drafts.draft("posting"), data)))
    rows = [[cell.text for cell in row.cells] for row in made.tables[1].rows]
    assert rows == [
        ["TT", "Họ và tên chủ hộ", "Số khẩu", "Kết quả rà soát", "Đang trong danh sách"],
        ["1", "Nông Văn <Thử> & con", "4", "Hộ nghèo", ""],
        ["2", "Lý Thị Hai", "4", "Hộ nghèo", ""],
    ]


def test_the_reports_table_ends_with_its_totals() -> None:
    data = {"parts": [PART], "villages": [ROW], "held": 0}
    made = Document(BytesIO(word_printing.docx(word_drafts.draft("report"), data)))
    last = [cell.text for cell in made.tables[1].rows[-1].cells]
    assert last == ["Tổng cộng", "", "", "9", "3", "2", "1", "0"]


def test_rows_of_units_over_others_are_bold_and_figures_stand_right() -> None:
    made = Document(BytesIO(word_printing.docx(word_drafts.draft("annual_report"), LISTS)))
    upper, lower = made.tables[1].rows[1:]
    for row, is_bold in ((upper, True), (lower, False)):
        runs = [run for cell in row.cells for run in cell.paragraphs[0].runs if run.text]
        assert {bool(run.bold) for run in runs} == {is_bold}
        assert [cell.paragraphs[0].alignment for cell in row.cells[:3]] == [None, None, RIGHT]


def test_a_picture_says_what_it_shows() -> None:
    out = BytesIO()
    segno.make("x").save(out, kind="png")
    picture = Picture(out.getvalue(), 3, 'Biểu đồ: "A" & B')
    template, kept = Document(), BytesIO()
    template.add_paragraph("{{ chart }}")
    template.save(kept)
    made = Document(BytesIO(word_printing.docx(kept.getvalue(), {}, {"chart": picture})))
    (shape,) = made.inline_shapes
    assert shape._inline.docPr.get("descr") == 'Biểu đồ: "A" & B'
    assert round(shape.width.cm, 1) == 3


def test_a_slip_for_each_household_with_the_picture_of_its_address() -> None:
    made = Document(BytesIO(word_printing.docx(word_drafts.draft("slip"), LISTS)))
    told = "\n".join(one.text for one in made.paragraphs)
    assert told.count("Hộ ông (bà): Lý <Thị> Một") == 2
    assert "– Nhà ở: dột" in told
    assert len(made.inline_shapes) == 2


def test_form_b_stands_on_one_sheet_a_household_with_the_columns_of_the_page() -> None:
    made = Document(BytesIO(word_printing.docx(word_drafts.draft("form_b"), LISTS)))
    grids = [one for one in made.tables if one.cell(0, 0).text == "TT"]
    assert len(grids) == 2
    assert [cell.text for cell in grids[0].rows[0].cells] == ["TT", *LISTS["heads"]]  # type: ignore[misc]
    assert [cell.text for cell in grids[0].rows[1].cells] == ["1", *"abcdefghi"]
    assert len(grids[0].rows) == 4
    told = "\n".join(one.text for one in made.paragraphs)
    assert "Mái: ☒ ngói   ☐ tranh" in told
    assert "Diện tích: 45 m²" in told


def test_a_certificate_leaves_rows_for_members_to_come() -> None:
    made = Document(BytesIO(word_printing.docx(word_drafts.draft("certificates"), LISTS)))
    lists = [one for one in made.tables if one.cell(0, 0).text == "TT"]
    assert [len(one.rows) for one in lists] == [9, 9]  # a head, a member, seven to write on


def test_what_a_pdf_says_at_its_edges_stands_in_word_too_whatever_the_template() -> None:
    own, out = Document(), BytesIO()
    own.add_paragraph("{{ commune }}")
    own.save(out)
    data = {"commune": "xã Một", "mark": "BẢN THỬ", "foot": "In bởi A ngày 1/1"}
    for template in (out.getvalue(), word_drafts.draft("form_b")):
        section = Document(BytesIO(word_printing.docx(template, LISTS | data))).sections[0]
        assert "BẢN THỬ" in section.header.paragraphs[0].text
        assert "In bởi A" in section.footer.paragraphs[0].text
