"""Two districts over three reviews, small enough to work every table by hand.

Commune A (02008) and B (02011) lie in district 063, C (02143) in 064. Of A's eight households that
were poor or near-poor at the end of 2022 or 2023, each stands for one column of T2 and T3.
"""

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

from households.choices import HouseholdEndReason, Settlement
from households.models import (
    Area,
    EthnicGroup,
    Household,
    Person,
    PovertyStandard,
    ResidentCount,
    ReviewRound,
    User,
)
from households.services import lists
from households.services.household_acts import closing, merges, splits
from households.services.system_user import system_user
from tests.factories import areas, reviews
from tests.remembered import remembered

POOR = {"income_per_capita_month_vnd": 1_500_000, **reviews.THREE_LACKS}
NEAR_POOR = {"income_per_capita_month_vnd": 1_500_000}
AVERAGE_FARM = {"income_per_capita_month_vnd": 2_000_000, "farm_household": True}
AVERAGE = {"income_per_capita_month_vnd": 2_000_000, "farm_household": False}
ABOVE: dict[str, Any] = {}


@dataclass
class World:
    """`homes` are the households by the name of what becomes of them."""

    province: Area
    near: Area
    far: Area
    a: Area
    b: Area
    c: Area
    a1: Area
    a2: Area
    b1: Area
    c1: Area
    standard: PovertyStandard
    by: User
    rounds: dict[int, ReviewRound] = field(default_factory=dict)
    homes: dict[str, Household] = field(default_factory=dict)

    def read(
        self,
        year: int,
        name: str,
        village: Area,
        facts: dict[str, Any],
        *members: dict[str, Any],
        **more: Any,
    ) -> None:
        """One household's form of a year; members are as before unless given."""
        household = self.homes.get(name)
        found = reviews.surveyed(
            self.rounds[year], village, self.by, household=household,
            members=list(members) or None, **facts | more,
        )  # fmt: skip
        self.homes[name] = found.household

    def decide(self, year: int, *communes: Area) -> None:
        for commune in communes:
            lists.adopt(
                round=self.rounds[year], standard=self.standard, commune=commune, by=self.by,
                paper=lists.Paper(f"{year}/QĐ-UBND", dt.date(year, 12, 10)),
            )  # fmt: skip

    def person(self, name: str, relation: str = "head") -> Person:
        membership = self.homes[name].memberships.get(relation=relation, valid_to=None)
        person: Person = membership.person
        return person


def land() -> World:
    """The map, the standard, and the rounds of 2021 to 2023."""
    province = areas.province()
    near = areas.district(province)
    far = areas.district(province, "064", "Huyện Xa")
    a = areas.commune(near)
    b = areas.commune(near, "02011", "Xã Bên")
    c = areas.commune(far, "02143", "Xã Xa")
    world = World(
        province, near, far, a, b, c, areas.village(a), areas.village(a, "Thôn Hai"),
        areas.village(b), areas.village(c), reviews.standard(), system_user(),
    )  # fmt: skip
    for year in (2021, 2022, 2023):
        world.rounds[year] = reviews.periodic(province, year, world.standard)
    return world


def world(*, decide_last: bool = True) -> World:
    """Everything read; the lists decided, those of 2023 only if asked."""
    return remembered(_world, decide_last=decide_last)


def _world(*, decide_last: bool) -> World:
    found = land()
    found.read(2021, "relapser", found.a1, POOR)
    found.decide(2021, found.a)
    _second_year(found)
    _between(found)
    _third_year(found)
    if decide_last:
        found.decide(2023, found.a, found.b, found.c)
    _residents(found)
    return found


