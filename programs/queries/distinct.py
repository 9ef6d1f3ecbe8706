"""Distinct recipients of the lines of a year, which hold several programmes, and pupils by level,
beside the totals."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db import connection

from programs.choices.results import ResultLine
from programs.queries.pupils import LEVELS, AtLevel, at_level
from programs.queries.reach import Reach
from programs.queries.totals import GIVEN, SUMMED, Total, values_of


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


#: A line with one of its programmes, and the ground it is about (None: any).
Asked = tuple[ResultLine, int, str | None]

_STATEMENT = f"""{GIVEN}, lines AS MATERIALIZED (
  SELECT * FROM unnest(%(lines)s::text[], %(programmes)s::bigint[], %(grounds)s::text[])
    AS l(line, programme_id, ground)
), newest AS MATERIALIZED (
  SELECT DISTINCT ON (s.household_id) s.household_id, s.no_labour
  FROM households_survey s
  WHERE s.household_id IN (SELECT household_id FROM given) AND s.state = 'COMPLETE'
    AND s.as_of <= %(last)s
  ORDER BY s.household_id, s.as_of DESC, s.id DESC
)
SELECT '', summed.*, NULL::text FROM ({SUMMED}) summed
UNION ALL {LEVELS}
UNION ALL
SELECT l.line, NULL, u.area_id, NULL, NULL, count(DISTINCT g.household_id),
  count(DISTINCT g.household_id) FILTER (WHERE n.no_labour),
  count(DISTINCT g.household_id) FILTER (WHERE n.no_labour IS NULL),
  count(DISTINCT g.person_id), count(DISTINCT g.outside), NULL, NULL
FROM given g JOIN units u ON u.id = g.place_id
JOIN lines l ON l.programme_id = g.programme_id AND (l.ground = '*' OR l.ground = g.ground)
LEFT JOIN newest n ON n.household_id = g.household_id
GROUP BY 1, 3
"""


@dataclass(frozen=True)
class YearCount:
    """What a year came to: totals, distinct recipients by line and unit, pupils by level."""

    totals: list[Total]
    distinct: dict[tuple[ResultLine, int], Distinct]
    levels: list[AtLevel]


def year_count(
    year: int,
    units: Sequence[Reach],
    on: dt.date,
    lines: Iterable[Asked],
    places: Sequence[int] | None = None,
) -> YearCount:
    """`lines`: of each line its programmes, one by one, with the ground it is about (None: any);
    `places` as in values_of. One query, one pass over the benefits."""
    asked = list(lines)
    values = values_of(year, units, on, places=places) | {
        "lines": [line.value for line, _programme, _ground in asked],
        "programmes": [programme for _line, programme, _ground in asked],
        "grounds": [ground or "*" for _line, _programme, ground in asked],
    }
    found = YearCount([], {}, [])
    with connection.cursor() as cursor:
        cursor.execute(_STATEMENT, values)
        for row in cursor.fetchall():
            if row[11] is not None:
                found.levels.append(at_level(row))
            elif row[0]:
                found.distinct[ResultLine(row[0]), row[2]] = Distinct(*row[5:10])
            else:
                found.totals.append(Total(*row[1:11]))
    return found
