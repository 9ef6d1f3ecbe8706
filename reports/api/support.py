"""Aggregates of support: coverage today, and what programmes came to in a year."""

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import ClassVar, Final

from django.contrib.auth.models import AnonymousUser
from django.utils.translation import gettext_lazy as _
from rest_framework.request import Request

from households import clock
from households.api import parameters
from households.api.access import caller_of
from households.api.problems import BadQuestion, Unanswerable, said
from households.choices import AreaLevel
from households.errors import Refused
from households.models import Area, User
from households.policies.roles import Reason
from programs.policies.coverage import coverage_branches, why_not_see_coverage
from programs.policies.money import money_branches, why_not_read_money
from programs.queries.reach import Reach, parts_at, reaches
from reports.api import asked as asking
from reports.api.aggregates import AggregateView
from reports.api.asked import ALL
from reports.api.support_documented import documented
from reports.choices import FigureLevel
from reports.queries import coverage_aggregates, programme_aggregates
from reports.queries.aggregates import Cut, Part
from reports.queries.support_parts import Column

LEVELS: Final = (FigureLevel.PROVINCE, FigureLevel.DISTRICT, FigureLevel.COMMUNE)
_OF_AREAS: Final = {
    FigureLevel.PROVINCE: AreaLevel.PROVINCE, FigureLevel.DISTRICT: AreaLevel.DISTRICT,
    FigureLevel.COMMUNE: AreaLevel.COMMUNE,
}  # fmt: skip
_KNOWN: Final = ("area", "area_id", "by", "cursor", "format", "level", "limit")


@dataclass(frozen=True)
class SupportAsked:
    """`units` are the rows; `make` gives the parts of them."""

    dataset: str
    cut_name: str
    cut: Cut
    area: Area
    level: FigureLevel
    columns: Sequence[Column]
    make: Callable[[], list[Part]]

    def parts(self) -> list[Part]:
        return self.make()

    def names(self, parts: Sequence[Part]) -> dict[str, str]:
        return {one.code: str(one.name) for one in self.columns}


class CoverageView(AggregateView):
    """Of the day it is asked on: what is kept of coverage is of its day alone."""

    dataset = "coverage"
    known: ClassVar[tuple[str, ...]] = _KNOWN

    def asked(self, request: Request, *, is_exact: bool) -> SupportAsked:
        by = _by(request, coverage_aggregates.CUTS)
        on = clock.today()
        branches = _branches(request, why_not_see_coverage, coverage_branches)
        whole, level, units = _units(request, branches, on)
        return SupportAsked(
            self.dataset, by, coverage_aggregates.CUTS[by], whole.area, level,
            coverage_aggregates.columns(by),
            lambda: coverage_aggregates.parts(by, whole, level, units, on),
        )  # fmt: skip


class ProgrammesView(AggregateView):
    """Of calendar years, as recorded up to today."""

    dataset = "programmes"
    known: ClassVar[tuple[str, ...]] = (*_KNOWN, "year")

    def asked(self, request: Request, *, is_exact: bool) -> SupportAsked:
        by = _by(request, programme_aggregates.CUTS)
        years = _years(request)
        branches = _branches(request, why_not_read_money, money_branches)
        whole, level, units = _units(request, branches, clock.today())
        return SupportAsked(
            self.dataset, by, programme_aggregates.CUTS[by], whole.area, level,
            programme_aggregates.columns(by),
            lambda: programme_aggregates.parts(by, whole, level, units, years),
        )  # fmt: skip


def _by(request: Request, cuts: dict[str, Cut]) -> str:
    return parameters.choice(request, "by", list(cuts)) or next(iter(cuts))


def _branches(
    request: Request,
    why_not: Callable[[User | AnonymousUser], Reason],
    branches: Callable[[User | AnonymousUser], list[str]],
) -> Sequence[str]:
    """Of a client its own; who is logged in has those of the pages. Raises Refused."""
    caller = caller_of(request)
    if caller.user_id is None:
        return caller.branches
    user = User.objects.get(pk=caller.user_id)
    if reason := why_not(user):
        raise Refused(reason)
    return branches(user)


def _units(
    request: Request, branches: Sequence[str], on: dt.date
) -> tuple[Reach, FigureLevel, list[Reach]]:
    """The area with what went into it, and the rows. Raises Unanswerable: a level that lies above
    it or is not there. 404 for an area that may not be asked about."""
    area = asking.area_of(request, None, branches)
    asked = parameters.choice(request, "level", [one.value for one in LEVELS])
    level = FigureLevel(asked or area.level.lower())
    (whole,) = reaches([area], branches)
    wanted = _OF_AREAS[level]
    if wanted == area.level:
        return whole, level, [whole]
    order = list(AreaLevel)
    told = {"level": str(level.label), "area": area.name}
    if order.index(wanted) < order.index(AreaLevel(area.level)):
        raise Unanswerable(said(_("%(level)s lies above %(area)s."), told))
    units = parts_at(whole, wanted, on)
    if not units:
        words = _("There is no level %(level)s in %(area)s on %(day)s.")
        raise Unanswerable(said(words, told | {"day": f"{on:%d/%m/%Y}"}))
    return whole, level, units


def _years(request: Request) -> list[int]:
    """This one where none is asked for. Raises BadQuestion."""
    known = programme_aggregates.years()
    asked = request.query_params.get("year")
    if asked is None:
        return known[-1:]
    if asked == ALL:
        return known
    years = asked.split(",")
    if not all(one.isascii() and one.isdigit() and int(one) in known for one in years):
        raise BadQuestion("year", _("Nothing is recorded of this year."))
    return sorted({int(one) for one in years})


VIEWS: Final = {view.dataset: documented(view) for view in (CoverageView, ProgrammesView)}
