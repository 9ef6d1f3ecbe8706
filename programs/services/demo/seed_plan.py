"""The plan and the money of the year that the whole invented province is told of: of the size of
what it reached, so that the two can stand beside each other."""

import datetime as dt
from collections import Counter
from collections.abc import Mapping
from typing import Any

from django.db import transaction

from households.choices import AreaLevel, PovertyClass, TraitKind
from households.models import Area, Household, User
from households.services.demo.province.apportioning import apportion
from programs.choices.money import Counted, MoneyStage
from programs.models import Programme, Target
from programs.services.demo import seed_recipients as recipients
from programs.services.demo.money import Moved, book, set_plan
from programs.services.demo.seed_recipients import told
from programs.services.money import Line, Sum
from programs.services.targets import Aim

_MILLION = 1_000_000
_FALLS = 1


def load(*, by: User) -> int:
    """Set the year's targets and book its money; how many programmes. Nothing where the year has
    targets already. After the families, before other money. A few queries for each programme."""
    year: int = told()["year"]
    on = recipients.begin()
    province = Area.objects.real().at(AreaLevel.PROVINCE).on(on).first()
    if province is None or Target.objects.filter(year=year).exists():
        return 0
    communes = Area.objects.real().at(AreaLevel.COMMUNE).under(province).on(on)
    known = {area.pk: area for area in communes}
    homes = {of: _homes(of, known) for of in ("LISTED", "POOR_DISTRICTS", "RESIDENTS")}
    with transaction.atomic():
        for plan in told()["plans"]:
            _set(plan, year, province, known, homes.get(plan.get("of", ""), {}), by)
    return len(told()["plans"])


def _homes(of: str, communes: Mapping[int, Area]) -> dict[str, float]:
    """Households by the key of their commune, of those whom a plan is for."""
    found = Household.objects.filter(card__village__parent__in=communes)
    if of != "RESIDENTS":
        listed = recipients.listed(PovertyClass.POOR)
        if of == "LISTED":
            listed += recipients.listed(PovertyClass.NEAR_POOR)
        else:
            there = set(recipients.living_in(TraitKind.POOR_DISTRICT, ["YES"]))
            listed = [one for one in listed if one in there]
        found = found.filter(pk__in=listed)
    counted = Counter(found.values_list("card__village__parent", flat=True))
    return {str(commune): float(number) for commune, number in counted.items()}


def _set(
    plan: Mapping[str, Any], year: int, province: Area, communes: Mapping[int, Area],
    homes: Mapping[str, float], by: User,
) -> None:  # fmt: skip
    """The province's number, and what each commune with such households has of it."""
    programme = Programme.objects.get(code=plan["programme"])
    for counts, number in plan["numbers"].items():
        shares = apportion(number, homes) if homes else {}
        aims = [Aim(communes[int(key)], share) for key, share in shares.items()]
        set_plan(programme, year, Counted(counts), [Aim(province, number), *aims], by=by)
    if not (money := plan.get("money")) or not homes:
        return
    shares = apportion(money["allocated"], homes)
    sums = [
        Sum(communes[int(key)], share * _MILLION) for key, share in sorted(shares.items()) if share
    ]
    moved = Moved(money["committed"], money["disbursed"], _FALLS, dt.date(year, 12, 25))
    line = Line(year, money["funding"], MoneyStage.ALLOCATED)
    book(programme, line, [Sum(province, money["allocated"] * _MILLION), *sums], moved, by=by)
