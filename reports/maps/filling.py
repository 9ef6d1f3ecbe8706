"""What is told on a map: the step of each unit, its value, and which writing has room."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Final

from reports.maps.pictures import MapPicture, Shape

#: The same in every year, so that maps can be laid side by side.
BREAKS_PERCENT: Final = (10, 20, 30, 40, 50)
_FIRST_DARK_STEP: Final = 3
#: Widths of a letter and a narrow sign, and heights of letters in the view box: on a wide screen,
#: and on a phone, where the picture is half as wide.
_LETTER: Final = 0.6
_NARROW_SIGN: Final = 0.3
_NARROW_SIGNS: Final = frozenset(" ,.-–'")
_WIDE_TEXT: Final = 18
_NARROW_TEXT: Final = 27
#: A name above a value needs a tile of this height.
_TWO_LINES: Final = 60


@dataclass(frozen=True)
class Figure:
    """Of a unit: the rate in percent (None: no figure) with the words written on the map, in the
    line that is read out, and where a click leads ("": nowhere)."""

    percent: Fraction | Decimal | float | None
    text: str
    title: str
    href: str = ""


@dataclass(frozen=True)
class FilledShape:
    """`step` is 0 to 5, None without a figure. Writing without room is left out; that without
    room on a phone is `…_is_wide_only`."""

    shape: Shape
    figure: Figure
    step: int | None
    shows_name: bool
    shows_value: bool
    name_is_wide_only: bool
    value_is_wide_only: bool

    @property
    def is_dark(self) -> bool:
        return self.step is not None and self.step >= _FIRST_DARK_STEP


@dataclass(frozen=True)
class FilledMap:
    """A picture with figures; units without any are hatched."""

    picture: MapPicture
    shapes: tuple[FilledShape, ...]

    @property
    def has_gaps(self) -> bool:
        return any(one.step is None for one in self.shapes)

    @property
    def key(self) -> tuple[tuple[int, int | None], ...]:
        """Each step with the percentage it ends below; the last has no end."""
        return tuple(enumerate((*BREAKS_PERCENT, None)))


def filled(picture: MapPicture, figures: Mapping[int, Figure], *, no_figure: str) -> FilledMap:
    """`figures` by area; a unit that has none is told as `no_figure`."""
    return FilledMap(picture, tuple(_filled(shape, figures, no_figure) for shape in picture.shapes))


def _filled(shape: Shape, figures: Mapping[int, Figure], no_figure: str) -> FilledShape:
    figure = figures.get(shape.area_id) or Figure(None, "–", f"{shape.name}: {no_figure}")
    shows_value = _fits(figure.text, shape, _WIDE_TEXT)
    return FilledShape(
        shape=shape,
        figure=figure,
        step=step_of(figure.percent),
        # A name without its value would read as if there were none.
        shows_name=shows_value and _is_high(shape) and _fits(shape.name, shape, _WIDE_TEXT),
        shows_value=shows_value,
        name_is_wide_only=not _fits(shape.name, shape, _NARROW_TEXT),
        value_is_wide_only=not _fits(figure.text, shape, _NARROW_TEXT),
    )


def step_of(percent: Fraction | Decimal | float | None) -> int | None:
    """0 below the first break, 5 from the last one on."""
    return None if percent is None else sum(percent >= limit for limit in BREAKS_PERCENT)


def _is_high(shape: Shape) -> bool:
    return shape.square is None or shape.square.height >= _TWO_LINES


def _fits(text: str, shape: Shape, height: int) -> bool:
    letters = sum(_NARROW_SIGN if sign in _NARROW_SIGNS else _LETTER for sign in text)
    return letters * height <= shape.room
