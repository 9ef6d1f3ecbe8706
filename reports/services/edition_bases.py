"""Which households stand behind the figures of an edition, and what each adds to each column.

Read by the same cells as the figures (queries.cells), so the sum of a column over its households is
the figure. Kept by commune: an edition of a district rests on those of its communes.
"""

import json
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256

from django.db import connection

from reports.choices import FigureLevel
from reports.definitions import ReportDefinition
from reports.queries import tables
from reports.queries.behind import COUNTS_OF
from reports.queries.cells import Key, Source
from reports.queries.questions import Question
from reports.services.contents import Asked

#: Household and the village where it counts to what it adds, by column ("opening|households", or
#: "households" alone).
Vectors = dict[tuple[int, int], tuple[int, ...]]


@dataclass(frozen=True)
class Basis:
    """Of one commune. `columns` and the vectors go side by side."""

    columns: tuple[str, ...]
    vectors: Vectors

    def sums(self) -> dict[str, int]:
        totals = [sum(each) for each in zip(*self.vectors.values(), strict=True)]
        return dict(zip(self.columns, totals or [0] * len(self.columns), strict=True))

    def packed(self) -> tuple[bytes, str]:
        """The bytes to be stored and the digest of what is in them."""
        lines = [json.dumps({"columns": self.columns})]
        lines += [json.dumps([*where, *self.vectors[where]]) for where in sorted(self.vectors)]
        told = "\n".join(lines).encode()
        return zlib.compress(told), sha256(told).hexdigest()


def unpacked(content: bytes) -> Basis:
    """As `packed` stored it."""
    first, *lines = zlib.decompress(content).split(b"\n")
    vectors = {(pk, village): tuple(vector) for pk, village, *vector in map(json.loads, lines)}
    return Basis(tuple(json.loads(first)["columns"]), vectors)


def of(definition: ReportDefinition, asked: Asked) -> dict[int, Basis]:
    """By commune, those without a household among them; {} where a report counts no households.
    One statement."""
    counted = tables.TABLES.get(COUNTS_OF.get(definition.table, definition.table))
    question = asked.at(FigureLevel.COMMUNE)
    if counted is None or counted.source is None or question is None:
        return {}
    source = counted.source(question)
    wanted = set(counted.columns(question))
    keys = [key for key in source.cells if key[0] in wanted]
    return _read(source, keys, question)


def _read(source: Source, keys: list[Key], question: Question) -> dict[int, Basis]:
    amounts = ", ".join(
        f"coalesce(sum({cell.amount}) FILTER (WHERE {cell.where}), 0)::int"
        for cell in (source.cells[key] for key in keys)
    )
    counts = " OR ".join(source.cells[key].counts for key in keys)
    sql = (
        f"SELECT unit_id, a.household_id, village_id, {amounts} {source.placed}"
        f" WHERE {counts} GROUP BY 1, 2, 3"
    )
    found: dict[int, Vectors] = {unit.key: {} for unit in question.units.rows}
    with connection.cursor() as cursor:
        cursor.execute(sql, source.values_with(question))
        for unit, household, village, *vector in cursor.fetchall():
            found[unit][household, village] = tuple(vector)
    columns = tuple(column_key(column, counted) for column, counted in keys)
    return {unit: Basis(columns, vectors) for unit, vectors in found.items()}


def column_key(column: str, counted: str | None) -> str:
    """A column of a line that counts `counted` (None or "": its table has one line a unit)."""
    return f"{column}|{counted}" if counted else column


def total(bases: Mapping[int, Basis]) -> dict[str, int]:
    """Sums over all communes, by column."""
    found: dict[str, int] = {}
    for basis in bases.values():
        for column, number in basis.sums().items():
            found[column] = found.get(column, 0) + number
    return found
