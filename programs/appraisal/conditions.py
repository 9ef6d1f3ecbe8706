"""The declared forms a condition can take. A new ground is data; a new kind of ground is a form.

A condition reads facts of one person in his household on one date (FACTS) and is true, false or
not known, as SQL has it: NULL where a fact is missing that it needs. Unknown is never no.
"""

import calendar
import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from programs.appraisal.errors import DocumentError

#: What the facts of a person in his household on a date are called, and what they hold.
FACTS: dict[str, str] = {
    "poverty_class": "class on the official list; NOT_POOR where the commune's lists are known",
    "listed_since": "first day of the period on the list",
    "off_list_on": "first day off the list after the last period as poor or near-poor",
    "off_class": "the class of that period",
    "off_list_named": "a decision says so itself; else it is told from a list without it",
    "lists_since": "from when the commune says that its lists are complete",
    "is_minority": "of the person's own ethnic group",
    "household_minority": "head or spouse belongs to a minority",
    "zone": "I, II or III of the commune",
    "left_zone_on": "first day the commune was no longer in zone II or III",
    "poor_district": "whether the commune lies in a poor district",
    "specially_difficult": "whether the village or commune is specially difficult",
    "settlement": "RURAL or URBAN",
    "birth_date": "1 January where only the year is known",
    "year_only": "only the year of birth is known",
    "attending": "school level attended, by the newest form",
    "social_allowance": "draws a monthly social allowance, by the newest form",
    "merit": "person of merit, by the newest form",
    "disabled": "disabled, by the newest form",
    "able_to_work": "able to work, by the newest form",
    "no_labour": "household without labour capacity, by the newest form",
    "farm_household": "farm, forestry, fishery or salt household, by the newest form",
    "lacks": "indicators the household lacks, by the newest form and its standard",
}

Put = Callable[[Any], str]


@dataclass(frozen=True)
class Form:
    """How one kind of condition is written and what it means.

    `read` turns the document's value into a fixed one or raises ValueError with the reason;
    `sql` gives an expression over the facts `f` for a day, putting values aside with `put`.
    """

    reads: tuple[str, ...]
    read: Callable[[Any], Any]
    sql: Callable[[Any, Put, dt.date], str]


@dataclass(frozen=True)
class Condition:
    kind: str
    value: Any

    @property
    def reads(self) -> tuple[str, ...]:
        """The facts it rests on (FACTS)."""
        return FORMS[self.kind].reads

    def sql(self, put: Put, on: dt.date) -> str:
        return FORMS[self.kind].sql(self.value, put, on)


def read_conditions(document: Any, place: str) -> tuple[Condition, ...]:
    """All of them have to hold. Raises DocumentError: a wrong kind, a wrong value, none at all."""
    if not isinstance(document, Mapping) or not document:
        raise DocumentError(place, "say whom it is for")
    found = []
    for kind, value in document.items():
        if kind not in FORMS:
            raise DocumentError(f"{place}.{kind}", f"one of {', '.join(FORMS)} is needed")
        try:
            found.append(Condition(kind, FORMS[kind].read(value)))
        except ValueError as error:
            raise DocumentError(f"{place}.{kind}", str(error)) from error
    return tuple(found)


def _some_of(*allowed: str) -> Callable[[Any], tuple[str, ...]]:
    def read(value: Any) -> tuple[str, ...]:
        if not isinstance(value, list) or not value or (allowed and not set(value) <= set(allowed)):
            raise ValueError(f"a list out of {', '.join(allowed) or 'codes'} is needed")
        return tuple(value)

    return read


def _yes_or_no(value: Any) -> bool:
    if not isinstance(value, bool):
        raise ValueError("true or false is needed")
    return value


def _number(of: Mapping[str, Any], key: str) -> int:
    value = of.get(key)
    if isinstance(value, bool) or not isinstance(value, int) or value < 0:
        raise ValueError(f"{key} is a whole number of months")
    return value


def _only(value: Any, *keys: str) -> Mapping[str, Any]:
    if not isinstance(value, Mapping) or not set(value) <= set(keys):
        raise ValueError(f"only {', '.join(keys)} can be said")
    return value


@dataclass(frozen=True)
class Since:
    """Something ended, out of one of `of`, at most `months` ago; day `months` itself counts."""

    months: int
    of: tuple[str, ...]


@dataclass(frozen=True)
class Age:
    """Full months of age: at least `from_months`, and fewer than `under_months` where given."""

    from_months: int
    under_months: int | None


def _since(*allowed: str) -> Callable[[Any], Since]:
    def read(value: Any) -> Since:
        given = _only(value, "months", "of")
        return Since(_number(given, "months"), _some_of(*allowed)(given.get("of")))

    return read


def _age(value: Any) -> Age:
    given = _only(value, "from_months", "under_months")
    under = _number(given, "under_months") if "under_months" in given else None
    start = _number(given, "from_months") if "from_months" in given else 0
    if not given or (under is not None and under <= start):
        raise ValueError("say from_months, under_months or both, the second higher")
    return Age(start, under)


