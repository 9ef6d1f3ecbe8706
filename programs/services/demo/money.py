"""Invented targets and money of two years for the demonstration's province."""

import datetime as dt
from collections.abc import Sequence

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
#: Of what is allocated, how much was committed and paid out, by quarter of the year before and of
#: this one: the money of this year moves late.
_PAID = {-1: (90, 84), 0: (62, 41)}
_LEAST_COMMUNES = 1


def load(*, by: User) -> int:
    """Book them once; how many entries were made. Nothing where there are some already, or no
    commune to give them to."""
    if MoneyEntry.objects.exists():
        return 0
    today = clock.today()
    provinces = Area.objects.real().at(AreaLevel.PROVINCE).on(today)
    communes = Area.objects.real().at(AreaLevel.COMMUNE).on(today).order_by("path", "code")
    made = 0
    for province in provinces:
        own = list(communes.filter(path__startswith=province.inner_path))
        for code, counts, each, funding in _PLANNED if len(own) >= _LEAST_COMMUNES else ():
            programme = Programme.objects.get(code=code)
            for back in (-1, 0):
                year = today.year + back
                _aim(programme, year, counts, each, province, own, by)
                made += _paid(programme, year, back, funding, each, province, own, by)
        for code, counts, each in _ALSO_COUNTED if len(own) >= _LEAST_COMMUNES else ():
            for year in (today.year - 1, today.year):
                programme = Programme.objects.get(code=code)
                _aim(programme, year, counts, each, province, own, by)
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
    targets.set_targets(
        programme=programme, year=year, counts=counts, aims=[whole, *aims],
        decision=PlanDecision(f"{100 + programme.pk}/QĐ-UBND", dt.date(year, 1, 15)), by=by,
    )  # fmt: skip


def _paid(
    programme: Programme, year: int, back: int, funding: FundingLine, each: int, province: Area,
    communes: Sequence[Area], by: User,
) -> int:  # fmt: skip
    vnd = _EACH[programme.code] * _MILLION
    given = [Sum(commune, _number(each, commune) * vnd) for commune in communes]
    whole = Sum(province, sum(one.amount_vnd for one in given) + each * vnd)
    committed, disbursed = _PAID[back]
    steps = (
        (_S.ALLOCATED, [whole, *given], dt.date(year, 2, 1), EntrySource.TYPED),
        (_S.COMMITTED, _share(given, committed), dt.date(year, 4, 20), EntrySource.TYPED),
        (_S.DISBURSED, _share(given, disbursed), dt.date(year, 8, 5), EntrySource.TREASURY),
    )
    made = 0
    for number, (stage, sums, day, source) in enumerate(steps, start=1):
        document = Document(f"{number}{programme.pk:02d}/{year}", min(day, clock.today()), source)
        line = Line(year, funding, stage)
        made += len(money.book(programme=programme, line=line, document=document, sums=sums, by=by))
    return made


def _share(given: Sequence[Sum], percent: int) -> list[Sum]:
    """Not every commune is as fast: the share falls along the list."""
    return [
        Sum(one.area, one.amount_vnd * max(5, percent - 7 * (place % 6)) // 100)
        for place, one in enumerate(given)
    ]
