"""What is measured: indicators, their weights and the cut-off, all as exact fractions."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from fractions import Fraction
from math import lcm

#: Longer ones are no weights, and would take a machine long to reckon with.
_LONGEST_NUMBER = 40
_LARGEST_EXPONENT = 100


class Fault(Enum):
    """Why weights and a cut-off cannot be used."""

    NO_INDICATOR = "no indicator"
    TWICE = "an indicator is named twice"
    WEIGHTS_DO_NOT_MATCH = "not one weight for each indicator"
    WEIGHT_NOT_POSITIVE = "a weight is zero or less"
    CUTOFF_OUTSIDE = "the cut-off is not above 0 and at most 1"


class Unfit(ValueError):
    """A scheme that cannot be."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault.value)
        self.fault = fault


@dataclass(frozen=True)
class Scheme:
    """Weights add up to 1. Who lacks indicators of together at least `cutoff` is poor. Patterns
    are integers: bit i is the indicator at position i."""

    codes: tuple[str, ...]
    weights: tuple[Fraction, ...]
    cutoff: Fraction
    #: The dimension of each indicator; its own code where none is told.
    dimensions: tuple[str, ...]

    @classmethod
    def of(
        cls,
        codes: Sequence[str],
        weights: Sequence[Fraction],
        cutoff: Fraction,
        dimensions: Sequence[str] | None = None,
    ) -> "Scheme":
        """Weights of any sum above zero; they are made to add up to 1. Raises Unfit."""
        fault = _fault(codes, weights, cutoff)
        if fault is None and dimensions is not None and len(dimensions) != len(codes):
            fault = Fault.WEIGHTS_DO_NOT_MATCH
        if fault is not None:
            raise Unfit(fault)
        whole = sum(weights, Fraction(0))
        shares = tuple(Fraction(one) / whole for one in weights)
        return cls(tuple(codes), shares, Fraction(cutoff), tuple(dimensions or codes))

    @property
    def parts(self) -> tuple[tuple[int, ...], int]:
        """The weights as whole numbers and how many of these make a score that is poor, so that
        no score is decided by a rounding."""
        scale = lcm(*(one.denominator for one in self.weights), self.cutoff.denominator)
        return tuple(int(one * scale) for one in self.weights), int(self.cutoff * scale)

    def score(self, pattern: int) -> Fraction:
        """Weighted share of the indicators lacked, 0 to 1."""
        lacked = (one for at, one in enumerate(self.weights) if pattern >> at & 1)
        return sum(lacked, Fraction(0))

    def is_poor(self, pattern: int) -> bool:
        return self.score(pattern) >= self.cutoff


def _fault(codes: Sequence[str], weights: Sequence[Fraction], cutoff: Fraction) -> Fault | None:
    if not codes:
        return Fault.NO_INDICATOR
    if len(set(codes)) != len(codes):
        return Fault.TWICE
    if len(weights) != len(codes):
        return Fault.WEIGHTS_DO_NOT_MATCH
    if any(one <= 0 for one in weights):
        return Fault.WEIGHT_NOT_POSITIVE
    return None if 0 < cutoff <= 1 else Fault.CUTOFF_OUTSIDE


def exact(text: str) -> Fraction | None:
    """ "1/3", "0.25", "25e-2" as the very number that is written; None where it is no number."""
    text = text.strip()
    __, __, exponent = text.lower().partition("e")
    try:
        if len(text) > _LONGEST_NUMBER or abs(int(exponent or 0)) > _LARGEST_EXPONENT:
            return None
        return Fraction(text)
    except (ValueError, ZeroDivisionError):
        return None


def nested_equal(dimensions: Sequence[str]) -> tuple[Fraction, ...]:
    """Weights where each dimension weighs the same, and each indicator the same inside its own.
    Takes the dimension of each indicator."""
    each = Fraction(1, len(set(dimensions)) or 1)
    return tuple(each / list(dimensions).count(one) for one in dimensions)
