"""Keeping the sums of communes: worked out anew where something changed."""

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Any, Final

from django.db import connection, transaction
from django.db.models import Q

from households.models import ChangeMark, RoundStandard
from households.services import job_locks, standards
from reports.models import ClassSummary, CommuneSummary, EthnicSummary
from reports.queries import summing

#: The number of this job among advisory locks.
_JOB: Final = 7_321
#: Communes worked out in one transaction.
_A_PASS: Final = 100

_CLASSES = """
INSERT INTO reports_classsummary (summary_id, standard_id, poverty_class, settlement, {names})
SELECT s.id, a.standard_id, coalesce(a.poverty_class, ''), a.settlement, {counts}
FROM reports_communesummary s JOIN households_assessment a
  ON a.round_id = s.round_id AND a.commune_id = s.commune_id AND a.standard_id = %(standard)s
WHERE s.id = ANY(%(summaries)s)
GROUP BY 1, 2, 3, 4
"""
_ETHNIC = """
INSERT INTO reports_ethnicsummary
  (summary_id, standard_id, poverty_class, ethnic_group_id, households, persons)
SELECT s.id, a.standard_id, coalesce(a.poverty_class, ''), a.ethnic_group_id,
  count(*), sum(a.persons)
FROM reports_communesummary s JOIN households_assessment a
  ON a.round_id = s.round_id AND a.commune_id = s.commune_id AND a.standard_id = %(standard)s
WHERE s.id = ANY(%(summaries)s)
GROUP BY 1, 2, 3, 4
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
    CommuneSummary.objects.bulk_create(
        (CommuneSummary(round_id=round_id, commune_id=pk, mark_number=-1) for pk in communes),
        ignore_conflicts=True,
    )
    # Locked before the mark is read, and the mark before the facts: a change that comes between
    # has a higher mark than the one written down, so the sums count as old.
    of = Q(round_id=round_id, commune__in=communes)
    rows = CommuneSummary.objects.select_for_update().filter(of).order_by("commune_id")
    held = {one.commune_id: one for one in rows}
    marks = dict(ChangeMark.objects.filter(of).values_list("commune_id", "number"))
    _write(round_id, [one.pk for one in held.values()])
    numbers = [marks.get(commune, 0) for commune in held]
    with connection.cursor() as cursor:
        cursor.execute(_STAMP, [[one.pk for one in held.values()], numbers])


def _write(round_id: int, summaries: list[int]) -> None:
    ClassSummary.objects.filter(summary__in=summaries).delete()
    EthnicSummary.objects.filter(summary__in=summaries).delete()
    parts = RoundStandard.objects.filter(round=round_id).select_related("standard")
    with connection.cursor() as cursor:
        for standard in [part.standard for part in parts]:
            columns = summing.class_columns(len(standards.rules_of(standard).indicators))
            given: dict[str, Any] = {"standard": standard.pk, "summaries": summaries}
            statement = _CLASSES.format(
                names=", ".join(columns), counts=", ".join(columns.values())
            )
            cursor.execute(statement, given)
            cursor.execute(_ETHNIC, given)
