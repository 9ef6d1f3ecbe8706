"""Where lines, dots and words of a picture stand: plain numbers for SVG, from exact fractions."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

_HEIGHT: Final = 260
_TOP: Final = 34
_FOOT: Final = 28
_STEP_WIDTH: Final = 62
_PAD: Final = 34
_GAP: Final = 14
#: A scale ends at a multiple of this.
_ROUND_TO: Final = 10


@dataclass(frozen=True)
class Value:
    """One dot; `value` None leaves a hole in the line."""

    value: Fraction | None
    shown: str
    is_hollow: bool = False


@dataclass(frozen=True)
class Series:
    """`css` names the colour of a class."""

    css: str
    name: str
    values: tuple[Value, ...]


@dataclass(frozen=True)
class Panel:
    """A stretch of one standard: its steps from left to right, and lines over them."""

    title: str
    steps: tuple[str, ...]
    series: tuple[Series, ...]


@dataclass(frozen=True)
class Dot:
    x: int
    y: int
    shown: str
    is_hollow: bool
    #: Where the number stands: above its dot unless another line is there.
    text_y: int


@dataclass(frozen=True)
class DrawnLine:
    css: str
    name: str
    name_x: int
    name_y: int
    path: str
    dots: tuple[Dot, ...]


@dataclass(frozen=True)
class DrawnPanel:
    title: str
    x: int
    width: int
    steps: tuple[tuple[int, str], ...]
    lines: tuple[DrawnLine, ...]

    @property
    def middle(self) -> int:
        return self.x + self.width // 2


@dataclass(frozen=True)
class Panels:
    """One scale over all panels, from 0 to `most`."""

    width: int
    height: int
    floor: int
    step_y: int
    most: int
    panels: tuple[DrawnPanel, ...]


def panels(given: Sequence[Panel]) -> Panels:
    """Side by side with a gap between, which no line crosses."""
    values = [
        one.value for panel in given for line in panel.series for one in line.values
        if one.value is not None
    ]  # fmt: skip
    highest = max(values, default=Fraction(0))
    most = max(-(-highest.numerator // (highest.denominator * _ROUND_TO)) * _ROUND_TO, _ROUND_TO)
    floor = _HEIGHT - _FOOT
    drawn, x = [], 0
    for panel in given:
        width = 2 * _PAD + _STEP_WIDTH * max(len(panel.steps) - 1, 1)
        drawn.append(_panel(panel, x, width, Fraction(floor - _TOP, most), floor))
        x += width + _GAP
    return Panels(max(x - _GAP, 1), _HEIGHT, floor, _HEIGHT - 8, most, tuple(drawn))


def _panel(panel: Panel, x: int, width: int, scale: Fraction, floor: int) -> DrawnPanel:
    xs = [x + _PAD + at * _STEP_WIDTH for at in range(len(panel.steps))]
    lines = tuple(_line(one, xs, scale, floor) for one in panel.series)
    return DrawnPanel(panel.title, x, width, tuple(zip(xs, panel.steps, strict=True)), lines)


def _line(series: Series, xs: Sequence[int], scale: Fraction, floor: int) -> DrawnLine:
    dots, path, pen = [], [], "M"
    for x, one in zip(xs, series.values, strict=True):
        if one.value is None:
            pen = "M"
            continue
        y = floor - round(one.value * scale)
        path.append(f"{pen}{x} {y}")
        pen = "L"
        dots.append(Dot(x, y, one.shown, one.is_hollow, y - 9))
    first = dots[0] if dots else None
    return DrawnLine(
        series.css, series.name, first.x if first else 0, first.y + 20 if first else 0,
        "".join(path), tuple(dots),
    )  # fmt: skip
