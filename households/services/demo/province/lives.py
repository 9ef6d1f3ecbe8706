"""Invented lives as they stand in each autumn, with what the real rules say of them. Pure.

A life is the pattern of many households: who is in it, its house, its work. What it lacks is told
by households.scoring from the very rows that go into the file; only what an income does to the
class, and whether everybody is insured, is left open.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from random import Random
from typing import Any

from households.scoring import HouseholdFacts, MemberFacts, Standard, score
from households.scoring.facts import HOUSEHOLD_FLAGS, MEMBER_CODES, MEMBER_FLAGS
from households.services.demo.evolution import live_a_year
from households.services.demo.people import (
    DemoHousehold,
    PersonalNumbers,
    Place,
    invent,
    state_needs,
    words,
)
from households.services.demo.points import answers
from households.services.demo.rows import Row, full_household_row, member_rows

_INSURANCE = "health_ins"
_INSURED_FROM = 6
_NO_LABOUR_EVERY = 9
_MOODS = (-1.1, -0.7, -0.3, 0.1, 0.5)


@dataclass(slots=True)
class Autumn:
    """A life in one year. `lacks` counts the deprivations there can be, insurance apart, by
    standard."""

    household: Row
    members: list[Row]
    answers: dict[str, str]
    lacks: dict[str, int]
    is_uninsured: bool
    #: The row of a member who can be the one without a card; None where all are too young.
    insurable: int | None


@dataclass(slots=True)
class Life:
    welfare: float
    is_no_labour: bool
    autumns: dict[int, Autumn]


def lead(
    count: int, as_of: Mapping[int, date], rules: Mapping[int, Sequence[Standard]], seed: str
) -> Iterator[Life]:
    """`count` lives through the years of `as_of`, of every degree of welfare; `rules` are the
    standards of each year's review. About 2 ms for each of them, a life and a year."""
    years = sorted(as_of)
    for number in range(count):
        mood = _MOODS[number % len(_MOODS)]
        household = invent(
            _somewhere(mood), f"life-{number}", year=years[0], numbers=PersonalNumbers(), seed=seed
        )
        if number % _NO_LABOUR_EVERY == 0:
            _take_labour_away(household)
        autumns, welfare, is_no_labour = {}, 0.0, True
        for year in years:
            while household.year < year:
                live_a_year(household, numbers=PersonalNumbers(), seed=seed)
            autumns[year] = _autumn(household, as_of[year], rules[year], seed)
            welfare += household.welfare / len(years)
            is_no_labour = is_no_labour and autumns[year].household["no_labour"] == "Y"
        yield Life(welfare, is_no_labour, autumns)


def _somewhere(welfare: float) -> Place:
    return Place("", "", "", "", "", "", "RURAL", welfare, {"Tày": 1.0})


def _take_labour_away(household: DemoHousehold) -> None:
    """The couple or the widow that lives on an allowance."""
    household.members = [m for m in household.members if m.relation in ("head", "spouse")]
    for person in household.members:
        person.able, person.disabled, person.allowance = False, True, True


def _autumn(
    household: DemoHousehold, as_of: date, standards: Sequence[Standard], seed: str
) -> Autumn:
    rng = Random(f"{seed}:needs:{household.key}:{household.year}")  # noqa: S311 – invented data
    income, household.income_vnd = household.income_vnd, 0
    state_needs(household, rng)
    household.income_vnd = income
    row = full_household_row(household, as_of)
    members = list(member_rows(household, as_of))
    facts = facts_of(row, members)
    lacks, is_uninsured = {}, False
    for standard in standards:
        judged = score(facts, standard, None)
        # What the form of today does not ask may be lacking too.
        lacking = {one.code for one in (*judged.deprived, *judged.unknown)}
        is_uninsured = _INSURANCE in lacking
        lacks[standard.code] = len(lacking - {_INSURANCE})
    ages = [person.age_on(as_of) for person in household.members]
    grown = [place for place, age in enumerate(ages) if age >= _INSURED_FROM]
    insurable = rng.choice(grown) if grown else None
    return Autumn(row, members, answers(household), lacks, is_uninsured, insurable)


def facts_of(row: Row, members: list[Row]) -> HouseholdFacts:
    """Rows of the exchange format as the rules read them."""
    income, paper = row["income_per_capita_month_vnd"], row.get("b1_points_paper", "")
    flags: dict[str, Any] = {name: _flag(row[name]) for name in HOUSEHOLD_FLAGS}
    return HouseholdFacts(
        as_of=date.fromisoformat(row["as_of"]),
        settlement=row["area"].upper(),
        members=tuple(_member_facts(one) for one in members),
        household_size=len(members),
        province_code=row["province_code"],
        income_per_capita_month_vnd=int(income) if income else None,
        b1_points_paper=int(paper) if paper else None,
        b1_answers={
            name.removeprefix("b1_"): option
            for name, option in row.items()
            if name.startswith("b1_") and name != "b1_points_paper" and option
        },
        floor_area_m2=Decimal(row["floor_area_m2"]),
        **flags,
    )


def _member_facts(row: Row) -> MemberFacts:
    answered: dict[str, Any] = {name: row[name] for name in MEMBER_CODES}
    answered |= {name: _flag(row[name]) for name in MEMBER_FLAGS}
    return MemberFacts(
        member_no=int(row["member_no"]),
        full_name=row["full_name"],
        birth_date=date.fromisoformat(row["birth_date"]),
        **answered,
    )


def _flag(cell: str) -> bool | None:
    return {"Y": True, "N": False}.get(cell)


def wanted() -> int:
    """How many lives serve a whole province."""
    count: int = words("province")["lives"]
    return count
