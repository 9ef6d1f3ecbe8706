"""From which count on a number is published: dated, with its source."""

import datetime as dt
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

_FILE: Final = Path(__file__).resolve().parents[1] / "data" / "publication.toml"


@dataclass(frozen=True)
class Limit:
    """Counts below `least` are left out of public versions of reports of `valid_from` or later."""

    valid_from: dt.date
    least: int
    unit: str
    source: str
    is_confirmed: bool


@cache
def limits() -> tuple[Limit, ...]:
    """The oldest first; once a process."""
    told = tomllib.loads(_FILE.read_text(encoding="utf-8"))["limits"]
    return tuple(sorted((Limit(**one) for one in told), key=lambda one: one.valid_from))


def limit_on(day: dt.date) -> Limit:
    """That in force on a day; of a day before all of them the oldest."""
    known = limits()
    return next((one for one in reversed(known) if one.valid_from <= day), known[0])
