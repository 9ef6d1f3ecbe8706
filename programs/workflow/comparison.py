"""Which outcomes can be compared, and when groups are too small for it."""

import tomllib
from functools import lru_cache
from pathlib import Path

from programs.choices.what_helped import Began, Outcome

_FILE = Path(__file__).resolve().parent.parent / "data" / "what_helped" / "limits.toml"

#: Outcomes of those whose closing is known under the standard by which they began; the others are
#: told apart and are in no share.
COMPARED = frozenset(
    {Outcome.LEFT, Outcome.TO_NEAR_POOR, Outcome.STAYED, Outcome.FELL, Outcome.REFELL}
)
#: What the share of each group is about: leaving poverty (the poor list, for the poor), or falling
#: back onto it.
ASKED_ABOUT: dict[Began, frozenset[Outcome]] = {
    Began.POOR: frozenset({Outcome.LEFT, Outcome.TO_NEAR_POOR}),
    Began.NEAR_POOR: frozenset({Outcome.LEFT}),
    Began.ESCAPED: frozenset({Outcome.REFELL}),
}


@lru_cache(maxsize=1)
def limits() -> dict[str, int]:
    """`smallest_group` in households, `escaped_within_months`."""
    with _FILE.open("rb") as stream:
        return {name: int(limit["value"]) for name, limit in tomllib.load(stream).items()}
