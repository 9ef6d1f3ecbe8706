"""A tile for every unit, where no outlines are loaded."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from reports.maps.pictures import Heading, MapPicture, Shape, Square

Cell = tuple[int, int]
_GAP: Final = 4
_PADDING: Final = 6


@dataclass(frozen=True)
class _Size:
    width: int
    height: int
    columns: int


#: With a name on it, for the units of one unit above; else with a number only.
_LARGE: Final = _Size(240, 104, 4)
_SMALL: Final = _Size(62, 46, 15)
_MOST_LARGE: Final = 30


@dataclass(frozen=True)
class TileUnit:
    """A unit; its code and that of the unit above find its place."""

    area_id: int
    code: str
    name: str
    parent_code: str
    parent_name: str


@dataclass(frozen=True)
class TilePlan:
    """Column and row, from 0, of units by code within the block of the unit above (its code), and
    where that block begins when several are drawn; its first row bears the name."""

    places: Mapping[str, Mapping[str, Cell]] = field(default_factory=dict)
    blocks: Mapping[str, Cell] = field(default_factory=dict)


def laid(units: Sequence[TileUnit], plan: TilePlan) -> MapPicture:
    """A tile each: by the plan, and below that in the order of codes under the name of the unit
    above. No two lie on each other unless the plan says so."""
    groups: dict[str, list[TileUnit]] = {}
    for unit in sorted(units, key=lambda one: (one.parent_code, one.code, one.area_id)):
        groups.setdefault(unit.parent_code, []).append(unit)
    if len(groups) == 1:
        size = _LARGE if len(units) <= _MOST_LARGE else _SMALL
        (code,) = groups
        cells, rest = _placed(groups[code], plan.places.get(code, {}), (0, 0))
        cells |= _in_rows(rest, _next_row(cells.values()), size.columns)
        return _picture(units, cells, {}, size)
    return _picture(units, *_in_blocks(groups, plan), _SMALL)


def _in_blocks(
    groups: Mapping[str, list[TileUnit]], plan: TilePlan
) -> tuple[dict[int, Cell], dict[Cell, str]]:
    """Cells of the units, and names by the cell at which they begin."""
    cells: dict[int, Cell] = {}
    names: dict[Cell, str] = {}
    left: list[list[TileUnit]] = []
    for code, group in groups.items():
        rest = group
        if code in plan.blocks:
            column, row = plan.blocks[code]
            placed, rest = _placed(group, plan.places.get(code, {}), (column, row + 1))
            cells |= placed
            if placed:
                names[column, row] = group[0].parent_name
        if rest:
            left.append(rest)
    for group in left:
        row = _next_row(cells.values())
        names[0, row] = group[0].parent_name
        cells |= _in_rows(group, row + 1, _SMALL.columns)
    return cells, names


def _placed(
    units: Iterable[TileUnit], places: Mapping[str, Cell], start: Cell
) -> tuple[dict[int, Cell], list[TileUnit]]:
    """Cells of those that have a place, and the others."""
    cells: dict[int, Cell] = {}
    rest = []
    for unit in units:
        if unit.code in places:
            column, row = places[unit.code]
            cells[unit.area_id] = (start[0] + column, start[1] + row)
        else:
            rest.append(unit)
    return cells, rest


def _in_rows(units: Sequence[TileUnit], row: int, columns: int) -> dict[int, Cell]:
    return {unit.area_id: (at % columns, row + at // columns) for at, unit in enumerate(units)}


def _next_row(cells: Iterable[Cell]) -> int:
    return max((row for __, row in cells), default=-1) + 1


def _picture(
    units: Sequence[TileUnit], cells: Mapping[int, Cell], names: Mapping[Cell, str], size: _Size
) -> MapPicture:
    across, down = size.width + _GAP, size.height + _GAP
    shapes = []
    for unit in units:
        column, row = cells[unit.area_id]
        square = Square(column * across, row * down, size.width, size.height)
        shapes.append(
            Shape(
                area_id=unit.area_id,
                name=unit.name,
                path="",
                square=square,
                label_x=square.x + size.width // 2,
                label_y=square.y + size.height // 2,
                room=size.width - 2 * _PADDING,
            )
        )
    taken = [*cells.values(), *names]
    return MapPicture(
        width=(max((column for column, __ in taken), default=0) + 1) * across - _GAP,
        height=_next_row(taken) * down,
        shapes=tuple(shapes),
        headings=tuple(
            Heading(column * across, (row + 1) * down - 2 * _PADDING, name)
            for (column, row), name in names.items()
        ),
    )
