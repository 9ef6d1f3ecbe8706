"""Where lines, dots and words of a picture stand: plain numbers for SVG, from exact fractions."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

_HEIGHT: Final = 260
_TOP: Final = 34
_FOOT: Final = 28
_WIDTH: Final = 460
_LEAST_STEP: Final = 48
_PAD: Final = 30
_GAP: Final = 14
#: A panel is as wide as what is written over it.
_TITLE: Final = 108
#: At the right end, for the names of the lines.
_NAMES: Final = 76
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
    #: Where the number stands: above the dots of the first line, below those of the others.
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
    step = _step(given)
    drawn, x = [], 0
    for panel in given:
        inside = step * (len(panel.steps) - 1)
        width = max(2 * _PAD + inside, _TITLE)
        xs = [x + (width - inside) // 2 + at * step for at in range(len(panel.steps))]
        drawn.append(_panel(panel, x, width, xs, Fraction(floor - _TOP, most), floor))
        x += width + _GAP
    return Panels(max(x - _GAP, 1) + _NAMES, _HEIGHT, floor, _HEIGHT - 8, most, tuple(drawn))


def _step(given: Sequence[Panel]) -> int:
    """From step to step, so that all panels together are about as wide as the picture."""
    steps = sum(len(one.steps) - 1 for one in given)
    edges = sum(2 * _PAD if len(one.steps) > 1 else _TITLE for one in given)
    fixed = edges + len(given) * _GAP + _NAMES
    return max((_WIDTH - fixed) // steps, _LEAST_STEP) if steps else _LEAST_STEP


def _panel(
    panel: Panel, x: int, width: int, xs: Sequence[int], scale: Fraction, floor: int
) -> DrawnPanel:
    lines = tuple(
        _line(one, xs, scale, floor, is_above=at == 0) for at, one in enumerate(panel.series)
    )
    return DrawnPanel(panel.title, x, width, tuple(zip(xs, panel.steps, strict=True)), lines)


def _line(
    series: Series, xs: Sequence[int], scale: Fraction, floor: int, *, is_above: bool
) -> DrawnLine:
    dots, path, pen = [], [], "M"
    for x, one in zip(xs, series.values, strict=True):
        if one.value is None:
            pen = "M"
            continue
        y = floor - round(one.value * scale)
        path.append(f"{pen}{x} {y}")
        pen = "L"
        dots.append(Dot(x, y, one.shown, one.is_hollow, y - 9 if is_above else y + 19))
    last = dots[-1] if dots else None
    return DrawnLine(
        series.css, series.name, last.x + 12 if last else 0, last.y + 4 if last else 0,
        "".join(path), tuple(dots),
    )  # fmt: skip
