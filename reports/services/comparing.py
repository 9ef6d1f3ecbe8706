"""Two editions of one report held against each other, line by line and cell by cell, and the
households that made the difference."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from django.utils.translation import gettext as _

from households.choices import AreaLevel
from households.errors import DomainError
from households.models import Area, AreaGroup
from reports.choices import FigureLevel
from reports.contents import canonical, identity
from reports.contents.content import CellValue, Column, Kind, Line
from reports.contents.identity import Identified, LineKey
from reports.models import Edition
from reports.queries import units
from reports.queries.behind import COUNTS_OF
from reports.queries.units import NOWHERE
from reports.services import edition_bases, editions
from reports.services.edition_bases import Basis


class Place(NamedTuple):
    """Where a cell stands: its line, and the column. Of a line that both editions have but call
    otherwise (a member whose name was mended) the newer one's."""

    line: LineKey
    column: str


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
    """`cells` by their place, of lines that both editions have; lines that only one has are
    `added`, or `gone` in the order of the older edition."""

    before: Edition
    after: Edition
    cells: Mapping[Place, CellChange]
    added: frozenset[LineKey]
    gone: tuple[Identified, ...]

    @property
    def is_same(self) -> bool:
        return not (self.cells or self.added or self.gone)

    @property
    def lines_added(self) -> int:
        """A household counts with its members as one."""
        return len(_without_theirs(self.added))

    @property
    def lines_gone(self) -> list[Identified]:
        """Without the members of households that are gone."""
        own = _without_theirs([one.is_of for one in self.gone])
        return [one for one in self.gone if one.is_of in own]


def _without_theirs(lines: Collection[LineKey]) -> set[LineKey]:
    """Without members whose household is among them."""
    whole = {one.key for one in lines if one.level == identity.HOUSEHOLD}
    return {one for one in lines if one.level != identity.MEMBER or one.key not in whole}


def compare(before: Edition, after: Edition) -> Comparison:
    """Reads both contents, holds the older one's lines. Raises DomainError where they are not of
    the same report and area."""
    _refuse_others(before, after)
    was, columns = _lines(before)
    changes: dict[Place, CellChange] = {}
    added: dict[LineKey, tuple[Identified, dict[str, Column]]] = {}
    for sheet, lines in identity.identified(canonical.unpack(bytes(after.content)).sheets):
        own = {column.key: column for column in sheet.columns}
        for line in lines:
            if (old := was.pop(line.is_of, None)) is None:
                added[line.is_of] = line, own
            else:
                changes |= _changes(old, columns[old.is_of.sheet], line, own)
    for key, old in _renamed(was, [line for line, __ in added.values()]).items():
        line, own = added.pop(key)
        del was[old.is_of]
        changes |= _changes(old, columns[old.is_of.sheet], line, own)
    return Comparison(before, after, changes, frozenset(added), tuple(was.values()))


def _lines(edition: Edition) -> tuple[dict[LineKey, Identified], list[dict[str, Column]]]:
    """All lines, and the columns of each sheet by key."""
    lines: dict[LineKey, Identified] = {}
    columns: list[dict[str, Column]] = []
    for sheet, own in identity.identified(canonical.unpack(bytes(edition.content)).sheets):
        columns.append({column.key: column for column in sheet.columns})
        lines |= {line.is_of: line for line in own}
    return lines, columns


def _changes(
    old: Line, old_columns: Mapping[str, Column], new: Identified, columns: Mapping[str, Column]
) -> Iterator[tuple[Place, CellChange]]:
    if old.cells == new.cells and [*old_columns] == [*columns]:
        return
    was = dict(zip(old_columns, old.cells, strict=True))
    now = dict(zip(columns, new.cells, strict=True))
    for key in dict.fromkeys([*now, *was]):
        before, after = was.get(key), now.get(key)
        if before == after or key in identity.ORDINALS:
            continue
        kind = (columns.get(key) or old_columns[key]).kind
        place = Place(new.is_of, key)
        yield place, CellChange(place, before, after, _difference(before, after, kind))


