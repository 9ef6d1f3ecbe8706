"""Whether two entries are one person: points for and against, each with its reason. Pure."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from households.likeness import names
from households.likeness.names import within_one_edit

BIRTH_SAME: Final = "BIRTH_SAME"
BIRTH_SWAPPED: Final = "BIRTH_SWAPPED"
BIRTH_YEAR: Final = "BIRTH_YEAR"
BIRTH_UNKNOWN: Final = "BIRTH_UNKNOWN"
BIRTH_OTHER: Final = "BIRTH_OTHER"
NUMBER_SAME: Final = "NUMBER_SAME"
NUMBER_NEAR: Final = "NUMBER_NEAR"
NUMBER_OTHER: Final = "NUMBER_OTHER"
OLD_NUMBER_SAME: Final = "OLD_NUMBER_SAME"
OLD_NUMBER_NEAR: Final = "OLD_NUMBER_NEAR"
SEX_OTHER: Final = "SEX_OTHER"
IN_HOUSEHOLD: Final = "IN_HOUSEHOLD"
IN_VILLAGE: Final = "IN_VILLAGE"
IN_COMMUNE: Final = "IN_COMMUNE"
NAME_RARE: Final = "NAME_RARE"
NAME_COMMON: Final = "NAME_COMMON"
MEMBERS_ALIKE: Final = "MEMBERS_ALIKE"

#: Points by name, and from when on two are likely one: data/duplicates.toml.
Limits = Mapping[str, float]


_SPEAKS_FOR_IT: Final = frozenset({NUMBER_NEAR, NUMBER_SAME, OLD_NUMBER_NEAR, OLD_NUMBER_SAME})


@dataclass(frozen=True)
class Entry:
    """A person as the register has him. `number` has 12 digits, `old_number` 9; "" if unknown."""

    full_name: str
    sex: str
    birth_date: dt.date | None
    is_year_only: bool = False
    number: str = ""
    old_number: str = ""


@dataclass(frozen=True)
class Around:
    """What is known about the two beside their own facts.

    `place` is the smallest unit both live in (IN_HOUSEHOLD, IN_VILLAGE, IN_COMMUNE or "");
    `holders` how many of the province have the name; `members_alike` how many other members of
    their households are alike; `lived_together`: in one household at one time, counted as two.
    """

    place: str = ""
    holders: int = 0
    members_alike: int = 0
    lived_together: bool = False


@dataclass(frozen=True)
class Likeness:
    """At most 100; the reasons in the order they were looked at."""

    score: int
    reasons: tuple[str, ...] = field(default=())

    def is_likely(self, limits: Limits) -> bool:
        return self.score >= limits["likely"]


def compare(one: Entry, other: Entry, around: Around, limits: Limits) -> Likeness | None:
    """How alike the two are; None where nothing speaks for it (two names, two birth dates without
    a number that is nearly the same) or twins are meant."""
    birth = _births(one, other)
    number = _numbers(one.number, other.number)
    old = _old_numbers(one.old_number, other.old_number) if number != NUMBER_OTHER else ""
    if birth == BIRTH_OTHER and not {number, old} & _SPEAKS_FOR_IT:
        return None
    name = names.compare(one.full_name, other.full_name)
    if name is None:
        return None
    counted_as_two = around.lived_together or around.place == IN_HOUSEHOLD
    if counted_as_two and name not in (names.SAME, names.NO_ACCENTS, names.ORDER, names.SPELLING):
        return None
    reasons = [name, birth]
    reasons += [said for said in (number, old) if said]
    reasons += [SEX_OTHER] if one.sex and other.sex and one.sex != other.sex else []
    reasons += [around.place] if around.place else []
    reasons += _by_how_common(around, limits)
    reasons += [MEMBERS_ALIKE] if around.members_alike else []
    points = sum(int(limits[reason.lower()]) for reason in reasons)
    return Likeness(max(0, min(points, 100)), tuple(reasons))


def _births(one: Entry, other: Entry) -> str:
    first, second = one.birth_date, other.birth_date
    if first is None or second is None:
        return BIRTH_UNKNOWN
    if one.is_year_only or other.is_year_only:
        return BIRTH_YEAR if first.year == second.year else BIRTH_OTHER
    if first == second:
        return BIRTH_SAME
    return BIRTH_SWAPPED if swapped(first) == second else BIRTH_OTHER


def swapped(day: dt.date) -> dt.date | None:
    """Day and month the other way round; None where that is no other date."""
    if day.day > 12 or day.day == day.month:
        return None
    return day.replace(month=day.day, day=day.month)


def _numbers(one: str, other: str) -> str:
    """Numbers of two lengths (an old card, a new one) say nothing about each other."""
    if not one or not other or len(one) != len(other):
        return ""
    if one == other:
        return NUMBER_SAME
    return NUMBER_NEAR if within_one_edit(one, other) else NUMBER_OTHER


def _old_numbers(one: str, other: str) -> str:
    """Two old numbers are no two persons: who moved to another province was given a new one."""
    if not one or not other:
        return ""
    if one == other:
        return OLD_NUMBER_SAME
    return OLD_NUMBER_NEAR if within_one_edit(one, other) else ""


def _by_how_common(around: Around, limits: Limits) -> list[str]:
    """A rare name is rarely met twice by chance; of a common one two are born on one day."""
    if 0 < around.holders <= limits["rare_holders"]:
        return [NAME_RARE]
    if around.holders >= limits["common_holders"] and around.place == "":
        return [NAME_COMMON]
    return []
