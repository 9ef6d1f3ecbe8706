"""Production projects of the year that the whole invented province is told of."""

import datetime as dt
from typing import Any

from households import clock
from households.choices import AreaLevel
from households.models import Area, User
from programs.models import Project
from programs.services.demo.projects import open_told
from programs.services.demo.seed_recipients import told

#: Who stands behind a project, and the procedure it takes.
_PROCEDURES = {"COMMUNITY": "community", "VALUE_CHAIN": "value_chain"}
_FIRST_COMMUNE, _NEXT_COMMUNE = 3, 5
_DAYS_APART = 3


def load(*, by: User) -> int:
    """Open and approve as many as the year's figures miss; how many. A hundred queries each."""
    year: int = told()["year"]
    communes = Area.objects.real().at(AreaLevel.COMMUNE).on(clock.today()).order_by("code")
    there = Project.objects.filter(year=year)
    free = list(communes.exclude(pk__in=there.values("commune")))
    made = 0
    for owner, procedure in _PROCEDURES.items():
        known = there.filter(owner_kind=owner).count()
        for number in range(known, told()["projects"][procedure] if free else 0):
            commune = free[(_FIRST_COMMUNE + _NEXT_COMMUNE * made) % len(free)]
            open_told(_told(procedure, number, year), commune, by)
            made += 1
    return made


def _told(procedure: str, number: int, year: int) -> dict[str, Any]:
    given = told()["projects"]["invented"]
    work = given["works"][number % len(given["works"])]
    began = given["began"] + dt.timedelta(days=_DAYS_APART * number)
    is_chain = procedure == "value_chain"
    lead = "Hợp tác xã mẫu" if is_chain else "Tổ hợp tác mẫu"
    return {
        "procedure": procedure,
        "name": f"{work['name']} ({'liên kết' if is_chain else 'cộng đồng'} {number + 1})",
        "kind": work["kind"],
        "lead_unit": f"{lead} số {number + 1}",
        "product": work["product"],
        "buyer": "Công ty thu mua mẫu" if is_chain else "",
        "year": year,
        "season": f"Vụ {year}",
        "season_deadline": given["season_deadline"],
        "central": work["central"],
        "local": 60,
        "own": 90,
        "began": began,
        "days": given[f"{procedure}_days"],
        "approved": work["central"] + 50,
        "families": given["families"],
        "joined": began + dt.timedelta(days=given["joined_after_days"]),
    }
