"""Multidimensional measures unit by unit, as tables have their rows: on the map of any day."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import Any, Final

from django.db import connection
from django.utils.functional import Promise

from households.services import standards
from reports.choices import Unit as Counted
from reports.measures import Measures
from reports.queries import measures, standard_schemes, units
from reports.queries.measures import Base, GroupMeasures, Unit
from reports.queries.questions import Question
from reports.queries.rows import NO_HOUSEHOLDS, Line, Row

#: What a table of measures is called.
TABLE: Final = "MPI"
#: Of all indicators together: H, A and M0.
WHOLE: Final = ("headcount_rate", "intensity_rate", "adjusted_headcount_rate")
COUNTS: Final = ("households", "persons", "dropped_households")
#: Of an indicator: share that lacks it; share that is poor and lacks it; what it gives to M0.
OF_INDICATOR: Final = ("uncensored", "censored", "contribution")

_COUNTED_AS: Final = {Counted.HOUSEHOLDS: Unit.HOUSEHOLDS, Counted.PERSONS: Unit.PERSONS}
# As measures.measured reads them, placed as the tables place theirs.
_PATTERNS: Final = f"""
SELECT unit_id, coalesce(a.deprived_bits, 0), coalesce(a.unknown_bits <> 0, true),
  count(*), sum(a.persons)
FROM ({{facts}}) a {units.HERE}
WHERE %(classes)s::text[] IS NULL OR a.poverty_class = ANY (%(classes)s::text[])
GROUP BY 1, 2, 3 ORDER BY 1, 2, 3
"""


def columns(question: Question) -> tuple[str, ...]:
    """Those measured, H, A and M0, then by indicator and by dimension in the standard's order."""
    rules = standards.rules_of(question.standard)
    return (
        *COUNTS,
        *WHOLE,
        *(f"{one.code}_{what}_rate" for one in rules.indicators for what in OF_INDICATOR),
        *(of_dimension(one.code) for one in rules.dimensions),
    )


def of_dimension(code: str) -> str:
    """The column of what a dimension contributes."""
    return f"dimension_{code}_contribution_rate"


def of(question: Question) -> list[Row]:
    """A row of households and one of persons for each unit; measures as the standard weighs them,
    in per cent. One statement. Raises Invalid: the standard gives no cut-off."""
    stated = standard_schemes.of(standards.rules_of(question.standard))
    base = measures.base_of(question.round)
    found = _patterns(question)
    shares = columns(question)[len(COUNTS) :]
    rows = []
    for unit in question.units.rows:
        for counted, counts in _COUNTED_AS.items():
            line = Line(unit, counted)
            one = measures.tallied(found[unit.key], stated.scheme, counts, base)
            _tell(line, one[0] if one else None, shares, base)
            rows.append(line.done())
    return rows


def _patterns(question: Question) -> dict[int, list[tuple[Any, ...]]]:
    """By unit, as measures.tallied takes them."""
    base = measures.base_of(question.round)
    source = measures.source_of(base, question.status)
    given = question.values | {"classes": measures.CLASSES[base]}
    found: defaultdict[int, list[tuple[Any, ...]]] = defaultdict(list)
    with connection.cursor() as cursor:
        cursor.execute(_PATTERNS.format(facts=source), given)
        for unit, *pattern in cursor.fetchall():
            found[unit].append(("", "", "", *pattern))
    return found


def _tell(line: Line, of: GroupMeasures | None, shares: Sequence[str], base: Base) -> None:
    counts = (of.households, of.persons, of.measures.dropped) if of else (0, 0, 0)
    line.figures |= dict(zip(COUNTS, counts, strict=True))
    told = dict(_shares(of.measures)) if of else {}
    for column in shares:
        share = told.get(column)
        if share is None:
            line.lacks(column, _why_not(column, base))
        else:
            line.figures[column] = 100 * share


def _shares(one: Measures) -> Iterator[tuple[str, Fraction | None]]:
    yield from zip(WHOLE, (one.headcount, one.intensity, one.adjusted), strict=True)
    for code, figures in one.indicators.items():
        for what in OF_INDICATOR:
            yield f"{code}_{what}_rate", getattr(figures, what)
    for code, share in one.dimensions.items():
        yield of_dimension(code), share


def _why_not(column: str, base: Base) -> str | Promise:
    if column in (WHOLE[0], WHOLE[2]) and base == Base.LISTED:
        return measures.WHY_NO_HEADCOUNT
    return NO_HOUSEHOLDS


def formula(column: str) -> str:
    """How a rate is worked out: w is what a household counts for (1, or its persons), c the share
    of the standard's indicators that it lacks, k the standard's cut-off."""
    known = {
        WHOLE[0]: "100 * sum(w where c >= k) / sum(w)",
        WHOLE[1]: "100 * sum(w * c where c >= k) / sum(w where c >= k)",
        WHOLE[2]: "100 * sum(w * c where c >= k) / sum(w)",
    }
    if column in known:
        return known[column]
    what = column.removesuffix("_rate").rpartition("_")[2]
    lacking = {
        "uncensored": "100 * sum(w where it is lacked) / sum(w)",
        "censored": "100 * sum(w where it is lacked and c >= k) / sum(w)",
        "contribution": "100 * sum(w * its part of c where c >= k) / sum(w * c where c >= k)",
    }
    return lacking[what]
