"""Invented households for the demonstration and for big test files. Pure and repeatable.

The same seed gives the same people on every machine. A household has a hidden `welfare`
(0 is about the rural income line of 2022); income, house, devices and work follow from it with
chance, so that classes and deprivations go together as they do in life. Nobody here exists.
"""

import datetime as dt
import math
import tomllib
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

from households.services.demo.schooling import final_level

_WORDS = Path(__file__).resolve().parent.parent.parent / "data" / "demo"
_DEVICES = ("tv", "radio", "desktop", "phone", "laptop", "tablet", "smartphone")
#: Welfare from which about half of the households own the device.
_DEVICE_AT = {
    "tv": -0.9, "radio": 1.4, "desktop": 1.5, "phone": -1.3, "laptop": 1.2, "tablet": 1.6,
    "smartphone": -0.5,
}  # fmt: skip


@dataclass(slots=True)
class DemoPerson:
    """One invented person. `final_level` is the schooling this life ends with."""

    number: int
    full_name: str
    sex: str
    birth_date: dt.date
    relation: str
    ethnic_group: str
    final_level: str
    personal_id: str = ""
    able: bool = True
    work: str = ""
    has_contract: bool = False
    disabled: bool = False
    allowance: bool = False
    stunted: bool = False
    underweight: bool = False
    insured: bool = True
    online: bool = False
    merit: bool = False
    pension: bool = False

    def age_on(self, day: dt.date) -> int:
        """Completed years; who is born on 29 February is a year older on 1 March."""
        had_birthday = (day.month, day.day) >= (self.birth_date.month, self.birth_date.day)
        return day.year - self.birth_date.year - (not had_birthday)


@dataclass(frozen=True, slots=True)
class Place:
    """A village of the demonstration, with what shapes its households."""

    province_code: str
    district_code: str
    district: str
    commune_code: str
    commune: str
    village: str
    settlement: str
    welfare: float
    groups: Mapping[str, float]


@dataclass(slots=True)
class DemoHousehold:
    key: str
    place: Place
    ethnic_group: str
    welfare: float
    #: How far living conditions are better than the income would tell (help, thrift, luck).
    comfort: float
    #: The year whose autumn the facts describe.
    year: int
    members: list[DemoPerson] = field(default_factory=list)
    #: Numbers of members are never given again: who leaves takes his along.
    last_number: int = 0
    income_vnd: int = 0
    floor_area_m2: float = 0.0
    #: Part of the house, water or toilet to (material in words, durable / clean / hygienic).
    house: dict[str, tuple[str, bool]] = field(default_factory=dict)
    devices: set[str] = field(default_factory=set)
    #: Codes of the short lists: causes of poverty, support wanted, a sudden hardship and its day.
    causes: list[str] = field(default_factory=list)
    support_wanted: list[str] = field(default_factory=list)
    hardship: str = ""
    hardship_on: dt.date | None = None
    #: What tells the income: "amount", the B1 total of the "paper" form, or point "answers".
    income_told_by: str = "amount"

    @property
    def conditions(self) -> float:
        """What house, schooling and devices follow; on the scale of welfare."""
        return self.welfare + self.comfort

    @property
    def head(self) -> DemoPerson:
        return self.members[0]


@cache
def words(name: str) -> Mapping[str, Any]:
    """The word lists of households/data/demo/<name>.toml."""
    with (_WORDS / f"{name}.toml").open("rb") as file:
        return tomllib.load(file)


def places(province_code: str = "06") -> list[Place]:
    """The villages of the demonstration, in the order of the file."""
    return [
        Place(
            province_code=province_code,
            district_code=commune["district_code"],
            district=commune["district"],
            commune_code=commune["code"],
            commune=commune["name"],
            village=village,
            settlement=commune["settlement"],
            welfare=commune["welfare"],
            groups=commune["groups"],
        )
        for commune in words("places")["communes"]
        for village in commune["villages"]
    ]


