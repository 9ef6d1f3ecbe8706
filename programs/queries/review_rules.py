"""Whether the department has vouched for what a review of today rests on."""

import datetime as dt
from dataclasses import dataclass

from households.models import Area
from households.queries import terms
from households.services import list_rules, standards


@dataclass(frozen=True)
class ReviewRules:
    """`why_not`: why nobody may be decided on yet, "" for no reason. `tells_from`: the first review
    whose list is needed to tell who re-fell and who newly arose; None without a standard."""

    why_not: str
    unconfirmed_terms: int
    tells_from: int | None


def on(day: dt.date, commune: Area) -> ReviewRules:
    """`commune`: any of the register; it tells a demonstration, where everything may be decided.
    Eight queries at most."""
    standard = standards.in_force(day)
    if standard is None:
        return ReviewRules("", 0, None)
    tells_from = list_rules.relapse_looks_back_to(standard, day).year - 1
    if standards.is_practice(commune):
        return ReviewRules("", 0, tells_from)
    table = standards.table_in_force(standard)
    why_not = standards.why_not_decide(
        standard=standard, rests_on_tables=[table] if table else [], commune=commune
    )
    unsure = len(terms.in_force(day).unconfirmed)
    return ReviewRules(why_not or "", unsure, tells_from)
