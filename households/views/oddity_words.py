"""What is to be checked again, in a sentence about the data; it accuses nobody."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from households.choices import Settlement
from households.choices.oddities import OddityKind
from households.queries.oddities import Oddity

_WORSE: dict[str, Promise] = {
    "wall": gettext_lazy("walls no longer durable"),
    "column": gettext_lazy("columns no longer durable"),
    "roof": gettext_lazy("roof no longer durable"),
    "floor": gettext_lazy("smaller floor area"),
    "water": gettext_lazy("water no longer clean"),
    "toilet": gettext_lazy("toilet no longer hygienic"),
}
_BROKEN: dict[str, Promise] = {
    "cause": gettext_lazy("A poor household without a cause of poverty."),
    "ethnic_group": gettext_lazy("A poor or near-poor household without an ethnic group."),
    "members": gettext_lazy("The number of members differs from the members listed."),
    "paper": gettext_lazy("The signed paper says another class than the answers."),
}


def sentence(one: Oddity, *, village: str, who: str) -> str:
    """`village` and `who`: the names where it is about one village or one account."""
    facts = one.facts
    if one.kind == OddityKind.IDENTITY:
        return str(_BROKEN[one.sub])
    if one.kind == OddityKind.EDGE:
        return _edge(facts)
    if one.kind == OddityKind.IDENTICAL:
        number = int(facts["forms"])
        return ngettext(
            "%(village)s: %(number)s form with the same answers about the household.",
            "%(village)s: %(number)s forms with the same answers about the household.",
            number,
        ) % {"village": village, "number": number}
    if one.kind == OddityKind.FAST:
        began = timezone.localtime(dt.datetime.fromisoformat(facts["at"]))
        return _(
            "%(who)s: %(number)s forms first completed within %(minutes)s minutes, %(day)s."
        ) % {
            "who": who,
            "number": facts["forms"],
            "minutes": max(1, int(facts["minutes"])),
            "day": f"{began:%H:%M %d/%m/%Y}",
        }
    if one.kind == OddityKind.REVIEWER:
        return _(
            "Forms by %(who)s: %(share)s%% poor or near-poor (%(poor)s of %(forms)s); the other "
            "forms of the commune: %(others_share)s%%."
        ) % {
            "who": who,
            "share": round(100 * facts["poor"] / facts["forms"]),
            "others_share": round(100 * facts["others_poor"] / facts["others"]),
            "poor": facts["poor"],
            "forms": facts["forms"],
        }
    worse = ", ".join(str(_WORSE[name]) for name in facts["worse"])
    return _("Against the earlier form: %(worse)s; no hardship is recorded.") % {"worse": worse}


def _edge(facts: Mapping[str, Any]) -> str:
    place = Settlement(facts["settlement"]).label
    words = {"place": place, "under": facts["under"], "all": facts["all"], "line": facts["line"]}
    if facts["basis"] == "points":
        return (
            _(
                "%(place)s: of %(all)s households close to the line of %(line)s points, %(under)s "
                "are at or under it."
            )
            % words
        )
    words["line"] = f"{facts['line']:,}".replace(",", ".")
    return (
        _(
            "%(place)s: of %(all)s households close to the income line of %(line)s đồng, %(under)s "
            "are at or under it."
        )
        % words
    )
