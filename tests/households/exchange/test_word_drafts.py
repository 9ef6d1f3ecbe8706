"""The shipped Word templates: one for each paper, filled from the words the PDF prints."""

from io import BytesIO

import pytest
from docx import Document

from households.exchange import word_drafts, word_printing

ROW = {
    "number": 1, "head_name": "Nông Văn <Thử> & con", "members": 4, "result": "Hộ nghèo",
    "before": "", "village": "Thôn Một", "code": "H00000001", "form": "", "name": "Khiếu nại",
    "received": 2, "open": 1, "met": "02/10", "posted": "03/10", "numbers": [9, 3, 2, 1, 0],
}  # fmt: skip
PART = {
    "standard": "Chuẩn 2022-2025", "counts_from": "01/01/2025", "rows": [ROW],
    "totals": [9, 3, 2, 1, 0], "lists": [{"name": "hộ nghèo", "rows": [ROW, ROW], "members": 8}],
}  # fmt: skip


def words_of(content: bytes) -> str:
    made = Document(BytesIO(content))
    cells = [cell.text for table in made.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(one.text for one in made.paragraphs), *cells])


@pytest.mark.parametrize("paper", word_drafts.papers())
def test_each_is_filled_without_a_tag_left(paper: str) -> None:
    names = word_printing.names_of(paper)
    data: dict[str, object] = {name: f"«{name}»" for name in names}
    data |= {"rows": [ROW], "heard": [ROW], "parts": [PART], "bases": ["Căn cứ …;"], "held": 1}
    data |= {"villages": [ROW], "read_out": True, "rechecked": True}
    told = words_of(word_printing.docx(word_drafts.draft(paper), data))
    assert "{" not in told
    assert "%}" not in told
    lists = {"rows", "heard", "parts", "bases", "villages", "held", "read_out", "rechecked"}
    alone = names - lists - {"title", "mark", "foot"}
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
