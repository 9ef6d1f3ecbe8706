"""One household's review as an object: valid unless a test makes it otherwise."""

from typing import Any

from tests.factories import exchange_files

Told = dict[str, Any]


def head(**facts: Any) -> Told:
    own = exchange_files.member(household_key="")
    del own["household_id"]
    return _typed(own) | facts


def spouse(**facts: Any) -> Told:
    own = exchange_files.spouse(household_key="")
    del own["household_id"]
    return _typed(own) | facts


def household(*members: Told, **facts: Any) -> Told:
    """Of the given members, or of its head alone, with values of JSON's own kinds."""
    rows = list(members or [head()])
    for number, one in enumerate(rows, 1):
        one["member_no"] = number
    own = _typed(dict(exchange_files.household()))
    return own | {"household_size": len(rows), "members": rows} | facts


def _typed(row: dict[str, str]) -> Told:
    kinds: dict[str, Any] = {"Y": True, "N": False, "": None}
    numbers = ("household_size", "income_per_capita_month_vnd", "floor_area_m2", "review_year")
    return {
        name: int(cell) if name in numbers else kinds.get(cell, cell) for name, cell in row.items()
    }
