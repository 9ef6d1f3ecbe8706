"""Units that a reorganisation may be about, as the pages offer them."""

import datetime as dt
from itertools import groupby

from households.choices import AreaLevel
from households.models import Area
from households.models.area_reach import branches_through_time

Group = tuple[str, list[Area]]


def units_to_change(area: Area, level: AreaLevel, last_day: dt.date) -> list[Group]:
    """The units of a level in the area on the last day of the old state, under what they lie in.
    Two queries."""
    paths = branches_through_time([area.pk])[area.pk]
    found = Area.objects.under_any(paths).at(level).on(last_day).exclude(pk=area.pk)
    return grouped(list(found.select_related("parent").order_by("parent__name", "name", "pk")))


def units_to_go_into(area: Area, level: AreaLevel, day: dt.date) -> list[Group]:
    """The units of a level that are in the area on the first day of the new state. One query."""
    found = Area.objects.under(area).at(level).on(day).exclude(pk=area.pk)
    return grouped(list(found.select_related("parent").order_by("parent__name", "name", "pk")))


def grouped(units: list[Area]) -> list[Group]:
    """Under the names of the units above; without a heading where there is one only."""
    groups = [
        (str(parent), list(found)) for parent, found in groupby(units, key=lambda one: one.parent)
    ]
    return [("", groups[0][1])] if len(groups) == 1 else groups
