"""Of which area, round, standard and status a page of reports is, within what the user sees."""

import datetime as dt
from dataclasses import dataclass
from itertools import groupby
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from households import clock
from households.choices import AreaLevel
from households.models import Area, PovertyStandard, ReviewRound
from households.models.areas import AreaQuerySet
from households.services import rounds
from households.views import access
from reports.choices import FigureStatus
from reports.forms.figure_questions import Typed, typed
from reports.policies.editions import why_not_read_reports
from reports.policies.figures import figure_areas
from reports.queries import report_rounds
from reports.queries.editions import Shelf


@dataclass(frozen=True)
class ReportScope:
    """`areas` are those the user may choose on the round's day, from the top; `rounds` and
    `standards` what the area and the round have."""

    area: Area
    areas: tuple[Area, ...]
    rounds: tuple[ReviewRound, ...]
    round: ReviewRound
    standards: tuple[PovertyStandard, ...]
    standard: PovertyStandard
    status: FigureStatus
    #: By the units of that day; None: of the round's own.
    on: dt.date | None = None

    @property
    def shelf(self) -> Shelf:
        return Shelf(self.area, self.round, self.standard, self.status, self.on)

    @property
    def statuses(self) -> list[tuple[str, str]]:
        return [(one.value, str(one.label)) for one in FigureStatus]

    @property
    def has_parts(self) -> bool:
        """Whether areas with reports of their own lie below."""
        return bool(self.area.level != AreaLevel.COMMUNE)

    @property
    def places(self) -> list[tuple[str, list[Area]]]:
        """The areas to choose from, communes under the name of their district; "" for the upper
        ones."""
        upper = [one for one in self.areas if one.level != AreaLevel.COMMUNE]
        communes = [one for one in self.areas if one.level == AreaLevel.COMMUNE]
        groups = groupby(communes, key=lambda one: one.parent.name if one.parent else "")
        return [("", upper), *((name, list(found)) for name, found in groups)]

    def query(self, **other: Any) -> str:
        """The address' question with some of it changed."""
        asked = {
            "area": self.area.pk, "round": self.round.key, "standard": self.standard.code,
            "status": self.status.value, **({"on": self.on.isoformat()} if self.on else {}),
        }  # fmt: skip
        return urlencode(asked | other)

    @property
    def to_this(self) -> str:
        return self.query()


class NoReports(Exception):
    """There is no round yet; `area` is the one that was asked for."""

    def __init__(self, message: str, area: Area) -> None:
        super().__init__(message)
        self.area = area


def asked_scope(request: HttpRequest) -> ReportScope:
    """403 for who reads no reports, 404 for an area that is not the user's and for a round or a
    standard that is not there. Raises NoReports. Six queries, seven where all have decided."""
    access.refuse_if(why_not_read_reports(request.user))
    wanted = typed(request.GET)
    own = figure_areas(request.user).select_related("parent")
    area = _area(own, wanted)
    offered = report_rounds.of(area)
    chosen = _round(offered, wanted, area)
    standards = tuple(rounds.scored_under(chosen))
    on = wanted.on if wanted.on != chosen.as_of else None
    inside = own.on(on or chosen.as_of).order_by("path", "folded_name", "pk")
    return ReportScope(
        area=area,
        areas=tuple(_from_the_top(inside, area)),
        rounds=offered.found,
        round=chosen,
        standards=standards,
        standard=_standard(standards, wanted, area),
        status=wanted.status or _status(offered, chosen),
        on=on,
    )


def _area(own: AreaQuerySet, wanted: Typed) -> Area:
    if wanted.area is not None:
        named: Area = get_object_or_404(own, pk=wanted.area)
        return named
    ordered = own.order_by("path", "folded_name")
    area: Area | None = ordered.on(clock.today()).first() or ordered.first()
    access.refuse_if(None if area else _("You answer for no area with reports."))
    assert area
    return area


def _round(offered: report_rounds.ReportRounds, wanted: Typed, area: Area) -> ReviewRound:
    if wanted.round:
        found = next((one for one in offered.found if one.key == wanted.round), None)
        if found is None:
            raise Http404
        return found
    first = offered.first()
    if first is None:
        raise NoReports(_("There is no review round yet."), area)
    return first


def _standard(standards: tuple[PovertyStandard, ...], wanted: Typed, area: Area) -> PovertyStandard:
    if not standards:
        raise NoReports(_("The round is scored under no standard yet."), area)
    if not wanted.standard:
        return standards[0]
    found = next((one for one in standards if one.code == wanted.standard), None)
    if found is None:
        raise Http404
    return found


def _status(offered: report_rounds.ReportRounds, round: ReviewRound) -> FigureStatus:
    return FigureStatus.OFFICIAL if offered.is_decided(round) else FigureStatus.PRELIMINARY


def _from_the_top(inside: AreaQuerySet, area: Area) -> list[Area]:
    """Provinces, districts, then communes by their district; the area itself even where it did not
    exist on the round's day."""
    depth = {AreaLevel.PROVINCE: 0, AreaLevel.DISTRICT: 1, AreaLevel.COMMUNE: 2}
    found = list(inside)
    if area not in found:
        found.append(area)

    def place(one: Area) -> tuple[int, str, str]:
        above = one.parent.folded_name if one.parent and one.level == AreaLevel.COMMUNE else ""
        return depth[AreaLevel(one.level)], above, one.folded_name

    return sorted(found, key=place)
