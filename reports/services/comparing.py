"""Two editions of one report held against each other, cell by cell, and the households that made
the difference."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from households.choices import AreaLevel
from households.errors import DomainError
from households.models import Area, AreaGroup
from reports.contents import canonical
from reports.contents.content import CellValue, Column, Kind, Line
from reports.models import Edition
from reports.queries.behind import COUNTS_OF
from reports.services import edition_bases, editions
from reports.services.edition_bases import Basis

#: Where a cell stands: the line's unit and what it counts, and the column.
Place = tuple[int | None, str, str]


@dataclass(frozen=True)
class CellChange:
    """A cell that is not the same; None where an edition has no number there. `difference` where
    both are numbers."""

    place: Place
    before: CellValue
    after: CellValue
    difference: int | Decimal | None


@dataclass(frozen=True)
class HouseholdChange:
    """A household that adds another amount to a cell than before (0: it is not counted)."""

    household_id: int
    village_id: int
    before: int
    after: int


@dataclass(frozen=True)
class Comparison:
    """`cells` by their place; lines that only one edition has are compared with nothing."""

    before: Edition
    after: Edition
    cells: dict[Place, CellChange]


def compare(before: Edition, after: Edition) -> Comparison:
    """Reads both contents. Raises DomainError where they are not of the same report and area."""
    _refuse_others(before, after)
    was, now = dict(_cells(before)), dict(_cells(after))
    changes = {}
    for place in dict.fromkeys([*now, *was]):
        one, other = was.get(place, (None, None)), now.get(place, (None, None))
        if one[0] != other[0]:
            kind = one[1] or other[1]
            changes[place] = CellChange(
                place, one[0], other[0], _difference(one[0], other[0], kind)
            )
    return Comparison(before, after, changes)


def households(before: Edition, after: Edition, place: Place) -> list[HouseholdChange]:
    """Who made the difference of a cell, by key. Four queries. Raises DomainError as `compare`."""
    _refuse_others(before, after)
    wanted = counting(after, place)
    inside = _inside(place[0])
    was = _amounts(before, wanted, inside)
    now = _amounts(after, wanted, inside)
    return [
        HouseholdChange(*where, was.get(where, 0), now.get(where, 0))
        for where in sorted(was.keys() | now.keys())
        if was.get(where, 0) != now.get(where, 0)
    ]


def counting(edition: Edition, place: Place) -> str:
    """The column of the households (edition_bases.column_key) that a cell counts; of a rate those
    it is of."""
    __, counted, column = place
    if edition.report in COUNTS_OF or column.endswith("_rate"):
        column = _counting(column)
    return edition_bases.column_key(column, counted)


def _counting(column: str) -> str:
    """Of a rate the column that it is of."""
    if column.endswith("_persons_rate"):
        return column.removesuffix("_rate")
    return f"{column.removesuffix('_rate')}_households" if column.endswith("_rate") else column


def _refuse_others(before: Edition, after: Edition) -> None:
    same = ("report", "area_id", "round_id", "standard_id")
    if any(getattr(before, name) != getattr(after, name) for name in same):
        raise DomainError(_("Only editions of one report of one area and round are compared."))


def _cells(edition: Edition) -> Iterator[tuple[Place, tuple[CellValue, Kind]]]:
    for sheet, lines in canonical.unpack(bytes(edition.content)).sheets:
        for line in lines:
            yield from _cells_of(line, sheet.columns)


def _cells_of(
    line: Line, columns: Iterable[Column]
) -> Iterator[tuple[Place, tuple[CellValue, Kind]]]:
    for column, cell in zip(columns, line.cells, strict=True):
        yield (line.key, line.counted, column.key), (cell, column.kind)


def _difference(before: CellValue, after: CellValue, kind: Kind | None) -> int | Decimal | None:
    if before is None or after is None or kind == Kind.TEXT:
        return None
    if isinstance(before, int) and isinstance(after, int):
        return after - before
    return Decimal(after) - Decimal(before)


def _inside(key: int | None) -> tuple[set[int], int | None]:
    """Communes in a line's unit, and its village where it is one. Three queries at most."""
    unit = Area.objects.filter(pk=key).first() if key else None
    if unit is None:
        members = AreaGroup.communes.through.objects.filter(areagroup=key)
        return set(members.values_list("area_id", flat=True)), None
    if unit.level == AreaLevel.VILLAGE:
        return {unit.parent_id} if unit.parent_id else set(), unit.pk
    below = Area.objects.under_any([unit.inner_path]).filter(level=AreaLevel.COMMUNE)
    return {unit.pk, *below.values_list("pk", flat=True)}, None


def _amounts(
    edition: Edition, wanted: str, inside: tuple[set[int], int | None]
) -> dict[tuple[int, int], int]:
    communes, village = inside
    found: dict[tuple[int, int], int] = {}
    for basis in editions.communes_behind(edition, communes).values():
        found |= _column(basis, wanted, village)
    return found


def _column(basis: Basis, wanted: str, village: int | None) -> dict[tuple[int, int], int]:
    if wanted not in basis.columns:
        return {}
    at = basis.columns.index(wanted)
    return {
        where: vector[at]
        for where, vector in basis.vectors.items()
        if vector[at] and village in (None, where[1])
    }
