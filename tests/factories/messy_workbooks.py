"""A review as a commune's sheets have it: below a title, in own words, without its own codes."""

from pathlib import Path

import xlsxwriter

from tests.factories.exchange_files import Files

#: Headings as a commune writes them, by the column they mean.
HEADINGS = {
    "household_id": "Mã số hộ", "head_name": "Họ tên chủ hộ", "village": "Thôn bản",
    "household_size": "Số nhân khẩu", "full_name": "Họ tên", "relation": "Quan hệ",
    "birth_date": "Ngày tháng năm sinh", "cccd": "Số CCCD", "floor_area_m2": "Diện tích ở",
}  # fmt: skip
#: What everybody in the commune knows, so that no sheet of it says it.
KNOWN = {
    "review_year", "as_of", "province_code", "district_code", "district", "commune_code", "commune",
}  # fmt: skip
#: The line of the first row below the headings.
FIRST_ROW = 4


def write(files: Files, path: Path, headings: dict[str, str] = HEADINGS) -> Path:
    """A workbook with the sheets "Hộ" and "Nhân khẩu", columns in reversed order."""
    book = xlsxwriter.Workbook(str(path))
    for name, rows in (("Hộ", files.households), ("Nhân khẩu", files.members)):
        sheet = book.add_worksheet(name)
        sheet.write(0, 0, "UBND XÃ THỬ")
        names = [one for one in reversed(rows[0]) if one not in KNOWN]
        sheet.write_row(FIRST_ROW - 2, 0, [headings.get(one, one) for one in names])
        for line, row in enumerate(rows, start=FIRST_ROW - 1):
            sheet.write_row(line, 0, [row.get(one, "") for one in names])
    book.close()
    return path
