"""Parameters of the review procedure, from data/procedure.toml. Pure: no Django."""

import datetime as dt
import tomllib
from functools import lru_cache
from pathlib import Path
from typing import Any

_FILE = Path(__file__).parent / "data" / "procedure.toml"


@lru_cache(maxsize=1)
def parameters() -> dict[str, Any]:
    """The whole file. Each leaf is {value, source, confirmed, …}."""
    with _FILE.open("rb") as stream:
        return tomllib.load(stream)


def _on_month_day(year: int, month_day: str) -> dt.date:
    month, day = month_day.split("-")
    return dt.date(year, int(month), int(day))


def periodic_dates(year: int) -> tuple[dt.date, dt.date]:
    """First and last day of the periodic review of a year."""
    periodic = parameters()["periodic"]
    return (
        _on_month_day(year, periodic["opens"]["value"]),
        _on_month_day(year, periodic["closes"]["value"]),
    )


def list_counts_from(review_year: int) -> dt.date:
    """The day from which the list of a year's periodic review counts."""
    rule = parameters()["periodic"]["list_counts_from"]
    return _on_month_day(review_year + rule["years_later"], rule["value"])


def minority_relations() -> list[str]:
    """Relations to the head whose ethnic group makes a household one of a minority."""
    relations: list[str] = parameters()["ethnic_minority_household"]["relations"]["value"]
    return relations
