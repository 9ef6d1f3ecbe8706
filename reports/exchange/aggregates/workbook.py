"""Aggregates as .xlsx: one sheet, a row a record, and a sheet that says what it is of."""

import datetime as dt
import io
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

import xlsxwriter

from reports.exchange.aggregates import records
from reports.queries.aggregates import Part

#: Nothing that is text runs, becomes a link or a number.
_AS_GIVEN = {
    "constant_memory": True, "in_memory": True, "strings_to_formulas": False,
    "strings_to_urls": False, "strings_to_numbers": False,
}  # fmt: skip


def xlsx(parts: Sequence[Part], *, head: Mapping[str, str], made_at: dt.datetime) -> bytes:
    """`head` is what the second sheet says, line by line. The same parts and `made_at` give the
    same bytes."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, _AS_GIVEN)
    book.set_properties({"created": made_at})
    bold, rate = book.add_format({"bold": True}), book.add_format({"num_format": "0.00"})
    sheet = book.add_worksheet("data")
    heads, names = records.heads(parts), records.columns(parts)
    sheet.freeze_panes(1, len(heads))
    for at, name in enumerate([*heads, *names, "reasons"]):
        sheet.write_string(0, at, name, bold)
    row = 0
    for part in parts:
        for one in records.records(part):
            row += 1
            _write(sheet, row, one, (heads, names), rate)
    about = book.add_worksheet("about")
    for at, (name, words) in enumerate(head.items()):
        about.write_string(at, 0, name, bold)
        about.write_string(at, 1, words)
    book.close()
    return out.getvalue()


def _write(
    sheet: Any, row: int, one: Mapping[str, Any], told: tuple[Sequence[str], Sequence[str]],
    rate: Any,
) -> None:  # fmt: skip
    """`told`: heads, then columns."""
    heads, names = told
    for at, name in enumerate(heads):
        sheet.write_string(row, at, str(one[name]))
    first = len(heads)
    for at, name in enumerate(names, first):
        value = one["figures"].get(name)
        if isinstance(value, Decimal):
            sheet.write_number(row, at, value, rate)
        elif value is not None:
            sheet.write_number(row, at, value)
    reasons = "; ".join(f"{name}: {code}" for name, code in one["reasons"].items())
    sheet.write_string(row, first + len(names), reasons)
