"""A grid of shaded cells with their numbers, in a picture's units; the shades are fixed steps."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

WIDTH: Final = 1180
_NAMES: Final = 290
_WIDEST: Final = 120
_ROW: Final = 28
_LINE: Final = 16
#: Units that a letter takes, on the whole.
_LETTER: Final = 8
#: In per cent, equal over years and places: from here the next shade begins.
BREAKS: Final = (10, 20, 35, 50, 65)
#: From this shade on the number is light.
_DARK: Final = 5


@dataclass(frozen=True)
class Heat:
    """`value` in per cent; None has no shade. `told` is said on hover."""

    value: Fraction | int | None
    shown: str
    told: str = ""


@dataclass(frozen=True)
class HeatCell:
    x: int
    y: int
    text_x: int
    text_y: int
    shown: str
    told: str
    #: 1 to 6; 0 without a shade.
    shade: int

    @property
    def is_dark(self) -> bool:
        return self.shade >= _DARK


@dataclass(frozen=True)
class HeatRow:
    name: str
    text_y: int
    cells: tuple[HeatCell, ...]
    is_strong: bool


@dataclass(frozen=True)
class HeatHead:
    """The lines of a column's name, the last right above the column."""

    x: int
    lines: tuple[tuple[int, str], ...]
    is_strong: bool


@dataclass(frozen=True)
class HeatGrid:
    height: int
    cell_width: int
    heads: tuple[HeatHead, ...]
    rows: tuple[HeatRow, ...]

    width = WIDTH
    names_x = _NAMES - 12
    cell_height = _ROW - 2


@dataclass(frozen=True)
class Named:
    """The name of a row or column; strong where it stands for all the others."""

    name: str
    is_strong: bool = False


def laid_out(
    rows: Sequence[Named], columns: Sequence[Named], cells: Sequence[Sequence[Heat]]
) -> HeatGrid:
    """`cells` row by row."""
    width = min((WIDTH - _NAMES) // max(len(columns), 1), _WIDEST)
    heads = [wrapped(one.name, max(width // _LETTER, 4)) for one in columns]
    top = _LINE * max((len(one) for one in heads), default=0) + 8
    drawn_heads = tuple(
        HeatHead(
            _NAMES + at * width + width // 2,
            tuple((top - 10 - _LINE * (len(lines) - 1 - n), line) for n, line in enumerate(lines)),
            column.is_strong,
        )
        for at, (column, lines) in enumerate(zip(columns, heads, strict=True))
    )
    drawn_rows = tuple(
        HeatRow(row.name, top + at * _ROW + 18, _cells(of_row, width, top + at * _ROW),
                row.is_strong)
        for at, (row, of_row) in enumerate(zip(rows, cells, strict=True))
    )  # fmt: skip
    return HeatGrid(top + _ROW * len(rows), width - 2, drawn_heads, drawn_rows)


def _cells(of_row: Sequence[Heat], width: int, y: int) -> tuple[HeatCell, ...]:
    return tuple(
        HeatCell(
            _NAMES + at * width, y, _NAMES + at * width + width // 2 - 1, y + 18, one.shown,
            one.told, shade(one.value),
        )
        for at, one in enumerate(of_row)
    )  # fmt: skip


def shade(value: Fraction | int | None) -> int:
    """1 below 10 %, 2 to 20, 3 to 35, 4 to 50, 5 to 65, 6 from there; 0 where there is none."""
    return 0 if value is None else bisect_right(BREAKS, value) + 1


def wrapped(name: str, letters: int) -> list[str]:
    """Words in lines of at most so many letters; a longer word has a line of its own."""
    lines: list[str] = []
    for word in name.split():
        if lines and len(lines[-1]) + 1 + len(word) <= letters:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return lines
