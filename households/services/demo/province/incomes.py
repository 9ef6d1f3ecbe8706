"""What an invented household of a class earns: on the right side of the lines. Pure."""

from random import Random

from households.scoring import Standard
from households.services.demo.province.bank import Rules
from households.services.demo.province.histories import NEAR_POOR, POOR

#: The lowest and the highest income that is invented, as shares of the line of the new standard.
_LEAST, _MOST = 0.3, 4.2
_STEP_VND = 1_000
#: Far enough from the line for the B1 total of a paper form, which goes in steps of five points.
_CLEAR = 0.04


class Bands:
    """The range of incomes for each letter, by settlement; VND a person and month."""

    def __init__(self, rules: Rules) -> None:
        self._new = _lines(rules.new, "poverty")
        self._old_poor = _lines(rules.old, "poverty")
        self._old_near = _lines(rules.old, "near_poverty")

    def income_vnd(self, settlement: str, letter: str, old: str, rank: float) -> int:
        """`old` is the letter under the old standard in its year, "-" in others; `rank` (0 to 1)
        is where in its range the household stands."""
        line = self._new[settlement]
        if letter not in (POOR, NEAR_POOR):
            # Many just above the line, few far.
            return _rounded(line * (1 + _CLEAR + (_MOST - 1) * rank**2.2))
        low, high = line * _LEAST, line * (1 - _CLEAR)
        if old == POOR:
            high = self._old_poor[settlement]
        elif old == NEAR_POOR:
            low, high = self._old_poor[settlement] + _STEP_VND, self._old_near[settlement]
        elif old == "O":
            low = self._old_near[settlement] + _STEP_VND
        return _rounded(low + (high - low) * rank)


def moved(rank: float, rng: Random) -> float:
    """Where a household stands a year later, when its class is the same: near where it stood."""
    return min(1.0, max(0.0, rank + rng.gauss(0.02, 0.08)))


def _lines(standard: Standard, code: str) -> dict[str, int]:
    told = standard.lines[code].income_vnd
    return {settlement: stated.integer() for settlement, stated in told.items()}


def _rounded(income: float) -> int:
    return int(income) // _STEP_VND * _STEP_VND