def _renamed(
    gone: Mapping[LineKey, Identified], added: Iterable[Identified]
) -> dict[LineKey, Identified]:
    """Members that a household has only after, with the one it had only before that is most like
    them: a name or a year of birth was mended, one of the two is the same."""
    left: dict[int | None, list[Identified]] = {}
    for line in gone.values():
        if line.level == identity.MEMBER:
            left.setdefault(line.is_of.key, []).append(line)
    found = {}
    for line in added:
        others = left.get(line.is_of.key, []) if line.level == identity.MEMBER else []
        like = [one for one in others if _is_like(one, line)]
        if like:
            found[line.is_of] = like[0]
            others.remove(like[0])
    return found


def _is_like(one: Identified, other: Identified) -> bool:
    return any(told in other.is_of.name.split(", ") for told in one.is_of.name.split(", "))


def households(before: Edition, after: Edition, place: Place) -> list[HouseholdChange]:
    """Who made the difference of a cell, by key. Four queries. Raises DomainError as `compare`."""
    _refuse_others(before, after)
    wanted = counting(after, place)
    inside = _inside(place.line, after)
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
    column = place.column
    if edition.report in COUNTS_OF or column.endswith("_rate"):
        column = _counting(column)
    return edition_bases.column_key(column, place.line.counted)


def _counting(column: str) -> str:
    """Of a rate the column that it is of."""
    if column.endswith("_persons_rate"):
        return column.removesuffix("_rate")
    return f"{column.removesuffix('_rate')}_households" if column.endswith("_rate") else column


def _refuse_others(before: Edition, after: Edition) -> None:
    same = ("report", "area_id", "round_id", "standard_id", "areas_on")
    if any(getattr(before, name) != getattr(after, name) for name in same):
        raise DomainError(_("Only editions of one report of one area and round are compared."))


def _difference(before: CellValue, after: CellValue, kind: Kind | None) -> int | Decimal | None:
    if before is None or after is None or kind == Kind.TEXT:
        return None
    if isinstance(before, int) and isinstance(after, int):
        return after - before
    return Decimal(after) - Decimal(before)


#: Communes of the round's day, and villages; None: all of them.
_Inside = tuple[set[int] | None, set[int] | None]


def _inside(line: LineKey, edition: Edition) -> _Inside:
    """Communes in a line's unit, and its village where it is one; of a line that is no unit there
    are none. By the units of another day its villages alone. Two queries at most."""
    if line.key == edition.area_id:
        return None, None
    if edition.areas_on and line.key != NOWHERE:
        the_map = units.map_of(edition.area)
        found = {pk: the_map.on(pk, edition.areas_on) for pk in the_map.places}
        return None, {pk for pk, now in found.items() if now and line.key in now.line}
    if line.level == FigureLevel.GROUP:
        members = AreaGroup.communes.through.objects.filter(areagroup=line.key)
        return set(members.values_list("area_id", flat=True)), None
    unit = Area.objects.filter(pk=line.key or 0, level=line.level.upper()).first()
    if unit is None:
        return set(), None
    if unit.level == AreaLevel.VILLAGE:
        return {unit.parent_id} if unit.parent_id else set(), {unit.pk}
    below = Area.objects.under_any([unit.inner_path]).filter(level=AreaLevel.COMMUNE)
    return {unit.pk, *below.values_list("pk", flat=True)}, None


def _amounts(edition: Edition, wanted: str, inside: _Inside) -> dict[tuple[int, int], int]:
    communes, villages = inside
    found: dict[tuple[int, int], int] = {}
    for basis in editions.communes_behind(edition, communes).values():
        found |= _column(basis, wanted, villages)
    return found


def _column(basis: Basis, wanted: str, villages: set[int] | None) -> dict[tuple[int, int], int]:
    if wanted not in basis.columns:
        return {}
    at = basis.columns.index(wanted)
    return {
        where: vector[at]
        for where, vector in basis.vectors.items()
        if vector[at] and (villages is None or where[1] in villages)
    }
