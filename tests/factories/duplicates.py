"""A register with entries that may be one."""

import datetime as dt
from dataclasses import dataclass

from households.choices import BirthPrecision
from households.models import Area, Household, Person
from tests.factories import areas, people
from tests.households.likeness.labelled_pairs import Labelled


@dataclass(frozen=True)
class Placed:
    """A labelled pair in the register."""

    label: Labelled
    a: Person
    b: Person

    @property
    def ids(self) -> tuple[int, int]:
        return (self.a.pk, self.b.pk) if self.a.pk < self.b.pk else (self.b.pk, self.a.pk)


def entry(name: str, sex: str, born: str, number: str = "") -> Person:
    """`born` as dd/mm/yyyy, a year alone, or ""."""
    day, precision = None, BirthPrecision.DAY
    if len(born) == 4:
        day, precision = dt.date(int(born), 1, 1), BirthPrecision.YEAR
    elif born:
        day = dt.datetime.strptime(born, "%d/%m/%Y").date()  # noqa: DTZ007
    return people.person(
        name, sex=sex, birth_date=day, birth_precision=precision, personal_id=number or None
    )


def place(labelled: tuple[Labelled, ...], commune: Area, far: Area) -> list[Placed]:
    """Each entry in a household of its own, under a head who is like nobody else; in one household
    only where the label says so."""
    near, next_door = areas.village(commune, "Thôn Gần"), areas.village(commune, "Thôn Bên")
    away = areas.village(far, "Thôn Xa")
    second = {"village": near, "commune": next_door, "elsewhere": away}
    placed = []
    for at, one in enumerate(labelled):
        a = entry(one.name, one.sex, one.born, one.number)
        b = entry(one.other_name, one.other_sex, one.other_born, one.other_number)
        if one.where == "household":
            _home(near, 2 * at, a, b)
        else:
            _home(near, 2 * at, a)
            _home(second[one.where], 2 * at + 1, b)
        placed.append(Placed(one, a, b))
    return placed


def _home(village: Area, at: int, *members: Person) -> Household:
    born = dt.date(1930, 1, 2) + dt.timedelta(days=97 * at)
    head = people.person(f"Chủ {_unlike(at)}", birth_date=born)
    return people.household(village, head, *members)


def _unlike(at: int) -> str:
    """A word that is no other number's with one letter changed."""
    letters = "bdghlmnrtv"
    return "".join(letters[int(digit)] * 2 + "a" for digit in f"{at:03d}")
