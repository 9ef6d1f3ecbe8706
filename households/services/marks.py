"""Marks that tell figures which communes changed; set in the act's own transaction."""

from collections.abc import Iterable

from django.db import connection


def mark_changed(*, round_id: int, commune_ids: Iterable[int]) -> None:
    """Mark communes of a round as changed. One statement, whatever their number.

    Sorted, so that two transactions marking the same communes wait instead of deadlocking.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            """
            INSERT INTO households_changemark (round_id, commune_id, number, changed_at)
            SELECT %s, commune_id, 1, now()
            FROM unnest(%s::bigint[]) AS commune_id
            ORDER BY commune_id
            ON CONFLICT (round_id, commune_id)
            DO UPDATE SET number = households_changemark.number + 1, changed_at = now()
            """,
            [round_id, sorted(set(commune_ids))],
        )
