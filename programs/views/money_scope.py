"""Which area, year and day a page of plans and money is asked for, within what the user reads."""

import datetime as dt
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.contrib.auth.models import AnonymousUser
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from households import clock
from households.models import Area, User
from households.views import access
from programs.forms.money import asked_year
from programs.forms.programmes import asked_day
from programs.policies.money import money_areas, money_branches, why_not_read_money
from programs.queries.reach import Reach, reaches
from programs.workflow.money import upwards


@dataclass(frozen=True)
class Scope:
    """`reach`: the area with what went into it whole, as far as the user reads that. `on`: the day
    whose knowledge is asked for; `above`: the units above the area that the user reads too, from
    the top."""

    reach: Reach
    year: int
    on: dt.date
    above: list[Area]

    @property
    def area(self) -> Area:
        return self.reach.area

    def query(self, **other: Any) -> str:
        """The address' question with some of it changed."""
        asked = {"area": self.area.pk, "year": self.year, "on": f"{self.on:%Y-%m-%d}"} | other
        return urlencode({name: value for name, value in asked.items() if value is not None})

    @property
    def to_this(self) -> str:
        return self.query()

    @property
    def last_year(self) -> int:
        return self.year - 1


def asked_scope(request: HttpRequest, *, looks_back: bool = False) -> Scope:
    """403 for who reads no money, 404 for an area that is not the user's. The area is the highest
    of the user's own where none is asked for; the day today, or the year's last one unless the page
    `looks_back` on it with what became known after. Three queries."""
    access.refuse_if(why_not_read_money(request.user))
    today = clock.today()
    year = asked_year(request.GET, today.year)
    on = asked_day(request.GET, today if looks_back else min(today, dt.date(year, 12, 31)))
    own = money_areas(request.user)
    asked = request.GET.get("area", "")
    if asked:
        if not (asked.isascii() and asked.isdecimal() and len(asked) < 19):
            raise Http404
        area = get_object_or_404(own, pk=int(asked))
    else:
        found = own.on(today).order_by("path", "folded_name").first() or own.first()
        access.refuse_if(None if found else _("You answer for no area with plans and money."))
        assert found
        area = found
    ids = [int(pk) for pk in area.path.rstrip(".").split(".") if pk]
    above = {one.pk: one for one in own.filter(pk__in=ids)} if ids else {}
    (reach,) = reaches([area], money_branches(request.user))
    return Scope(reach, year, on, [above[pk] for pk in ids if pk in above])


def units_upwards(user: User | AnonymousUser, area: Area) -> list[Reach]:
    """The area and the units above it whose money the user reads, the nearest first; none for who
    reads no money. At most two queries."""
    if why_not_read_money(user):
        return []
    paths = upwards(area.inner_path)
    order = {int(path.rstrip(".").rsplit(".", 1)[-1]): at for at, path in enumerate(paths)}
    found = sorted(money_areas(user).filter(pk__in=order), key=lambda one: order[one.pk])
    return reaches(found, money_branches(user)) if found else []
