"""Whether a benefit serves its recipient on a day, as SQL: the one definition of "served"."""

import datetime as dt
from typing import Any

from programs.choices import BenefitState
from programs.workflow import SERVED_STATES
from programs.workflow.serving import SERVED_FOR, ServedFor, school_year_of

_ON = {
    ServedFor.ALWAYS: "true",
    ServedFor.WHILE_VALID: (
        "coalesce(s.valid_from, s.served_on) <= %(on_date)s"
        " AND (s.valid_to IS NULL OR s.valid_to >= %(on_date)s)"
        " AND (s.state <> %(closed)s OR s.acted_on > %(on_date)s)"
    ),
    ServedFor.UNTIL_CLOSED: "s.state <> %(closed)s OR s.acted_on > %(on_date)s",
    ServedFor.SCHOOL_YEAR: "s.school_year = %(school_year)s",
    ServedFor.YEAR: "s.served_on >= %(year_start)s",
}


def serves(kind: str | None = None) -> str:
    """A condition over a benefit `s` (and, without `kind`, its programme `g`) that holds where it
    serves somebody on %(on_date)s; its values are those of `values_on`."""
    if kind is None:
        cases = " ".join(f"WHEN '{one.value}' THEN {_ON[SERVED_FOR[one]]}" for one in SERVED_FOR)
        how = f"CASE g.kind {cases} END"
    else:
        how = next(_ON[way] for one, way in SERVED_FOR.items() if one == kind)
    return f"(s.state = ANY(%(served_states)s) AND s.served_on <= %(on_date)s AND ({how}))"


def values_on(on: dt.date) -> dict[str, Any]:
    return {
        "on_date": on,
        "served_states": sorted(SERVED_STATES),
        "closed": BenefitState.CLOSED.value,
        "school_year": school_year_of(on),
        "year_start": dt.date(on.year, 1, 1),
    }
