"""Keeping the sums of communes: worked out anew where something changed."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any, Final

from django.db import connection, transaction
from django.db.models import Q

from households.models import ChangeMark, RoundStandard
from households.services import job_locks, standards
from reports.models import CommuneSummary
from reports.queries import summing

#: The number of this job among advisory locks.
_JOB: Final = 7_321
#: Communes worked out in one transaction.
_A_PASS: Final = 100

_GONE = """
WITH gone AS (
  DELETE FROM reports_classsummary WHERE round_id = %(round)s AND commune_id = ANY(%(communes)s)
)
DELETE FROM reports_ethnicsummary WHERE round_id = %(round)s AND commune_id = ANY(%(communes)s)
"""
#: The facts of a commune lie far apart: read once for both sums.
_SUMS = """
WITH facts AS MATERIALIZED (
  SELECT a.round_id, a.commune_id, n.number AS mark_number, a.standard_id,
    coalesce(a.poverty_class, '') AS class, a.settlement, a.ethnic_group_id, a.persons,
    a.is_minority, a.no_labour, a.merit, a.female_head, a.farm_household, a.deprivations,
    a.deprived_bits
  FROM unnest(%(communes)s::bigint[], %(numbers)s::bigint[]) AS n(commune_id, number)
  JOIN households_assessment a ON a.round_id = %(round)s AND a.commune_id = n.commune_id
    AND a.standard_id = %(standard)s
), classes AS (
  INSERT INTO reports_classsummary
    (round_id, commune_id, mark_number, standard_id, poverty_class, settlement, {names})
  SELECT round_id, commune_id, mark_number, standard_id, class, settlement, {counts}
  FROM facts a GROUP BY 1, 2, 3, 4, 5, 6
)
INSERT INTO reports_ethnicsummary (round_id, commune_id, mark_number, standard_id, poverty_class,
  ethnic_group_id, households, persons)
SELECT round_id, commune_id, mark_number, standard_id, class, ethnic_group_id, count(*),
  sum(persons)
FROM facts GROUP BY 1, 2, 3, 4, 5, 6
"""
_STAMP = """
UPDATE reports_communesummary s SET mark_number = n.number, computed_at = now()
FROM unnest(%(communes)s::bigint[], %(numbers)s::bigint[]) AS n(commune_id, number)
WHERE s.round_id = %(round)s AND s.commune_id = n.commune_id
"""


def refresh_changed() -> int:
    """Add up anew what changed since; gives how many communes. Repeating it does no harm; another
    run at work is left to it. Figures are right without it, only slower."""
    with job_locks.held(_JOB, 0) as is_mine:
        if not is_mine:
            return 0
        changed = _changed()
        for round_id, rows in groupby(changed, key=lambda row: row[0]):
            for some in _passes([commune for __, commune in rows]):
                refresh(round_id=round_id, communes=some)
        return len(changed)


def _changed() -> list[tuple[int, int]]:
    """Round and commune of each mark that no summary has reached."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT m.round_id, m.commune_id FROM households_changemark m"
            " LEFT JOIN reports_communesummary s USING (round_id, commune_id)"
            " WHERE s.mark_number IS DISTINCT FROM m.number ORDER BY 1, 2"
        )
        found: list[tuple[int, int]] = cursor.fetchall()
        return found


def _passes(communes: list[int]) -> Iterator[list[int]]:
    for start in range(0, len(communes), _A_PASS):
        yield communes[start : start + _A_PASS]


@transaction.atomic
def refresh(*, round_id: int, communes: Sequence[int]) -> None:
    """Add up the results of these communes in a round, under each of its standards."""
    held = _held(round_id, communes)
    if new := set(communes) - held:
        CommuneSummary.objects.bulk_create(
            (CommuneSummary(round_id=round_id, commune_id=pk, mark_number=-1) for pk in new),
            ignore_conflicts=True,
        )
        held = _held(round_id, communes)
    of = Q(round_id=round_id, commune__in=communes)
    marks = dict(ChangeMark.objects.filter(of).values_list("commune_id", "number"))
    numbers = {commune: marks.get(commune, 0) for commune in held}
    _write(round_id, numbers)


def _held(round_id: int, communes: Sequence[int]) -> set[int]:
    """Communes that have a summary, which is locked before the mark is read, and the mark before
    the facts: a change that comes between has a higher mark than the one written down, so the sums
    count as old."""
    of = CommuneSummary.objects.filter(round_id=round_id, commune__in=communes)
    return set(of.select_for_update().order_by("commune_id").values_list("commune_id", flat=True))


def _write(round_id: int, marks: Mapping[int, int]) -> None:
    parts = RoundStandard.objects.filter(round=round_id).select_related("standard")
    given: dict[str, Any] = {
        "round": round_id,
        "communes": list(marks),
        "numbers": list(marks.values()),
    }
    with connection.cursor() as cursor:
        cursor.execute(_GONE, given)
        for standard in [part.standard for part in parts]:
            columns = summing.class_columns(len(standards.rules_of(standard).indicators))
            names, counts = ", ".join(columns), ", ".join(columns.values())
            sums = _SUMS.format(names=names, counts=counts)
            cursor.execute(sums, given | {"standard": standard.pk})
        cursor.execute(_STAMP, given)
