"""Houses on their way, through the services that record them."""

import datetime as dt
from typing import Any

from households.models import Area, Household, User
from households.services.system_user import system_user
from programs.choices.houses import Build, WorksFor
from programs.models import HousingCase, HousingStage, Programme, WorksKind, WorksProject
from programs.services import house_needs, house_rules, house_steps, works
from programs.services.house_needs import Held, Need
from programs.services.house_steps import Reached


def rules() -> None:
    house_rules.load(by=system_user())


def listed(
    village: Area, by: User, *households: Household, build: Build = Build.NEW,
    held_on: dt.date = dt.date(2024, 3, 1), because: str = "", number: str = "01/BB",
) -> list[HousingCase]:  # fmt: skip
    """The meeting's list, in this order."""
    meeting = house_needs.record(
        programme=Programme.objects.get(code="housing"),
        village=village,
        held=Held(held_on, number, "Trưởng thôn Thử", 30),
        needs=[
            Need(one, build, number, ("LEAKING",), because)
            for number, one in enumerate(households, start=1)
        ],
        by=by,
    )
    return list(meeting.cases.order_by("priority"))


FACTS: dict[str, dict[str, Any]] = {
    "DECIDED": {"number": "15/QĐ-UBND", "planned_vnd": 50_000_000},
    "ACCEPTED": {
        "area_built_m2": 32, "hard_floor": True, "hard_frame": True, "hard_roof": True,
    },
}  # fmt: skip


def taken_to(
    case: HousingCase, stage: str, by: User, *, on: dt.date = dt.date(2024, 4, 1)
) -> HousingCase:
    """Through all steps up to this one, on one day."""
    for one in HousingStage.objects.filter(rank__gt=case.stage.rank):
        if case.build not in one.builds:
            continue
        reached = Reached(on, **FACTS.get(one.code, {}))
        case = house_steps.reach(case=case, stage=one.code, reached=reached, by=by)
        if one.code == stage:
            break
    return case


def work(
    village: Area, by: User, *households: Household, kind: str = "WATER",
    serves: WorksFor = WorksFor.VILLAGE, planned_vnd: int | None = 100_000_000,
    started_on: dt.date = dt.date(2024, 2, 1),
) -> WorksProject:  # fmt: skip
    return works.open_works(
        programme=Programme.objects.get(code="essential_works"),
        village=village,
        opened=works.Opened(
            WorksKind.objects.get(code=kind), serves, "Bể nước thôn", started_on, planned_vnd
        ),
        households=households,
        by=by,
    )
