"""How results of surveys are added up: one definition for what is kept and what is read afresh."""

from typing import Final

_HOUSEHOLDS = "count(*) FILTER (WHERE a.{0})"
_PERSONS = "coalesce(sum(a.persons) FILTER (WHERE a.{0}), 0)"
_OTHER = (
    "NOT (coalesce(a.is_minority, false) OR coalesce(a.no_labour, false)"
    " OR coalesce(a.merit, false))"
)

#: Column of ClassSummary → what it is over rows of households_assessment named a.
COUNTS: Final[dict[str, str]] = {
    "households": "count(*)",
    "persons": "sum(a.persons)",
    "minority_households": _HOUSEHOLDS.format("is_minority"),
    "minority_persons": _PERSONS.format("is_minority"),
    "minority_unknown": _HOUSEHOLDS.format("is_minority IS NULL"),
    "no_labour_households": _HOUSEHOLDS.format("no_labour"),
    "no_labour_persons": _PERSONS.format("no_labour"),
    "no_labour_unknown": _HOUSEHOLDS.format("no_labour IS NULL"),
    "merit_households": _HOUSEHOLDS.format("merit"),
    "merit_persons": _PERSONS.format("merit"),
    "other_households": f"count(*) FILTER (WHERE {_OTHER})",
    "other_persons": f"coalesce(sum(a.persons) FILTER (WHERE {_OTHER}), 0)",
    "female_head_households": _HOUSEHOLDS.format("female_head"),
    "farm_households": _HOUSEHOLDS.format("farm_household"),
    "farm_persons": _PERSONS.format("farm_household"),
    "deprivations": "sum(a.deprivations)",
}


def deprived(width: int) -> dict[str, str]:
    """The two array columns for a standard of so many indicators, in its order."""
    bits = [f"a.deprived_bits & {1 << position} <> 0" for position in range(width)]
    households = ", ".join(f"count(*) FILTER (WHERE {bit})" for bit in bits)
    persons = ", ".join(f"coalesce(sum(a.persons) FILTER (WHERE {bit}), 0)" for bit in bits)
    return {
        "deprived": f"array[{households}]::int[]",
        "deprived_persons": f"array[{persons}]::int[]",
    }


def class_columns(width: int) -> dict[str, str]:
    """All of ClassSummary's figures for a standard of so many indicators."""
    return COUNTS | deprived(width)
