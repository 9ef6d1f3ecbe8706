"""A list as Word: its heading repeats, values stand as officers write them."""

import datetime as dt
from io import BytesIO

from docx import Document

from programs.exchange import list_document


def test_a_list_stands_in_one_table_with_numbered_rows() -> None:
    content = list_document.docx(
        title="Danh sách", place="Xã Thử", heads=["Họ tên", "Ngày", "Tiền"],
        rows=[["Lý Văn A\x0b", dt.date(2024, 5, 1), 1_500_000], ["Lý Văn B", None, None]],
        foot="Chứa dữ liệu cá nhân",
    )  # fmt: skip
    made = Document(BytesIO(content))
    (table,) = made.tables
    cells = [[cell.text for cell in row.cells] for row in table.rows]
    assert cells == [
        ["TT", "Họ tên", "Ngày", "Tiền"],
        ["1", "Lý Văn A", "01/05/2024", "1.500.000"],
        ["2", "Lý Văn B", "", ""],
    ]
    assert made.paragraphs[0].text == "DANH SÁCH"
    assert made.paragraphs[-1].text == "Chứa dữ liệu cá nhân"
