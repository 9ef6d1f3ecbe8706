"""The plan list as it leaves the screen: who lives in the commune, then who moved away."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from households.exchange.sheets import Head
from households.templatetags.povreg import day
from programs.models import PlanEntry
from programs.queries.plan_list import PlanList, Planned


@dataclass(frozen=True)
class Row:
    planned: Planned
    is_away: bool


def rows(told: PlanList) -> list[Row]:
    return [*(Row(one, False) for one in told.standing), *(Row(one, True) for one in told.away)]


def columns() -> list[tuple[Head, Callable[[Any], object]]]:
    """Of a Row."""
    return [
        (Head(_("Head of household"), width=26), lambda row: _entry(row).household.card.head_name),
        (Head(_("Household"), width=14), lambda row: _entry(row).household.code),
        (Head(_("Village"), width=22), lambda row: "" if row.is_away else row.planned.village.name),
        (Head(_("Class"), width=14), lambda row: _entry(row).get_poverty_class_display()),
        (Head(pgettext("plan", "Why on the list"), width=34),
         lambda row: _entry(row).get_why_display()),
        (Head(_("Accompanied by"), width=30), _companion),
        (Head(_("What was agreed"), width=50), _agreed),
        (Head(_("Came or moved away"), width=34), _came_or_moved),
    ]  # fmt: skip


def _entry(row: Row) -> PlanEntry:
    return row.planned.entry


def _companion(row: Row) -> str:
    told = None if row.is_away else row.planned.companion
    if told is None:
        return ""
    return f"{told.name} ({told.organisation})" if told.organisation else told.name


def _agreed(row: Row) -> str:
    """Of who moved away it belongs to the commune he lives in."""
    actions = [] if row.is_away else row.planned.entry.actions.all()
    return "; ".join(
        f"{action.words} ({day(action.due_on)}"
        + (f", {_('done')} {day(action.done_on)})" if action.done_on else ")")
        for action in actions
    )


def _came_or_moved(row: Row) -> str:
    one = row.planned
    if one.home is None or not one.has_arrived:
        return ""
    on = day(one.home.came_on)
    if row.is_away:
        return _("moved to %(commune)s on %(on)s") % {"commune": one.home.commune.name, "on": on}
    return _("came from %(commune)s on %(on)s") % {"commune": one.entry.commune.name, "on": on}