def _second_year(world: World) -> None:
    spouse = reviews.adult("Nông Thị Thử", "spouse", sex="F")
    grown = reviews.adult("Nông Văn Con", "child", birth_date=dt.date(1998, 5, 1))
    world.read(2022, "stayer", world.a1, POOR, reviews.adult(), spouse, grown)
    for name in ("to_near", "escaper", "mover", "dying"):
        world.read(2022, name, world.a1, POOR)
    world.read(2022, "from_near", world.a1, NEAR_POOR)
    for name in ("relapser", "newcomer"):
        world.read(2022, name, world.a1, ABOVE)
    world.read(2022, "farmer", world.a2, AVERAGE_FARM)
    world.read(2022, "near_stayer", world.b1, NEAR_POOR)
    world.read(2022, "near_escaper", world.b1, NEAR_POOR)
    for name in ("merging", "taken_in"):
        world.read(2022, name, world.c1, POOR)
    world.decide(2022, world.a, world.b, world.c)


def _between(world: World) -> None:
    grown = world.homes["stayer"].memberships.get(relation="child").person
    split = splits.split(
        household=world.homes["stayer"], members=[grown], head=grown,
        happened_on=dt.date(2023, 3, 1), by=world.by,
    )  # fmt: skip
    assert split.other is not None
    world.homes["split_off"] = split.other
    closing.close(
        household=world.homes["dying"], reason=HouseholdEndReason.ALL_DIED,
        happened_on=dt.date(2023, 4, 1), by=world.by,
    )  # fmt: skip
    merges.merge(
        household=world.homes["taken_in"], into=world.homes["merging"], head_becomes="other",
        happened_on=dt.date(2023, 5, 1), by=world.by,
    )  # fmt: skip


def _third_year(world: World) -> None:
    tay, __ = EthnicGroup.objects.get_or_create(
        code="02", defaults={"name": "Tày", "is_minority": True}
    )
    of_merit = {"person_id": world.person("stayer").pk, "merit": True}
    spouse = {"person_id": world.person("stayer", "spouse").pk}
    world.read(
        2023, "stayer", world.a1, POOR, reviews.adult(**of_merit),
        reviews.adult("Nông Thị Thử", "spouse", sex="F", **spouse), causes=["1", "2"],
    )  # fmt: skip
    world.read(2023, "to_near", world.a1, NEAR_POOR)
    world.read(2023, "escaper", world.a1, AVERAGE)
    offline = {"person_id": world.person("from_near").pk, "uses_internet": False}
    world.read(2023, "from_near", world.a1, POOR, reviews.adult(**offline), causes=["2"])
    world.read(2023, "relapser", world.a1, POOR, no_labour=True)
    tay_head = {"person_id": world.person("newcomer").pk, "ethnic_group": tay}
    child = reviews.adult(
        "Nông Thị Bé", "child", sex="F", ethnic_group=tay, birth_date=dt.date(2016, 2, 1),
        able_to_work=False, employment="", health_insurance_valid=False, malnourished_height=True,
        malnourished_weight=False, highest_qualification="none",
    )  # fmt: skip
    world.read(
        2023, "newcomer", world.a1, POOR, reviews.adult(**tay_head), child, causes=["7"],
        ethnic_group=tay,
    )  # fmt: skip
    world.read(2023, "split_off", world.a1, POOR, causes=["8"])
    world.read(2023, "farmer", world.a2, AVERAGE_FARM)
    world.read(2023, "mover", world.b1, POOR, causes=["3"])
    world.read(2023, "near_stayer", world.b1, NEAR_POOR)
    world.read(2023, "near_escaper", world.b1, ABOVE)
    pair = [
        reviews.adult(relation=relation, person_id=member.person_id)
        for relation, member in zip(
            ("head", "other"),
            world.homes["merging"].memberships.filter(valid_to=None).order_by("valid_from", "pk"),
            strict=True,
        )
    ]
    world.read(2023, "merging", world.c1, POOR, *pair, causes=["1"])


def _residents(world: World) -> None:
    """Of A and B; nobody entered C's."""
    for commune, households, persons in ((world.a, 40, 160), (world.b, 30, 120)):
        ResidentCount.objects.create(
            commune=commune, as_of=world.rounds[2023].as_of, settlement=Settlement.RURAL,
            households=households, persons=persons, entered_by=world.by,
        )  # fmt: skip
