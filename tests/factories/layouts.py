"""A sheet for others, as a department defined and shared it, and what its receiver sent back."""

import datetime as dt
import io
from collections.abc import Sequence
from typing import Any

import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile

from households.models import (
    Household,
    LayoutAnswer,
    LayoutReturn,
    OrderedFile,
    OutputLayout,
    ReturnedDifference,
    ReturnedRow,
    User,
)


def shared(department: User) -> OutputLayout:
    """The one of the department's province, a person a row, with the personal number in it."""
    found, __ = OutputLayout.objects.get_or_create(
        province=department.assignments.get().area,
        name="Bảo hiểm",
        defaults={
            "row_kind": "MEMBER",
            "whom": "ALL",
            "columns": [{"field": "member.cccd", "heading": "Số", "codes": {}}],
            "is_shared": True,
            "made_by": department,
        },
    )
    return found


def returned(household: Household, department: User, officer: User) -> ReturnedDifference:
    """A sheet of the household's commune that is kept: one row, one answer, one open difference."""
    sheet, __ = LayoutReturn.objects.get_or_create(
        layout=shared(department),
        area=household.card.village.parent,
        file_hash="x",
        defaults={
            "receiver": "BHXH", "returned_on": dt.date(2024, 10, 1), "sent_by": officer,
            "file_name": "the.xlsx", "state": "KEPT", "counts": {"rows": 1},
        },
    )  # fmt: skip
    row, __ = ReturnedRow.objects.get_or_create(
        returned=sheet, line=2,
        defaults={"household": household, "found_by": "HOUSEHOLD_KEY", "differs": True},
    )  # fmt: skip
    LayoutAnswer.objects.get_or_create(
        row=row, heading="Thẻ",
        defaults={"household": household, "kind": "TEXT", "text_value": "HN 2"},
    )  # fmt: skip
    difference, __ = ReturnedDifference.objects.get_or_create(
        row=row, field="head_name", defaults={"theirs": "A", "ours": "B", "state": "OPEN"}
    )
    return difference


def ordered(officer: User) -> OrderedFile:
    """A list of households that waits to be written."""
    found, __ = OrderedFile.objects.get_or_create(
        ordered_by=officer, key="x",
        defaults={
            "kind": "HOUSEHOLDS", "form": "XLSX", "title": "Hộ", "file_name": "ho.xlsx",
            "wanted": {}, "rows": 1,
        },
    )  # fmt: skip
    return found


def sheet(*rows: Sequence[Any], name: str = "tra-ve.xlsx") -> SimpleUploadedFile:
    """A workbook of one sheet, row by row; days as days."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    book.set_properties({"created": dt.datetime(2024, 10, 15, tzinfo=dt.UTC)})
    page, day = book.add_worksheet("Sheet1"), book.add_format({"num_format": "dd/mm/yyyy"})
    for line, cells in enumerate(rows):
        for place, cell in enumerate(cells):
            page.write(line, place, cell, day if isinstance(cell, dt.date) else None)
    book.close()
    return SimpleUploadedFile(name, out.getvalue())
