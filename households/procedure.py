"""Dates and terms of the review procedure, as data/procedure.toml ships them. Pure: no Django."""

import datetime as dt
import tomllib
from calendar import monthrange
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

_FILE = Path(__file__).parent / "data" / "procedure.toml"

#: Terms that the department may set in the product, in the order they are shown.
TERMS: Final = (
    "meeting_share_percent",
    "posting_days",
    "recheck_days",
    "opinion_days",
    "district_opinion_until",
    "chair_confirms",
    "form_paper",
    "posting_points",
    "local_minorities",
    "listed_minorities",
)


@lru_cache(maxsize=1)
def parameters() -> dict[str, Any]:
    """The whole file. Each leaf is {value, source, confirmed, …}."""
    with _FILE.open("rb") as stream:
        return tomllib.load(stream)


@lru_cache(maxsize=1)
def oddity_limits() -> dict[str, float]:
    """From when on something of a commune's forms is shown to be checked again, by name."""
    with (_FILE.parent / "oddities.toml").open("rb") as stream:
        return {name: limit["value"] for name, limit in tomllib.load(stream).items()}


@lru_cache(maxsize=1)
def duplicate_limits() -> dict[str, float]:
    """Points for and against two entries being one, and from when on they are shown, by name."""
    with (_FILE.parent / "duplicates.toml").open("rb") as stream:
        return {name: limit["value"] for name, limit in tomllib.load(stream).items()}


def low_income_workers_from() -> dt.date:
    """From when on low-income workers are recognised."""
    return dt.date.fromisoformat(parameters()["low_income_workers"]["from"]["value"])


def on_month_day(year: int, month_day: str) -> dt.date:
    """The day that "09-01" names in a year."""
    month, day = month_day.split("-")
    return dt.date(year, int(month), int(day))


def periodic_dates(year: int) -> tuple[dt.date, dt.date]:
    """First and last day of the periodic review of a year."""
    periodic = parameters()["periodic"]
    return (
        on_month_day(year, periodic["opens"]["value"]),
        on_month_day(year, periodic["closes"]["value"]),
    )


def months_before(day: dt.date, months: int) -> dt.date:
    """The same day of the month so many months earlier, or that month's last."""
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    return dt.date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def ad_hoc_dates(year: int, month: int) -> tuple[dt.date, dt.date]:
    """First day of the ad-hoc review of a month, and the last one to decide on it."""
    ad_hoc = parameters()["ad_hoc"]
    first = dt.date(year, month, ad_hoc["opens_day"]["value"])
    return first, first + dt.timedelta(days=ad_hoc["days_to_decide"]["value"])
