"""A table of figures as JSON, CSV and plain text. Here, at the edge, rates are rounded."""

import csv
import io
import json
from decimal import Decimal
from typing import Any

from reports.queries.rows import Row, rounded
from reports.queries.tables import Table

#: A spreadsheet would run it.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def as_json(table: Table) -> str:
    """{table, round, standard, status, as_of, area, level, rows}; `areas_on` where the map is of
    another day, `notes` where there are any, and in a row `reasons` where a figure is null."""
    asked = table.question
    told: dict[str, Any] = {
        "table": table.code,
        "round": asked.round.key,
        "standard": asked.standard.code,
        "status": asked.status.value,
        "as_of": asked.round.as_of.isoformat(),
        "area": asked.area.code,
        "level": asked.level.value,
        "rows": [_as_object(row, table) for row in table.rows],
    }
    if asked.on != asked.round.as_of:
        told["areas_on"] = asked.on.isoformat()
    if table.notes:
        told["notes"] = table.notes
    return json.dumps(told, ensure_ascii=False, indent=2)


def _as_object(row: Row, table: Table) -> dict[str, Any]:
    told: dict[str, Any] = {"area_code": row.unit.code, "area": row.unit.name}
    if row.counted:
        told["unit"] = row.counted.value
    for column in table.columns:
        figure = rounded(row.figures[column])
        told[column] = float(figure) if isinstance(figure, Decimal) else figure
    if row.reasons:
        told["reasons"] = dict(row.reasons)
    return told


def as_csv(table: Table) -> str:
    """A heading, then a line a row; a figure that is not there is an empty cell."""
    out = io.StringIO()
    write = csv.writer(out, lineterminator="\n").writerow
    write(_heading(table))
    for row in table.rows:
        write([safe_cell(cell) for cell in _cells(row, table)])
    return out.getvalue()


def as_text(table: Table) -> str:
    """What it is of, columns in line; under them the notes and why figures are missing."""
    lines = [_heading(table), *(_cells(row, table) for row in table.rows)]
    widths = [max(len(line[at]) for line in lines) for at in range(len(lines[0]))]
    names = 3 if table.rows and table.rows[0].counted else 2
    text = [f"{table.code}. {table.title}", _what_it_says(table)]
    for line in lines:
        cells = [
            cell.ljust(width) if at < names else cell.rjust(width)
            for at, (cell, width) in enumerate(zip(line, widths, strict=True))
        ]
        text.append("  ".join(cells).rstrip())
    reasons = dict.fromkeys(reason for row in table.rows for reason in row.reasons.values())
    return "\n".join([*text, *table.notes, *reasons]) + "\n"


def _what_it_says(table: Table) -> str:
    """Where, which round and standard, how final, of which day: no figure stands without them."""
    asked = table.question
    told = [asked.area.name, asked.round.key, asked.standard.code, str(asked.status.label)]
    if asked.on != asked.round.as_of:
        told.append(f"{asked.round.as_of:%d/%m/%Y} → {asked.on:%d/%m/%Y}")
    else:
        told.append(f"{asked.round.as_of:%d/%m/%Y}")
    return " · ".join(told)


def _heading(table: Table) -> list[str]:
    unit = ["unit"] if table.rows and table.rows[0].counted else []
    return ["area_code", "area", *unit, *table.columns]


def _cells(row: Row, table: Table) -> list[str]:
    unit = [row.counted.value] if row.counted else []
    figures = [rounded(row.figures[column]) for column in table.columns]
    return [
        row.unit.code, row.unit.name, *unit, *("" if one is None else str(one) for one in figures)
    ]  # fmt: skip


def safe_cell(cell: str) -> str:
    """As it may stand in a sheet."""
    return f"'{cell}" if cell.startswith(_FORMULA) else cell
