"""Which households stand behind the figures of an edition, and what each adds to each column.

Read by the same cells as the figures (queries.cells), so the sum of a column over its households is
the figure. Kept by commune: an edition of a district rests on those of its communes.
"""

import json
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from django.db import connection

from reports.definitions import ReportDefinition
from reports.definitions.definition import ReportKind
from reports.queries import kept_communes, monthly, tables, units
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

    def stored(self) -> "StoredBasis":
        lines = [json.dumps({"columns": self.columns})]
        lines += [json.dumps([*where, *self.vectors[where]]) for where in sorted(self.vectors)]
        told = "\n".join(lines).encode()
        totals = [sum(each) for each in zip(*self.vectors.values(), strict=True)]
        sums = dict(zip(self.columns, totals or [0] * len(self.columns), strict=True))
        return StoredBasis(zlib.compress(told), sha256(told).hexdigest(), sums)


@dataclass(frozen=True)
class StoredBasis:
    """A basis packed, the digest of what is in it, and the sum of each column."""

    content: bytes
    sha256: str
    sums: Mapping[str, int]


def unpacked(content: bytes) -> Basis:
    """As `stored` packed it."""
    first, *lines = zlib.decompress(content).split(b"\n")
    vectors = {(pk, village): tuple(vector) for pk, village, *vector in map(json.loads, lines)}
    return Basis(tuple(json.loads(first)["columns"]), vectors)


def of(definition: ReportDefinition, asked: Asked) -> dict[int, StoredBasis]:
    """By commune of the round's day, those without a household among them; {} where a report counts
    no households. One statement, of the communes that changed since they were last read
    (kept_communes)."""
    if definition.kind == ReportKind.AD_HOC:
        return _of_month(asked)
    counted = tables.TABLES.get(COUNTS_OF.get(definition.table, definition.table))
    question = asked.whole
    if counted is None or counted.source is None:
        return {}
    source = counted.source(question)
    wanted = set(counted.columns(question))
    keys = [key for key in source.cells if key[0] in wanted]
    if not keys:  # a standard without what the table counts
        return {}
    nobody = Basis(_columns(keys), {}).stored()
    with asked.kept.page():
        if not kept_communes.answers(question):
            found: Mapping[int, StoredBasis | None] = _read(
                source, keys, source.rows, source.values_with(question) | _by_commune(question)
            )
        else:
            cells = [(key, source.cells[key].where, source.cells[key].amount) for key in keys]
            found = kept_communes.of_rows(
                question,
                ["behind", *source.told(question), cells],
                lambda share: _read(
                    source, keys, share.rows(source.rows),
                    source.values_with(question) | share.values,
                ),
            )  # fmt: skip
    return {commune: found.get(commune) or nobody for commune in question.units.communes}


def _by_commune(question: Question) -> dict[str, list[int]]:
    """Parameters of units.HERE that count in the communes of the round's day."""
    commune_of = question.units.commune_of
    villages = [one for one in dict.fromkeys(question.units.villages) if one in commune_of]
    return {"villages": villages, "row_of": [commune_of[one] for one in villages]}


def _of_month(asked: Asked) -> dict[int, StoredBasis]:
    """Of the lists of an ad-hoc review. One statement."""
    found = monthly.behind(asked.round, asked.standard)
    inside = asked.whole.units.communes_of_rows.get(asked.area.pk, set())
    return {pk: Basis(monthly.LISTED, found.get(pk, {})).stored() for pk in inside}


def _read(
    source: Source, keys: list[Key], rows: str, values: Mapping[str, Any]
) -> dict[int, StoredBasis]:
    amounts = ", ".join(
        f"coalesce(sum({cell.amount}) FILTER (WHERE {cell.where}), 0)::int"
        for cell in (source.cells[key] for key in keys)
    )
    counts = " OR ".join(source.cells[key].counts for key in keys)
    sql = (
        f"SELECT unit_id, a.household_id, village_id, {amounts} FROM ({rows}) a {units.HERE}"
        f" WHERE {counts} GROUP BY 1, 2, 3"
    )
    found: dict[int, Vectors] = {}
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        for unit, household, village, *vector in cursor.fetchall():
            found.setdefault(unit, {})[household, village] = tuple(vector)
    columns = _columns(keys)
    return {unit: Basis(columns, vectors).stored() for unit, vectors in found.items()}


def _columns(keys: list[Key]) -> tuple[str, ...]:
    return tuple(column_key(column, counted) for column, counted in keys)


def column_key(column: str, counted: str | None) -> str:
    """A column of a line that counts `counted` (None or "": its table has one line a unit)."""
    return f"{column}|{counted}" if counted else column


def total(bases: Iterable[StoredBasis]) -> dict[str, int]:
    """Sums over all communes, by column."""
    found: dict[str, int] = {}
    for basis in bases:
        for column, number in basis.sums.items():
            found[column] = found.get(column, 0) + number
    return found