def _is_one_of(fact: str, *allowed: str) -> Form:
    return Form(
        (fact,), _some_of(*allowed), lambda value, put, _on: f"f.{fact} = ANY({put(list(value))})"
    )


def _is(fact: str) -> Form:
    return Form((fact,), _yes_or_no, lambda value, put, _on: f"f.{fact} = {put(value)}")


def latest_start(on: dt.date, months: int) -> dt.date:
    """The last day from which `months` whole months have passed by `on`, as PostgreSQL adds
    months (31 January and a month is the end of February). Worked out once here, so that a
    million rows compare days instead of adding to each."""
    years, month = divmod(on.year * 12 + on.month - 1 - months, 12)
    last = calendar.monthrange(years, month + 1)[1]
    is_month_end = on.day == calendar.monthrange(on.year, on.month)[1]
    return dt.date(years, month + 1, last if is_month_end else min(on.day, last))


def _not_longer_ago(fact: str, months: int, put: Put, on: dt.date) -> str:
    """`on` is not later than the fact's day and the months."""
    return f"{fact} > {put(latest_start(on - dt.timedelta(days=1), months))}::date"


def _newly_escaped(value: Since, put: Put, on: dt.date) -> str:
    return (
        "CASE WHEN f.poverty_class IN ('POOR', 'NEAR_POOR') THEN false"
        # Between incomplete lists nobody knows when it went off: only a decision that names it
        # tells, or lists that are complete since before.
        " WHEN (f.off_list_named OR f.off_list_on > f.lists_since)"
        f" AND {_not_longer_ago('f.off_list_on', value.months, put, on)}"
        f" THEN f.off_class = ANY({put(list(value.of))})"
        f" WHEN f.lists_since <= {put(latest_start(on, value.months))}::date THEN false END"
    )


def _left_zone(value: Since, put: Put, on: dt.date) -> str:
    return (
        "CASE WHEN f.zone IS NULL THEN NULL"
        f" WHEN f.zone = ANY({put(list(value.of))}) OR f.left_zone_on IS NULL THEN false"
        f" ELSE {_not_longer_ago('f.left_zone_on', value.months, put, on)} END"
    )


def _of_age(value: Age, put: Put, on: dt.date) -> str:
    """With the year alone both ends of the year have to agree, or it is not known."""
    parts = [_has_months(value.from_months, put, on)] if value.from_months else []
    if value.under_months is not None:
        parts.append(f"NOT {_has_months(value.under_months, put, on)}")
    return f"({' AND '.join(parts)})"


def _has_months(months: int, put: Put, on: dt.date) -> str:
    start = latest_start(on, months)
    # A year's first day stands for all of it: surely, if its last day is not too late either.
    is_whole_year = (start.month, start.day) == (12, 31)
    surely = dt.date(start.year if is_whole_year else start.year - 1, 1, 1)
    return (
        f"CASE WHEN NOT f.year_only THEN f.birth_date <= {put(start)}::date"
        f" WHEN f.birth_date <= {put(surely)}::date THEN true"
        f" WHEN f.birth_date > {put(start)}::date THEN false END"
    )


CLASSES = ("POOR", "NEAR_POOR", "AVERAGE", "NOT_POOR")
PUPILS = ("preschool", "primary", "lower_secondary", "upper_secondary")
LEVELS = (*PUPILS, "vocational", "college_university")
#: The kind of condition that asks for what no form and no list of povreg holds, and what that is:
#: such a ground is known, is recorded by hand where it holds, and decides about nobody.
UNRECORDED = "unrecorded"
_UNRECORDED_FACTS = ("full_orphan", "worker_injury")

FORMS: dict[str, Form] = {
    "class": Form(
        # Since when somebody is on the list says more than that he is.
        ("poverty_class", "listed_since"),
        _some_of(*CLASSES),
        lambda value, put, _on: f"f.poverty_class = ANY({put(list(value))})",
    ),
    "newly_escaped": Form(
        ("off_list_on", "off_list_named", "lists_since"),
        _since("POOR", "NEAR_POOR"),
        _newly_escaped,
    ),
    "minority": _is("is_minority"),
    "household_minority": _is("household_minority"),
    "zone": _is_one_of("zone", "I", "II", "III"),
    "left_zone": Form(("zone", "left_zone_on"), _since("II", "III"), _left_zone),
    "poor_district": _is("poor_district"),
    "specially_difficult": _is("specially_difficult"),
    "settlement": _is_one_of("settlement", "RURAL", "URBAN"),
    "age": Form(("birth_date",), _age, _of_age),
    "attending": _is_one_of("attending", *LEVELS),
    "social_allowance": _is("social_allowance"),
    "merit": _is("merit"),
    "disabled": _is("disabled"),
    "able_to_work": _is("able_to_work"),
    "no_labour": _is("no_labour"),
    "farm_household": _is("farm_household"),
    UNRECORDED: Form((), _some_of(*_UNRECORDED_FACTS), lambda _value, _put, _on: "NULL::boolean"),
    "lacks": Form(
        ("lacks",), _some_of(), lambda value, put, _on: f"f.lacks && {put(list(value))}::text[]"
    ),
}
