"""The invented households of a province: a pattern, a place, a history, and people of their own.

Pure and repeatable. A household keeps its people from year to year: names, numbers and days of
birth belong to the member's number in the life it follows.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from random import Random

from households.services.demo.people import PersonalNumbers, Place, full_name, words
from households.services.demo.province import histories, villages
from households.services.demo.province.apportioning import Commune
from households.services.demo.province.bank import Bank, Pattern
from households.services.demo.province.histories import ABSENT, POOR
from households.services.demo.province.targets import YEARS, Course
from households.services.demo.rows import Row

_HAS_NUMBER = 0.93
_BORN_THERE = ("child", "sibling", "grandchild")


@dataclass(frozen=True, slots=True)
class Member:
    """Who one of the pattern's members is in this household."""

    full_name: str
    birth_date: str
    personal_id: str


@dataclass(slots=True)
class Resident:
    key: str
    place: Place
    history: str
    pattern: Pattern
    ethnic_group: str
    #: Where it stands in the range of incomes of its class, 0 to 1.
    rank: float
    members: dict[str, Member] = field(default_factory=dict)


def settle(
    communes: Mapping[str, tuple[Commune, Course]],
    bank: Bank,
    *,
    going_on: Sequence[str],
    seed: str,
) -> list[Resident]:
    """All households of these communes, commune by commune; `going_on` are the codes of communes
    that are at work on the round under way."""
    drawn = {
        code: histories.of_commune(
            course,
            Random(f"{seed}:histories:{code}"),  # noqa: S311 – invented data
            goes_on=code in going_on,
        )
        for code, (__, course) in communes.items()
    }
    counts = Counter(
        (history, communes[code][0].settlement)
        for code, found in drawn.items()
        for history in found
    )
    residents: list[Resident] = []
    for code, found in drawn.items():
        commune, course = communes[code]
        places = villages.of_commune(commune, course.new[-1].households, seed=seed)
        residents += _commune(commune, places, found, counts, bank, seed)
    return residents


def _commune(
    commune: Commune, places: list[Place], drawn: list[str],
    counts: Mapping[tuple[str, str], int], bank: Bank, seed: str,
) -> list[Resident]:  # fmt: skip
    rng = Random(f"{seed}:people:{commune.code}")  # noqa: S311 – invented data
    rng.shuffle(places)
    # Villages are not alike: the poor live more in some than in others.
    ordered = sorted(
        (0.5 * history.count(POOR) + rng.gauss(0, 1), number)
        for number, history in enumerate(drawn)
    )
    residents = []
    for place_in_order, (__, number) in enumerate(ordered):
        history = drawn[number]
        place = places[place_in_order * len(places) // len(ordered)]
        pattern = bank.draw(history, commune.settlement, counts[history, commune.settlement], rng)
        group = _group(place, history, rng)
        key = f"{commune.code}-{place_in_order + 1:04d}"
        residents.append(Resident(key, place, history, pattern, group, rng.random()))
    return residents


def _group(place: Place, history: str, rng: Random) -> str:
    weights = dict(place.groups)
    is_listed = any(letter not in (histories.NONE, ABSENT) for letter in history[1:])
    if is_listed:
        weights["Kinh"] *= words("province")["classes"]["kinh_of_listed"]
    return rng.choices(list(weights), weights=list(weights.values()))[0]


def letters(history: str, year: int) -> tuple[str, str]:
    """The class in a year's review, and that under the old standard in the first ("-" else)."""
    at = year - YEARS[0]
    return history[1 + at], history[0] if at == 0 else ABSENT


def people(resident: Resident, year: int, numbers: PersonalNumbers, rng: Random) -> list[Member]:
    """Who the members of a year's rows are, in their order. Newcomers are named here."""
    found = []
    for row in resident.pattern.members[year]:
        number = row["member_id"].rpartition("-")[2]
        if number not in resident.members:
            resident.members[number] = _named(resident, row, numbers, rng)
        found.append(resident.members[number])
    return found


def _named(resident: Resident, row: Row, numbers: PersonalNumbers, rng: Random) -> Member:
    surname = ""
    if row["relation"] in _BORN_THERE and resident.members:
        surname = next(iter(resident.members.values())).full_name.partition(" ")[0]
    at_home = {one.full_name for one in resident.members.values()}
    name = full_name(resident.ethnic_group, row["sex"], rng, surname=surname)
    while name in at_home:
        name = full_name(resident.ethnic_group, row["sex"], rng, surname=surname)
    born = _another_day(date.fromisoformat(row["birth_date"]), rng)
    number = numbers.draw(row["sex"], born) if rng.random() < _HAS_NUMBER else ""
    return Member(name, born.isoformat(), number)


def _another_day(born: date, rng: Random) -> date:
    """Of the same month, so that nobody is of another age on the first of a month."""
    return born if born.day == 1 else born.replace(day=rng.randint(2, 28))
