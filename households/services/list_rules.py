"""What a standard says about lists: from when a decision counts, how far back a relapse looks."""

import datetime as dt
from calendar import monthrange

from households import procedure
from households.choices import Relation, RoundKind
from households.models import PovertyStandard, ReviewRound
from households.scoring import Standard
from households.scoring.document import Stated
from households.services import list_order, standards

_MINORITY_RELATIONS = {
    "HEAD": [Relation.HEAD],
    "HEAD_OR_SPOUSE": [Relation.HEAD, Relation.SPOUSE],
}


def counts_from(standard: PovertyStandard, round: ReviewRound, decided_on: dt.date) -> dt.date:
    """The day a decision counts from: a periodic one from the standard's day of the next year,
    an ad-hoc one from its own date. In a double review the closing list counts on the day before
    the opening one, and on that day alone; but as any other where the second assessment is a trial
    that nobody can decide on: then it stays in force. An opening list that can be decided only
    after that takes its place the day after. One query for a periodic round, two in a
    double review."""
    if round.kind == RoundKind.AD_HOC:
        return decided_on
    opening, closing = list_order.beside(standard, round)
    if opening and standards.why_trial(opening):
        opening = None
    month_day = str(_value(opening or standard, "periodic_decision_counts_from"))
    day = procedure.on_month_day(round.year + 1, month_day)
    if opening:
        return day - dt.timedelta(days=1)
    closed = list_order.closed_on(closing, round) if closing else None
    return max(day, closed + dt.timedelta(days=1)) if closed else day


def relapse_looks_back_to(standard: PovertyStandard, counted_from: dt.date) -> dt.date:
    """The earliest end of an earlier period that makes a new one a relapse: within the standard,
    or a number of months back."""
    rule = _value(standard, "relapse_look_back")
    if rule == "WITHIN_STANDARD":
        return standard.valid_from
    years, months = divmod(int(str(rule)), 12)
    month = counted_from.month - months
    return dt.date(counted_from.year - years - (month < 1), (month - 1) % 12 + 1, 1)


def newly_escaped_months(standard: PovertyStandard) -> Stated:
    """How many months a household counts as newly escaped, with whether that is confirmed."""
    return standards.rules_of(standard).list_rules["newly_escaped_months"]


def newly_escaped_until(standard: PovertyStandard, last_day: dt.date) -> dt.date:
    """The last day on which a household whose place on the list ended on `last_day` counts as newly
    escaped."""
    months = int(str(newly_escaped_months(standard).value))
    years, month = divmod(last_day.month - 1 + months, 12)
    year = last_day.year + years
    return dt.date(year, month + 1, min(last_day.day, monthrange(year, month + 1)[1]))


def minority_relations(rules: Standard) -> list[str]:
    """Relations to the head whose ethnic group makes a household one of a minority."""
    return [str(r) for r in _MINORITY_RELATIONS[str(rules.list_rules["minority_household"].value)]]


def _value(standard: PovertyStandard, name: str) -> object:
    return standards.rules_of(standard).list_rules[name].value
