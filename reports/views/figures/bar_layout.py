"""Bars under their names, from 0 and to one scale, in a picture's units."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

WIDTH: Final = 560
#: The longest bar; what is right of it is for its words.
_LONGEST: Final = 300
_NAME: Final = 21
_BAR: Final = 16
_STEP: Final = 22
_GAP: Final = 12


@dataclass(frozen=True)
class Bar:
    """`value` None: there is no bar, the words say why. `plan` is drawn as an outline; `css` names
    the colour; `strong`: the words stand out."""

    value: Fraction | int | None
    words: str
    css: str
    plan: Fraction | int | None = None
    strong: bool = False


@dataclass(frozen=True)
class Group:
    """A name with its bars."""

    name: str
    bars: tuple[Bar, ...]


@dataclass(frozen=True)
class DrawnBar:
    bar: Bar
    y: int
    text_y: int
    width: int
    plan_width: int | None
    words_x: int


@dataclass(frozen=True)
class DrawnGroup:
    group: Group
    name_y: int
    bars: tuple[DrawnBar, ...]


@dataclass(frozen=True)
class Bars:
    height: int
    groups: tuple[DrawnGroup, ...]

    width = WIDTH
    thick = _BAR


def laid_out(groups: Sequence[Group]) -> Bars:
    """From the top. The longest bar or plan of all takes the whole length; a bar of something is
    never nothing."""
    values = [one for group in groups for bar in group.bars for one in (bar.value, bar.plan) if one]
    most = Fraction(max(values, default=1))
    drawn, y = [], 0
    for group in groups:
        name_y, y = y + 14, y + _NAME
        bars = []
        for bar in group.bars:
            width = _length(bar.value, most)
            plan = None if bar.plan is None else _length(bar.plan, most)
            end = max(width, plan or 0)
            bars.append(DrawnBar(bar, y, y + 13, width, plan, end + 8 if end else 0))
            y += _STEP
        drawn.append(DrawnGroup(group, name_y, tuple(bars)))
        y += _GAP
    return Bars(max(y - _GAP, 1), tuple(drawn))


def _length(value: Fraction | int | None, most: Fraction) -> int:
    if not value or value < 0:
        return 0
    return max(round(_LONGEST * Fraction(value) / most), 1)
