"""The workbook that a review is filled into: both sheets, both rows of headings, and in each cell
with a closed set of values the list of them."""

import io
from collections.abc import Sequence
from typing import Any

import xlsxwriter

from households.exchange.columns import HOUSEHOLD_COLUMNS, MEMBER_COLUMNS, Column, Kind

#: Rows whose cells offer their lists; more can be filled in without.
_LISTED_ROWS = 20_000
_LONGEST_LIST = 255  # of the characters Excel keeps for a list written into the rule itself
_YES_NO = ("Y", "N")
#: Kinds whose leading zeros or dashes Excel must not touch.
_AS_TEXT = frozenset(
    {Kind.KEY, Kind.UNIT_CODE, Kind.PERSONAL_ID, Kind.DATE, Kind.BIRTH_DATE, Kind.TEXT, Kind.CODES}
)


def workbook(questions: Sequence[Column] = ()) -> bytes:
    """An .xlsx with the sheets households and members; `questions` are the columns of the points of
    form B that the standard's table asks for. Cost: some 20 ms."""
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target, {"in_memory": True})
    styles = {
        "names": book.add_format({"bold": True, "bg_color": "#EEEEEE"}),
        "words": book.add_format({"italic": True, "bottom": 1, "text_wrap": True}),
        "text": book.add_format({"num_format": "@"}),
    }
    for name, columns in (
        ("households", (*HOUSEHOLD_COLUMNS, *questions)), ("members", MEMBER_COLUMNS),
    ):  # fmt: skip
        sheet = book.add_worksheet(name)
        for at, column in enumerate(columns):
            _put(sheet, at, column, styles)
        sheet.freeze_panes(2, 1)
    book.close()
    return target.getvalue()


def _put(
    sheet: Any,
    at: int,
    column: Column,
    styles: dict[str, Any],
) -> None:
    width = max(12, min(28, len(column.name) + 2))
    sheet.set_column(at, at, width, styles["text"] if column.kind in _AS_TEXT else None)
    sheet.write_string(0, at, column.name, styles["names"])
    sheet.write_string(1, at, column.heading_vi, styles["words"])
    allowed = _YES_NO if column.kind is Kind.YES_NO else column.codes
    if allowed and len(",".join(allowed)) <= _LONGEST_LIST:
        rule = {"validate": "list", "source": list(allowed), "ignore_blank": True}
        sheet.data_validation(2, at, _LISTED_ROWS, at, rule)
