"""How far a household stands from leaving the list, by the rules of its standard. Pure.

Two ways are told apart: indicators that would have to end while the income stays (a poor household
becomes near-poor), and points of income (B1) that are missing while the indicators stay.
"""

from dataclasses import dataclass

from households.scoring import Standard

_LISTED = ("POOR", "NEAR_POOR")
_MOST_POINTS = 100


@dataclass(frozen=True)
class Result:
    """What was assessed. `basis` is DECLARED, then `income` is đồng a person and month; else it
    is B1 points. None where nobody knows."""

    poverty_class: str | None
    settlement: str
    basis: str | None
    income: int | None
    deprivations: int


@dataclass(frozen=True)
class Distance:
    """None: that way leads nowhere, or nobody can say."""

    indicators: int | None
    points: int | None


def distance(result: Result, standard: Standard) -> Distance:
    """The fewest indicators that end being poor, and the fewest points that end being listed."""
    if result.poverty_class not in _LISTED or result.income is None or result.basis is None:
        return Distance(None, None)
    return Distance(_indicators(result, standard), _points(result, standard))


def _indicators(result: Result, standard: Standard) -> int | None:
    if result.poverty_class != "POOR":
        return None
    for fewer in range(1, result.deprivations + 1):
        found = _class_at(standard, result, result.income or 0, result.deprivations - fewer)
        if found is not None and found != "POOR":
            return fewer
    return None


def _points(result: Result, standard: Standard) -> int | None:
    if result.basis == "DECLARED":
        return None
    for more in range(1, _MOST_POINTS + 1):
        found = _class_at(standard, result, (result.income or 0) + more, result.deprivations)
        if found is not None and found not in _LISTED:
            return more
    return None


def _class_at(standard: Standard, result: Result, income: int, deprivations: int) -> str | None:
    """The first rule that fits; None where a line has no figure for points."""
    for rule in standard.class_rules:
        if rule.line is not None:
            under = _is_under(standard, rule.line, result, income)
            if under is None:
                return None
            if not under:
                continue
        if rule.deprivations_from is None or deprivations >= rule.deprivations_from:
            return rule.poverty_class
    return None


def _is_under(standard: Standard, code: str, result: Result, income: int) -> bool | None:
    line = standard.lines[code]
    if result.basis == "DECLARED":
        limit = line.income_vnd[result.settlement].integer()
    elif line.income_only:
        return False
    elif line.points is None:
        return None
    else:
        limit = line.points[result.settlement].integer()
    return income <= limit if line.inclusive.flag() else income < limit
