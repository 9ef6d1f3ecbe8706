"""A three-valued answer as SQL: when it is yes, when it is no; otherwise it is unknown.

Two conditions instead of one boolean with NULL: each row then takes one CASE to the number it
needs, without casts, which is what makes re-scoring fast.
"""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Verdict:
    """SQL conditions over a row; never both true. Neither true (or NULL) means unknown."""

    yes: str
    no: str

    def opposite(self) -> "Verdict":
        return Verdict(self.no, self.yes)

    def choose(self, when_yes: str, when_no: str, otherwise: str = "NULL") -> str:
        """The expression for whichever holds."""
        return (
            f"CASE WHEN {self.yes} THEN {when_yes} "
            f"WHEN {self.no} THEN {when_no} ELSE {otherwise} END"
        )


def flag(column: str, value: bool) -> Verdict:
    """Whether a yes/no column has the value."""
    found = Verdict(column, f"NOT {column}")
    return found if value else found.opposite()


def reaches(sure: str, possible: str, limit: str) -> Verdict:
    """Whether a count reaches a limit, when it is at least `sure` and at most `possible`."""
    return Verdict(f"{sure} >= {limit}", f"{possible} < {limit}")


def once(condition: str, verdict: Verdict) -> Verdict:
    """The verdict while the condition holds, unknown otherwise."""
    return Verdict(f"({condition} AND ({verdict.yes}))", f"({condition} AND ({verdict.no}))")


def every(verdicts: Sequence[Verdict]) -> Verdict:
    """Yes when all are, no when one is."""
    return Verdict(
        "(" + " AND ".join(f"({one.yes})" for one in verdicts) + ")",
        "(" + " OR ".join(f"({one.no})" for one in verdicts) + ")",
    )


UNKNOWN = Verdict("FALSE", "FALSE")
