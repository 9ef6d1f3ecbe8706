"""Where a project stands, in words: on the board, its page and its sheet."""

import datetime as dt
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from programs.queries.project_progress import Standing


@dataclass(frozen=True)
class Said:
    """Words, and whether somebody should act on them."""

    words: str
    is_attention: bool = False


def status(one: Standing) -> Said:
    """The one thing to know of it."""
    now = one.progress
    if now.is_rejected:
        return Said(_("Sent back or rejected"), True)
    if now.will_miss:
        return Said(_will_miss(now.late_days), True)
    if now.has_missed:
        return Said(_missed(now.late_days), True)
    if now.is_complete:
        return Said(_("All steps done"))
    if now.over_days:
        return Said(_over(now.over_days), True)
    if now.inputs_are_there:
        return Said(_("Inputs are there"))
    return Said(spare(now.spare_days or 0))


def spare(days: int) -> str:
    return ngettext("%(n)d day to spare", "%(n)d days to spare", days) % {"n": days}


def _will_miss(days: int) -> str:
    return ngettext(
        "Will miss the season by %(n)d day", "Will miss the season by %(n)d days", days
    ) % {"n": days}


def _missed(days: int) -> str:
    return ngettext("Missed the season by %(n)d day", "Missed the season by %(n)d days", days) % {
        "n": days
    }


def _over(days: int) -> str:
    return ngettext("Over the norm by %(n)d day", "Over the norm by %(n)d days", days) % {"n": days}


def waits(one: Standing) -> str:
    """ "step 4, appraisal: 52 days, norm 15"; empty where it waits for nothing."""
    if not one.step:
        return ""
    if one.progress.since is None:
        return _("step %(number)d, %(name)s: not begun") % {
            "number": one.step.number, "name": one.step.name,
        }  # fmt: skip
    return _("step %(number)d, %(name)s: %(days)d days, norm %(norm)d") % {
        "number": one.step.number,
        "name": one.step.name,
        "days": one.progress.waited_days,
        "norm": one.progress.norm_days,
    }


def forecast(one: Standing) -> str:
    """When inputs will be there by the norms; empty where they are, or never will be."""
    now = one.progress
    if now.inputs_are_there or now.inputs_on is None:
        return ""
    return _("inputs by the norms: %(day)s") % {"day": short(now.inputs_on)}


def headline(rows: list[Standing]) -> tuple[str, str]:
    """(what stands out, the rest) of the project that will miss its season by most; empty strings
    where there is no project."""
    missing = [one for one in rows if one.progress.will_miss]
    if not missing:
        return "", _("By the norms no project misses its season") if rows else ""
    worst = max(missing, key=lambda one: one.progress.late_days)
    first = _("%(project)s will miss the season by %(days)d days") % {
        "project": worst.project.name, "days": worst.progress.late_days,
    }  # fmt: skip
    return first, _rest(worst)


def _rest(worst: Standing) -> str:
    step = worst.step
    if step is None or worst.progress.since is None:
        return ""
    return _(": the dossier lies in %(step)s for %(days)d days, the norm is %(norm)d") % {
        "step": step.name.lower(),
        "days": worst.progress.waited_days,
        "norm": worst.progress.norm_days,
    }


def short(day: dt.date) -> str:
    return day.strftime("%d/%m/%Y")
