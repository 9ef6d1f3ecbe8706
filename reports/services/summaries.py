"""Keeping the sums of communes: worked out anew where something changed."""

from collections.abc import Iterator, Sequence
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
WITH gone AS (DELETE FROM reports_classsummary WHERE summary_id = ANY(%(summaries)s))
DELETE FROM reports_ethnicsummary WHERE summary_id = ANY(%(summaries)s)
"""
#: The facts of a commune lie far apart: read once for both sums.
_SUMS = """
WITH facts AS MATERIALIZED (
  SELECT s.id AS summary_id, coalesce(a.poverty_class, '') AS class, a.settlement,
    a.ethnic_group_id, a.persons, a.is_minority, a.no_labour, a.merit, a.female_head,
    a.farm_household, a.deprivations, a.deprived_bits
  FROM reports_communesummary s JOIN households_assessment a
    ON a.round_id = s.round_id AND a.commune_id = s.commune_id AND a.standard_id = %(standard)s
  WHERE s.id = ANY(%(summaries)s)
), classes AS (
  INSERT INTO reports_classsummary (summary_id, standard_id, poverty_class, settlement, {names})
  SELECT summary_id, %(standard)s, class, settlement, {counts} FROM facts a GROUP BY 1, 3, 4
)
INSERT INTO reports_ethnicsummary
  (summary_id, standard_id, poverty_class, ethnic_group_id, households, persons)
SELECT summary_id, %(standard)s, class, ethnic_group_id, count(*), sum(persons)
FROM facts GROUP BY 1, 3, 4
"""
_STAMP = """
UPDATE reports_communesummary s SET mark_number = n.number, computed_at = now()
FROM unnest(%s::bigint[], %s::bigint[]) AS n(id, number) WHERE s.id = n.id
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
    if new := set(communes) - held.keys():
        CommuneSummary.objects.bulk_create(
            (CommuneSummary(round_id=round_id, commune_id=pk, mark_number=-1) for pk in new),
            ignore_conflicts=True,
        )
        held = _held(round_id, communes)
    of = Q(round_id=round_id, commune__in=communes)
    marks = dict(ChangeMark.objects.filter(of).values_list("commune_id", "number"))
    _write(round_id, list(held.values()))
    numbers = [marks.get(commune, 0) for commune in held]
    with connection.cursor() as cursor:
        cursor.execute(_STAMP, [list(held.values()), numbers])


def _held(round_id: int, communes: Sequence[int]) -> dict[int, int]:
    """Commune → its summary, locked before the mark is read, and the mark before the facts: a
    change that comes between has a higher mark than the one written down, so the sums count as old.
    """
    of = CommuneSummary.objects.filter(round_id=round_id, commune__in=communes)
    rows = of.select_for_update().order_by("commune_id")
    return dict(rows.values_list("commune_id", "pk"))


def _write(round_id: int, summaries: list[int]) -> None:
    parts = RoundStandard.objects.filter(round=round_id).select_related("standard")
    with connection.cursor() as cursor:
        cursor.execute(_GONE, {"summaries": summaries})
        for standard in [part.standard for part in parts]:
            columns = summing.class_columns(len(standards.rules_of(standard).indicators))
            given: dict[str, Any] = {"standard": standard.pk, "summaries": summaries}
            names, counts = ", ".join(columns), ", ".join(columns.values())
            cursor.execute(_SUMS.format(names=names, counts=counts), given)
