"""Which area, year, standard and households a page of targets is asked for."""

import datetime as dt
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.db.models import Q
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

from households import clock
from households.choices import AreaLevel
from households.models import Area, PovertyStandard
from households.models.areas import AreaQuerySet
from households.views import access
from programs.forms.money import asked_year
from reports.choices import TargetWhom
from reports.forms.targets import asked_whom
from reports.policies.targets import target_areas, why_not_read_targets
from reports.queries import targets


@dataclass(frozen=True)
class Scope:
    """`units`: the area and those right below it on 1 January of the year; `above`: those above it,
    from the top; `standards`: those one may choose, the newest last."""

    area: Area
    above: list[Area]
    units: list[Area]
    year: int
    standard: PovertyStandard
    standards: list[PovertyStandard]
    whom: TargetWhom

    def query(self, **other: Any) -> str:
        """The address' question with some of it changed."""
        asked = {
            "area": self.area.pk, "year": self.year, "standard": self.standard.code,
            "whom": self.whom.value,
        }  # fmt: skip
        return urlencode(asked | other)

    @property
    def to_this(self) -> str:
        return self.query()


def asked(request: HttpRequest) -> Scope:
    """403 for who reads no targets, 404 for an area or standard that is not the user's. The highest
    of the user's areas and the national standard of the year where none is asked for. Six queries.
    """
    access.refuse_if(why_not_read_targets(request.user))
    year = asked_year(request.GET, clock.today().year)
    first = dt.date(year, 1, 1)
    own = target_areas(request.user)
    area = _area(request, own, first)
    found = own.on(first).filter(parent=area).exclude(level=AreaLevel.VILLAGE)
    above = targets.above(area)
    standards = list(
        PovertyStandard.objects.filter(
            Q(owner=None) | Q(owner__in=[area.pk, *(a.pk for a in above)])
        )
    )
    return Scope(
        area=area,
        above=above,
        units=[area, *found.order_by("code", "pk")],
        year=year,
        standard=_standard(request, standards, year),
        standards=standards,
        whom=asked_whom(request.GET),
    )


def _area(request: HttpRequest, own: AreaQuerySet, first: dt.date) -> Area:
    typed = request.GET.get("area", "")
    if typed:
        if not (typed.isascii() and typed.isdecimal() and len(typed) < 19):
            raise Http404
        named: Area = get_object_or_404(own, pk=int(typed))
        return named
    area: Area | None = own.on(first).order_by("path", "folded_name").first() or own.first()
    if area is None:
        raise Http404
    return area


def _standard(request: HttpRequest, standards: list[PovertyStandard], year: int) -> PovertyStandard:
    """The asked one; else the nation's in force at the end of the year, or the newest before."""
    code = request.GET.get("standard", "")
    if code:
        named = next((one for one in standards if one.code == code), None)
        if named is None:
            raise Http404
        return named
    national = [one for one in standards if one.owner_id is None]
    before = [one for one in national if one.valid_from.year <= year] or national
    if not before:
        raise Http404
    return before[-1]
