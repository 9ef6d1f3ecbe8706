"""Invented targets and money of two years for the demonstration's province."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from households import clock
from households.choices import AreaLevel
from households.models import Area, User
from programs.choices import FundingLine
from programs.choices.money import Counted, EntrySource, MoneyStage
from programs.models import MoneyEntry, Programme
from programs.services import money, targets
from programs.services.money import Document, Line, Sum
from programs.services.targets import Aim, PlanDecision

_MILLION = 1_000_000
_S = MoneyStage
#: Programme, what its target counts, how many a commune is to reach, and where its money is from.
_PLANNED = (
    ("loan", Counted.TIMES, 12, FundingLine.POLICY_BANK),
    ("housing", Counted.HOUSES, 3, FundingLine.CENTRAL),
    ("livelihood", Counted.HOUSEHOLDS, 8, FundingLine.CENTRAL),
    ("training", Counted.PERSONS, 6, FundingLine.LOCAL),
)
#: Targets of what is no benefit of somebody; money is booked once a programme.
_ALSO_COUNTED = (
    ("livelihood", Counted.PROJECTS, 1),
    ("communication", Counted.PEOPLE_REACHED, 120),
)
#: Million đồng for one that is to be reached.
_EACH = {"loan": 50, "housing": 40, "livelihood": 80, "training": 4}
#: Of what is allocated, how much was committed and paid out, in the year before and in this one:
#: the money of this year moves late.
_PAID = {-1: (90, 84), 0: (62, 41)}
_FALLS = 7
_LEAST_COMMUNES = 1


@dataclass(frozen=True)
class Moved:
    """How much of a year's allocation moved: percent of it, less by `falls` from one commune to the
    next; `paid_on` is the day of the treasury's sheet."""

    committed_percent: int
    disbursed_percent: int
    falls: int
    paid_on: dt.date


def load(*, by: User) -> int:
    """Book them once; how many entries were made. Nothing of a year where there are some already,
    and nothing where there is no commune to give them to."""
    today = clock.today()
    provinces = Area.objects.real().at(AreaLevel.PROVINCE).on(today)
    communes = Area.objects.real().at(AreaLevel.COMMUNE).on(today).order_by("path", "code")
    made = 0
    for back in (-1, 0):
        year = today.year + back
        if MoneyEntry.objects.filter(year=year).exists():
            continue
        for province in provinces:
            own = list(communes.filter(path__startswith=province.inner_path))
            if len(own) >= _LEAST_COMMUNES:
                made += _year(province, own, year, _PAID[back], by)
    return made


def _year(
    province: Area, communes: Sequence[Area], year: int, paid: tuple[int, int], by: User
) -> int:
    made = 0
    for code, counts, each, funding in _PLANNED:
        programme = Programme.objects.get(code=code)
        _aim(programme, year, counts, each, province, communes, by)
        vnd = _EACH[code] * _MILLION
        given = [Sum(commune, _number(each, commune) * vnd) for commune in communes]
        whole = Sum(province, sum(one.amount_vnd for one in given) + each * vnd)
        line = Line(year, funding, MoneyStage.ALLOCATED)
        moved = Moved(*paid, falls=_FALLS, paid_on=dt.date(year, 8, 5))
        made += book(programme, line, [whole, *given], moved, by=by)
    for code, counts, each in _ALSO_COUNTED:
        _aim(Programme.objects.get(code=code), year, counts, each, province, communes, by)
    return made


def _number(each: int, commune: Area) -> int:
    """Communes are not alike: by their code, so that it is the same each time."""
    return each + int(commune.code or 0) % each


def _aim(
    programme: Programme, year: int, counts: Counted, each: int, province: Area,
    communes: Sequence[Area], by: User,
) -> None:  # fmt: skip
    aims = [Aim(commune, _number(each, commune)) for commune in communes]
    whole = Aim(province, sum(aim.number for aim in aims) + each)
    set_plan(programme, year, counts, [whole, *aims], by=by)


def set_plan(
    programme: Programme, year: int, counts: Counted, aims: Sequence[Aim], *, by: User
) -> None:
    """The targets of the plan of January."""
    targets.set_targets(
        programme=programme, year=year, counts=counts, aims=aims,
        decision=PlanDecision(f"{100 + programme.pk}/QĐ-UBND", dt.date(year, 1, 15)), by=by,
    )  # fmt: skip


def book(
    programme: Programme, allocated: Line, sums: Sequence[Sum], moved: Moved, *, by: User
) -> int:
    """Allocate these sums, the first of them to the province and the others to its communes, and
    commit and pay out what of the communes' has moved. How many entries were made."""
    _whole, *given = sums
    year, funding = allocated.year, allocated.funding
    committed = _share(given, moved.committed_percent, moved.falls)
    disbursed = _share(given, moved.disbursed_percent, moved.falls)
    steps = (
        (_S.ALLOCATED, sums, dt.date(year, 2, 1), EntrySource.TYPED),
        (_S.COMMITTED, committed, dt.date(year, 4, 20), EntrySource.TYPED),
        (_S.DISBURSED, disbursed, moved.paid_on, EntrySource.TREASURY),
    )
    made = 0
    for number, (stage, booked, day, source) in enumerate(steps, start=1):
        document = Document(f"{number}{programme.pk:02d}/{year}", min(day, clock.today()), source)
        line = Line(year, funding, stage)
        made += len(
            money.book(programme=programme, line=line, document=document, sums=booked, by=by)
        )
    return made


def _share(given: Sequence[Sum], percent: int, falls: int) -> list[Sum]:
    """Not every commune is as fast: the share falls along the list."""
    return [
        Sum(one.area, one.amount_vnd * max(5, percent - falls * (place % 6)) // 100)
        for place, one in enumerate(given)
    ]
