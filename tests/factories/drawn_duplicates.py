"""A drawn register: names as common as they are, and copies with the errors clerks make."""

import datetime as dt
import random
from collections.abc import Callable
from dataclasses import dataclass, replace

from households.choices import BirthPrecision, Relation
from households.folding import fold
from households.models import Area, Household, Membership, Person, Residence
from households.services import cards
from tests.factories import areas

_FAMILIES = (
    "Hoàng", "Hoàng", "Hoàng", "Nông", "Nông", "Lý", "Lý", "Bế", "Đặng", "Triệu", "Ma", "Sùng",
    "Giàng", "Vàng", "Bàn", "Phùng",
)  # fmt: skip
_MIDDLE = ("Văn", "Văn", "Thị", "Thị", "Đức", "Thị Thu", "A", "Seo", "Thanh", "Mùi")
_GIVEN = (
    "Anh", "Bình", "Chi", "Cường", "Dung", "Duyên", "Giang", "Hải", "Hạnh", "Hiền", "Hoa", "Hùng",
    "Hưng", "Hương", "Khánh", "Lan", "Liên", "Linh", "Long", "Mai", "Minh", "Nga", "Páo", "Phúc",
    "Quân", "Sơn", "Tâm", "Thắng", "Thảo", "Tiến", "Toàn", "Trang", "Tuyết", "Vân", "Vinh", "Xuân",
)  # fmt: skip


@dataclass(frozen=True)
class Drawn:
    name: str
    born: dt.date
    number: str = ""
    is_year_only: bool = False


def _bare(one: Drawn, chance: random.Random) -> Drawn:
    return replace(one, name=fold(one.name).title())


def _turned(one: Drawn, chance: random.Random) -> Drawn:
    words = one.name.split()
    return replace(one, name=" ".join([*words[1:], words[0]]))


def _heard(one: Drawn, chance: random.Random) -> Drawn:
    told = one.name
    for written, heard in (("Sùng", "Xùng"), ("Giàng", "Dàng"), ("Lý", "Lí"), ("Phúc", "Fúc")):
        told = told.replace(written, heard)
    return replace(one, name=told)


def _swapped(one: Drawn, chance: random.Random) -> Drawn:
    if one.born.day > 12:
        return one
    return replace(one, born=one.born.replace(month=one.born.day, day=one.born.month))


def _year(one: Drawn, chance: random.Random) -> Drawn:
    return replace(one, born=one.born.replace(month=1, day=1), is_year_only=True)


def _letter(one: Drawn, chance: random.Random) -> Drawn:
    at = chance.randrange(1, len(one.name))
    return replace(one, name=one.name[:at] + one.name[at - 1].lower().strip() + one.name[at:])


def _digit(one: Drawn, chance: random.Random) -> Drawn:
    last = (int(one.number[-1]) + 1) % 10 if one.number else ""
    return replace(one, number=f"{one.number[:-1]}{last}")


ERRORS: tuple[Callable[[Drawn, random.Random], Drawn], ...] = (
    _bare, _turned, _heard, _swapped, _year, _letter, _digit,
)  # fmt: skip


def register(communes: list[Area], persons: int, copies: int) -> set[tuple[int, int]]:
    """Fill the communes with households of four; `copies` of the persons stand in a second one,
    half of them in the same commune, with one error each, mostly without their number. Gives the
    pairs that are one person, the lower id first."""
    chance = random.Random(20_241_015)
    villages = [areas.village(one, f"Thôn {at}") for one in communes for at in range(4)]
    homes = [_home(chance.choice(villages)) for __ in range(persons // 4)]
    drawn = [_person(chance, at) for at in range(persons)]
    placed = [(one, homes[at // 4]) for at, one in enumerate(drawn)]
    copied = chance.sample(range(persons), copies)
    for at in copied:
        error = chance.choice(ERRORS)
        again = error(drawn[at], chance)
        if error is not _digit:
            again = replace(again, number="")
        placed.append((again, _elsewhere(homes, homes[at // 4], chance)))
    made = Person.objects.bulk_create(_row(one) for one, __ in placed)
    Membership.objects.bulk_create(
        Membership(
            household=home.household, person=one, relation=Relation.OTHER, valid_from="2020-01-01"
        )
        for one, (__, home) in zip(made, placed, strict=True)
    )
    cards.refresh(household_ids=[one.household_id for one in homes])
    return {(made[at].pk, made[persons + n].pk) for n, at in enumerate(copied)}


def _person(chance: random.Random, at: int) -> Drawn:
    name = " ".join(chance.choice(words) for words in (_FAMILIES, _MIDDLE, _GIVEN))
    born = dt.date(1940, 1, 1) + dt.timedelta(days=chance.randrange(29_000))
    number = f"006{at * 387_420_489 % 10**9:09d}" if chance.random() < 0.7 else ""
    return Drawn(name, born, number, chance.random() < 0.1)


def _home(village: Area) -> Residence:
    made = Household.objects.create()
    return Residence.objects.create(household=made, village=village, valid_from="2020-01-01")


def _elsewhere(homes: list[Residence], own: Residence, chance: random.Random) -> Residence:
    others = [one for one in homes if one is not own]
    near = [one for one in others if one.village.parent_id == own.village.parent_id]
    return chance.choice(near if chance.random() < 0.5 else others)


def _row(one: Drawn) -> Person:
    born = one.born.replace(month=1, day=1) if one.is_year_only else one.born
    return Person(
        full_name=one.name,
        sex="F" if "Thị" in one.name or "thi" in one.name.lower() else "M",
        birth_date=born,
        birth_precision=BirthPrecision.YEAR if one.is_year_only else BirthPrecision.DAY,
        personal_id=one.number or None,
    )
