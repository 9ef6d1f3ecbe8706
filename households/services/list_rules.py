"""What a standard says about lists: from when a decision counts, how far back a relapse looks."""

import datetime as dt

from households import procedure
from households.choices import Relation, RoundKind
from households.models import PovertyStandard, ReviewRound
from households.scoring import Standard
from households.services import standards

_MINORITY_RELATIONS = {
    "HEAD": [Relation.HEAD],
    "HEAD_OR_SPOUSE": [Relation.HEAD, Relation.SPOUSE],
}


def counts_from(standard: PovertyStandard, round: ReviewRound, decided_on: dt.date) -> dt.date:
    """The day a decision counts from: a periodic one from the standard's day of the next year,
    an ad-hoc one from its own date."""
    if round.kind == RoundKind.AD_HOC:
        return decided_on
    month_day = str(_value(standard, "periodic_decision_counts_from"))
    return procedure.on_month_day(round.year + 1, month_day)


def relapse_looks_back_to(standard: PovertyStandard, counted_from: dt.date) -> dt.date:
    """The earliest end of an earlier period that makes a new one a relapse: within the standard,
    or a number of months back."""
    rule = _value(standard, "relapse_look_back")
    if rule == "WITHIN_STANDARD":
        return standard.valid_from
    years, months = divmod(int(str(rule)), 12)
    month = counted_from.month - months
    return dt.date(counted_from.year - years - (month < 1), (month - 1) % 12 + 1, 1)


def minority_relations(rules: Standard) -> list[str]:
    """Relations to the head whose ethnic group makes a household one of a minority."""
    return [str(r) for r in _MINORITY_RELATIONS[str(rules.list_rules["minority_household"].value)]]


def _value(standard: PovertyStandard, name: str) -> object:
    return standards.rules_of(standard).list_rules[name].value
