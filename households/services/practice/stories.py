"""The ten training households: told as a reviewer hears them, with the facts that are right.

The right class and indicators are never typed: the rules compute them from the facts. What the
files expect beside is only there to be held against the rules by a test.
"""

import datetime as dt
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from households.scoring import HouseholdFacts, Label, MemberFacts
from households.scoring.facts import HOUSEHOLD_FLAGS, MEMBER_CODES, MEMBER_FLAGS

FOLDER = Path(__file__).resolve().parent.parent.parent / "data" / "practice"
Facts = Mapping[str, Any]


@dataclass(frozen=True)
class Story:
    """One training household. `village` is a key of the place's villages; `household` and each of
    `members` hold the right answers by the names of the form's fields. `poverty_class` and
    `deprived` are what the story is meant to come to."""

    code: str
    number: int
    title: Label
    shows: Label
    told: Label
    village: str
    household: Facts
    members: tuple[Facts, ...]
    poverty_class: str
    deprived: tuple[str, ...]


@cache
def _written(name: str) -> dict[str, Any]:
    with (FOLDER / f"{name}.toml").open("rb") as file:
        return tomllib.load(file)


def places() -> Mapping[str, Any]:
    """What place.toml says: units, villages by key, the dates of the round."""
    return MappingProxyType(_written("place"))


def usual() -> Label:
    """What holds where a story says nothing: the sentence beside every story."""
    return _label(_written("stories")["usual"]["told"])


@cache
def every() -> tuple[Story, ...]:
    """All stories, in the order of the file."""
    usual_facts = _written("stories")["usual"]
    return tuple(
        _story(number, told, usual_facts)
        for number, told in enumerate(_written("stories")["stories"], start=1)
    )


def find(code: str) -> Story | None:
    """The story with a code."""
    return next((story for story in every() if story.code == code), None)


def facts_of(
    story: Story, *, as_of: dt.date, settlement: str, province_code: str
) -> HouseholdFacts:
    """The right answers as the rules read them."""
    told = story.household
    return HouseholdFacts(
        as_of=as_of,
        settlement=settlement,
        province_code=province_code,
        members=tuple(
            MemberFacts(
                member_no=number,
                full_name=member["full_name"],
                birth_date=member["birth_date"],
                **{n: member[n] for n in (*MEMBER_FLAGS, *MEMBER_CODES) if n in member},
            )
            for number, member in enumerate(story.members, start=1)
        ),
        household_size=len(story.members),
        income_per_capita_month_vnd=told.get("income_per_capita_month_vnd"),
        floor_area_m2=told["floor_area_m2"],
        b1_points_paper=told.get("b1_points_paper"),
        **{name: told[name] for name in HOUSEHOLD_FLAGS if name in told},
    )


def _story(number: int, told: Mapping[str, Any], usual_facts: Mapping[str, Any]) -> Story:
    household = {**usual_facts["household"], **told["household"]}
    household["floor_area_m2"] = Decimal(str(household["floor_area_m2"]))
    return Story(
        code=told["code"],
        number=number,
        title=_label(told["title"]),
        shows=_label(told["shows"]),
        told=_label(told["told"]),
        village=told["village"],
        household=MappingProxyType(household),
        members=tuple(_member(one, told["ethnic_group"], usual_facts) for one in told["members"]),
        poverty_class=told["class"],
        deprived=tuple(told["deprived"]),
    )


def _member(told: Mapping[str, Any], ethnic_group: str, usual_facts: Mapping[str, Any]) -> Facts:
    kind = told.get("is", "adult")
    own = {name: value for name, value in told.items() if name != "is"}
    return MappingProxyType({**usual_facts[kind], "ethnic_group": ethnic_group, **own})


def _label(told: Mapping[str, str]) -> Label:
    return Label(vi=told["vi"].strip(), en=told["en"].strip())
