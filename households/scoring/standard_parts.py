"""What a standard consists of: lines, class rules, dimensions, indicators."""

from collections.abc import Mapping
from dataclasses import dataclass

from households.scoring.document import Label, Stated
from households.scoring.readings import Reading


@dataclass(frozen=True)
class IncomeLine:
    """A line of income (VND per person and month) with the B1 points that stand for it.

    `points` is None where no points stand for it: either by rule (`income_only`: then a rule on
    this line does not apply to a household whose income is told by points), or because the
    figures are not known (then nothing can be said about such a household).
    """

    code: str
    name: Label
    inclusive: Stated
    income_vnd: Mapping[str, Stated]
    points: Mapping[str, Stated] | None
    income_only: bool


@dataclass(frozen=True)
class ClassRule:
    """A household is of this class when every condition named holds; the first rule that fits
    decides. The last rule has no condition."""

    code: str
    poverty_class: str
    line: str | None
    deprivations_from: int | None
    reading: Stated


@dataclass(frozen=True)
class Dimension:
    code: str
    name: Label


@dataclass(frozen=True)
class Indicator:
    """One indicator of deprivation. `position` is its bit (0-based)."""

    code: str
    position: int
    dimension: str
    name: Label
    reading: Reading
    wording: Stated
    parameters: Mapping[str, Stated]
    causes: Mapping[str, Label]