class PersonalNumbers:
    """Hands out invented personal numbers in the right structure, each once.

    Structure: 3 digits place of birth registration, 1 century and sex, 2 year, 6 free. The
    default place stands for no province, so that no number is a living person's, and none
    meets those of a file that somebody tries out in the demonstration.
    """

    def __init__(self, birth_registration: str = "999") -> None:
        self._birth_registration = birth_registration
        self._given: Counter[str] = Counter()

    def draw(self, sex: str, birth_date: dt.date) -> str:
        century = (birth_date.year // 100 - 19) * 2 + (sex == "F")
        prefix = f"{self._birth_registration}{century}{birth_date.year % 100:02d}"
        self._given[prefix] += 1
        # 7919 has no factor in common with a million: every number comes up once.
        free = (self._given[prefix] * 7919 + int(prefix[3:]) * 131) % 1_000_000
        return f"{prefix}{free:06d}"


def chance(rng: Random, welfare: float, half_at: float, steepness: float = 2.2) -> bool:
    """True with the probability that rises with welfare and is one half at `half_at`."""
    return rng.random() < 1 / (1 + math.exp(-steepness * (welfare - half_at)))


def invent(
    place: Place, key: str, *, year: int, numbers: PersonalNumbers, seed: str = "povreg"
) -> DemoHousehold:
    """One household as it stands in the autumn of `year`."""
    rng = Random(f"{seed}:{key}")  # noqa: S311 – invented data
    group = rng.choices(list(place.groups), weights=list(place.groups.values()))[0]
    welfare = rng.gauss(place.welfare, 0.75)
    household = DemoHousehold(key, place, group, welfare, rng.gauss(-0.25, 0.8), year)
    for sex, birth_year, relation in _composition(rng, year):
        person = add_member(household, rng, sex=sex, birth_year=birth_year, relation=relation)
        if rng.random() < 0.93:
            person.personal_id = numbers.draw(sex, person.birth_date)
    _furnish(household, rng)
    set_income(household, rng)
    state_needs(household, rng)
    return household


def add_member(
    household: DemoHousehold, rng: Random, *, sex: str, birth_year: int, relation: str
) -> DemoPerson:
    """Give the household one more member, with a life that fits its welfare."""
    household.last_number += 1
    days = 240 if birth_year == household.year else 365
    birth_date = dt.date(birth_year, 1, 1) + dt.timedelta(days=rng.randrange(days))
    person = DemoPerson(
        number=household.last_number,
        full_name=_full_name(household, rng, sex, relation),
        sex=sex,
        birth_date=birth_date,
        relation=relation,
        ethnic_group=household.ethnic_group,
        final_level=final_level(rng, household.conditions, birth_year),
    )
    _set_condition(person, household, rng)
    household.members.append(person)
    return person


def set_income(household: DemoHousehold, rng: Random) -> None:
    """Income per person and month, in steps of 1,000 VND, around what the welfare says."""
    middle = 1_760_000 * math.exp(0.42 * household.welfare)
    household.income_vnd = round(middle * math.exp(rng.gauss(0, 0.09)) / 1000) * 1000


def state_needs(household: DemoHousehold, rng: Random) -> None:
    """Causes and wishes of those who live on little, none for the others."""
    household.causes, household.support_wanted = [], []
    if household.income_vnd > 1_650_000:
        return
    household.causes = sorted(
        set(rng.choices("12345678", weights=[10, 22, 8, 6, 14, 16, 9, 3], k=rng.choice([1, 2, 2])))
    )
    wishes = ["production", "credit"]
    if not household.house["wall"][1]:
        wishes.append("housing")
    if any(household.year - m.birth_date.year < 16 for m in household.members):
        wishes.append("education")
    household.support_wanted = sorted(w for w in wishes if rng.random() < 0.6)


def outfit(household: DemoHousehold, part: str, good: bool, rng: Random) -> None:
    """Give a part of the house a material or kind that is good (durable, clean) or not."""
    choices = words("housing")[part]["yes" if good else "no"]
    household.house[part] = (rng.choice(choices), good)


def _composition(rng: Random, year: int) -> Iterator[tuple[str, int, str]]:
    """Sex, birth year and relation of the members, head first."""
    head_age = rng.choices([26, 35, 45, 55, 66, 76], weights=[10, 24, 26, 20, 13, 7])[0]
    head_born = year - head_age - rng.randrange(-4, 5)
    female_head = rng.random() < 0.16
    yield ("F" if female_head else "M"), head_born, "head"
    has_spouse = rng.random() < (0.25 if female_head else 0.9)
    if has_spouse:
        yield ("M" if female_head else "F"), head_born + rng.randrange(-2, 6), "spouse"
    for n in range(rng.choices([0, 1, 2, 3, 4, 5], weights=[8, 20, 38, 20, 10, 4])[0]):
        born = head_born + 20 + rng.randrange(0, 4) + n * rng.randrange(2, 4)
        at_home = year - born < 24 or rng.random() < 0.35
        if born < year and at_home:
            yield rng.choice("MF"), born, "child"
            if year - born > 25 and rng.random() < 0.5:
                yield "F", born + rng.randrange(0, 4), "child_in_law"
                yield rng.choice("MF"), min(born + 24, year - 1), "grandchild"
    if year - head_born < 58 and rng.random() < 0.28:
        yield rng.choice("FFM"), head_born - rng.randrange(20, 30), "parent"


def _full_name(household: DemoHousehold, rng: Random, sex: str, relation: str) -> str:
    surname = ""
    if relation in ("child", "sibling", "grandchild") and household.members:
        father = next((m for m in household.members if m.sex == "M"), household.head)
        surname = father.full_name.split()[0]
    return full_name(household.ethnic_group, sex, rng, surname=surname)


def full_name(ethnic_group: str, sex: str, rng: Random, *, surname: str = "") -> str:
    """A name as the group gives them; the surname is drawn too where none is given."""
    names = words("names")
    drawn = rng.choice(names["surnames"][ethnic_group])
    middles = names["middle_male" if sex == "M" else "middle_female"]
    middle = rng.choice(middles.get(ethnic_group, middles["other"]))
    given = rng.choice(names["given"]["male" if sex == "M" else "female"])
    return f"{surname or drawn} {middle} {given}"


def _set_condition(person: DemoPerson, household: DemoHousehold, rng: Random) -> None:
    conditions, age = household.conditions, household.year - person.birth_date.year
    person.disabled = rng.random() < (0.035 if age < 60 else 0.08)
    person.able = age >= 15 and age < 78 and not (person.disabled and rng.random() < 0.7)
    person.allowance = (person.disabled and rng.random() < 0.75) or age >= 80
    person.merit = age >= 66 and rng.random() < 0.08
    person.pension = age >= 60 and chance(rng, household.welfare, 1.9)
    person.stunted = age < 16 and not chance(rng, conditions, -2.0)
    person.underweight = age < 16 and not chance(rng, conditions, -2.3)
    person.insured = rng.random() < (0.985 if age < 16 else 0.955)
    person.online = 10 <= age <= 62 and chance(rng, conditions, -0.7 + max(0, age - 35) * 0.03)
    person.work = rng.choices(
        ["self_employed_farm", "wage", "self_employed_other", "unemployed_seeking", "not_seeking"],
        weights=[9, 1 + max(0.0, 2 * conditions), 0.5 + max(0.0, 2 * conditions), 0.2, 0.6],
    )[0]
    person.has_contract = chance(rng, conditions, 0.1)


def _furnish(household: DemoHousehold, rng: Random) -> None:
    conditions = household.conditions
    for part, half_at in (
        ("wall", -0.7),
        ("column", -1.0),
        ("roof", -1.0),
        ("water", -0.9),
        ("toilet", -0.1),
    ):
        outfit(household, part, chance(rng, conditions, half_at), rng)
    per_person = max(4.0, rng.gauss(16 + 5 * conditions, 6))
    household.floor_area_m2 = round(max(16.0, per_person * min(len(household.members), 6)), 1)
    household.devices = {d for d in _DEVICES if chance(rng, conditions, _DEVICE_AT[d])}
