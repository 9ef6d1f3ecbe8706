"""What a year came to in an area: the lines a province reports, each with its base and its plan.

Times served and money add up over programmes, distinct recipients do not: these are counted anew
for each line. Production projects and people reached by communication are no benefits of
somebody: who keeps them counts them (see counted_elsewhere); until then it is not known.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import connection

from households.choices import AreaLevel
from households.models import Area
from programs.choices import ProgrammeKind
from programs.choices.results import ResultLine
from programs.models import Programme
from programs.queries.counted_elsewhere import counted_elsewhere
from programs.queries.progress import Reached, reached, units_below
from programs.queries.targets import targets_of
from programs.queries.totals import Total, totals
from programs.workflow import SERVED_STATES

_K = ProgrammeKind

#: Kinds of programmes of a line, and the ground it is about where it is one.
_ABOUT: dict[ResultLine, tuple[frozenset[ProgrammeKind], str | None]] = {
    ResultLine.LOANS_POOR: (frozenset({_K.LOAN}), "poor"),
    ResultLine.LOANS_NEAR_POOR: (frozenset({_K.LOAN}), "near_poor"),
    ResultLine.LOANS_NEWLY_ESCAPED: (frozenset({_K.LOAN}), "newly_escaped"),
    ResultLine.LOANS: (frozenset({_K.LOAN}), None),
    ResultLine.CARDS: (frozenset({_K.HEALTH_CARD}), None),
    ResultLine.PUPILS: (frozenset({_K.TUITION, _K.STUDY_COST}), None),
    ResultLine.HOUSES: (frozenset({_K.HOUSING}), None),
    ResultLine.WORKS: (frozenset({_K.WORKS}), None),
    ResultLine.PROJECTS: (frozenset({_K.PROJECT}), None),
    ResultLine.TRAINED: (frozenset({_K.TRAINING, _K.KNOWLEDGE}), None),
    ResultLine.JOBS: (frozenset({_K.JOB, _K.LABOUR_EXPORT}), None),
    ResultLine.COMMUNICATION: (frozenset({_K.COMMUNICATION}), None),
    ResultLine.OTHER: (frozenset({_K.OTHER}), None),
}


@dataclass(frozen=True)
class Distinct:
    """Distinct recipients of a line in an area: households of the register, of them those without
    labour capacity by the newest form, and those of whom no form tells it; persons of the
    register, and named ones outside of it."""

    households: int = 0
    without_labour: int = 0
    labour_unknown: int = 0
    persons: int = 0
    outside: int = 0


@dataclass(frozen=True)
class Result:
    """A line in an area: `times` served, of which `without_amount` have no money written; money of
    the recorded benefits in đồng. `reached`: targets of the line's programmes (none where the line
    is one ground of them)."""

    line: ResultLine
    times: int
    amount_vnd: int
    without_amount: int
    distinct: Distinct
    reached: list[Reached]


def of_area(area: Area, year: int, on: dt.date) -> list[Result]:
    """Every line for one area, received in the year up to the day. Four queries."""
    level = AreaLevel(area.level)
    found = totals(year, branches=[area.inner_path], level=level, on=on)
    programmes = list(Programme.objects.all())
    distinct = _distinct(year, [area.inner_path], level, on, programmes)
    planned = targets_of(year, [area], on)
    others = counted_elsewhere(year, branches=[area.inner_path], level=level, on=on)

    def targets(line: ResultLine) -> list[Reached]:
        if _ABOUT[line][1] is not None:
            return []
        return [
            reached(one, _whole(found, programme), others.get((one.counts, programme.pk, area.pk)))
            for programme in _programmes_of(line, programmes)
            for one in planned.get((programme.pk, area.pk), [])
        ]

    return [
        _result(line, found, programmes, distinct.get((line, area.pk), Distinct()), targets(line))
        for line in ResultLine
    ]


def by_unit(area: Area, year: int, on: dt.date) -> list[tuple[Area, list[Result]]]:
    """Every line for each unit below an area; targets are left out. At most five queries."""
    units = units_below(area, on)
    if not units:
        return []
    level = AreaLevel(units[0].level)
    found = totals(year, branches=[area.inner_path], level=level, on=on)
    programmes = list(Programme.objects.all())
    distinct = _distinct(year, [area.inner_path], level, on, programmes)
    return [
        (
            unit,
            [
                _result(
                    line,
                    [one for one in found if one.area_id == unit.pk],
                    programmes,
                    distinct.get((line, unit.pk), Distinct()),
                    [],
                )
                for line in ResultLine
            ],
        )
        for unit in units
    ]


def _programmes_of(line: ResultLine, programmes: Sequence[Programme]) -> list[Programme]:
    kinds, __ = _ABOUT[line]
    return [one for one in programmes if one.kind in kinds]


def _whole(found: Sequence[Total], programme: Programme) -> Total | None:
    rows = [one for one in found if one.programme_id == programme.pk and one.ground is None]
    return rows[0] if rows else None


def _result(
    line: ResultLine,
    found: Sequence[Total],
    programmes: Sequence[Programme],
    distinct: Distinct,
    planned: list[Reached],
) -> Result:
    own = {one.pk for one in _programmes_of(line, programmes)}
    ground = _ABOUT[line][1]
    rows = [one for one in found if one.programme_id in own and one.ground == ground]
    return Result(
        line,
        sum(one.times for one in rows),
        sum(one.amount_vnd for one in rows),
        sum(one.without_amount for one in rows),
        distinct,
        planned,
    )


_DISTINCT = """
WITH lines AS MATERIALIZED (
  SELECT * FROM unnest(%(lines)s::text[], %(programmes)s::bigint[], %(grounds)s::text[])
    AS l(line, programme_id, ground)
), units AS MATERIALIZED (
  SELECT p.id, t.id AS area_id
  FROM households_area p JOIN households_area t ON t.level = %(level)s
    AND t.id = ANY(string_to_array(rtrim(p.path || p.id, '.'), '.')::bigint[])
  WHERE p.level IN ('COMMUNE', 'VILLAGE')
    AND EXISTS (SELECT 1 FROM unnest(%(branches)s::text[]) AS u(branch)
                WHERE starts_with(p.path || p.id || '.', u.branch))
), given AS MATERIALIZED (
  SELECT b.programme_id, u.area_id, coalesce(t.ground, '') AS ground, b.household_id, b.person_id,
    CASE WHEN b.household_id IS NULL THEN hashtextextended(
      concat_ws('|', b.commune_id, b.outside_birth_year, povreg_fold(b.outside_name)), 0)
    END AS outside
  FROM programs_benefit b JOIN units u ON u.id = coalesce(b.village_id, b.commune_id)
  LEFT JOIN programs_programmeterms t ON t.id = b.terms_id
  WHERE b.state = ANY(%(served)s) AND b.served_on BETWEEN %(first)s AND %(last)s
), newest AS MATERIALIZED (
  SELECT DISTINCT ON (s.household_id) s.household_id, s.no_labour
  FROM households_survey s
  WHERE s.household_id IN (SELECT household_id FROM given) AND s.state = 'COMPLETE'
    AND s.as_of <= %(last)s
  ORDER BY s.household_id, s.as_of DESC, s.id DESC
)
SELECT l.line, g.area_id, count(DISTINCT g.household_id),
  count(DISTINCT g.household_id) FILTER (WHERE n.no_labour),
  count(DISTINCT g.household_id) FILTER (WHERE n.no_labour IS NULL),
  count(DISTINCT g.person_id), count(DISTINCT g.outside)
FROM given g
JOIN lines l ON l.programme_id = g.programme_id AND (l.ground = '*' OR l.ground = g.ground)
LEFT JOIN newest n ON n.household_id = g.household_id
GROUP BY 1, 2
"""


def _distinct(
    year: int,
    branches: list[str],
    level: AreaLevel,
    on: dt.date,
    programmes: Sequence[Programme],
) -> dict[tuple[ResultLine, int], Distinct]:
    """Distinct recipients by line and unit of `level`. One query."""
    asked = [
        (line.value, programme.pk, _ABOUT[line][1] or "*")
        for line in ResultLine
        for programme in _programmes_of(line, programmes)
    ]
    with connection.cursor() as cursor:
        cursor.execute(
            _DISTINCT,
            {
                "lines": [one[0] for one in asked],
                "programmes": [one[1] for one in asked],
                "grounds": [one[2] for one in asked],
                "level": level.value,
                "branches": branches,
                "served": sorted(SERVED_STATES),
                "first": dt.date(year, 1, 1),
                "last": min(on, dt.date(year, 12, 31)),
            },
        )
        rows = cursor.fetchall()
    return {(ResultLine(line), area): Distinct(*rest) for line, area, *rest in rows}
