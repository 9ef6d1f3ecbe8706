"""A lock of the database session for one run of a job: a second worker finds it taken, and a killed
one lets it go with its session."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from django.db import connection

#: Numbers of the kinds of jobs among advisory locks.
IMPORTS: Final = 7_301
RETURNS: Final = 7_302
EXPORTS: Final = 7_303
REPORTS: Final = 7_304
WEBHOOKS: Final = 7_305
MAP: Final = 7_306


@contextmanager
def held(kind: int, pk: int) -> Iterator[bool]:
    """Whether this session has the row of that kind of job to itself, until the block ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s, %s)", [kind, pk])
        is_mine = bool(cursor.fetchone()[0])
    try:
        yield is_mine
    finally:
        if is_mine:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(%s, %s)", [kind, pk])


def wait_until_commit(kind: int) -> None:
    """Have that kind of job to oneself until the transaction ends; whoever comes second waits."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, 0)", [kind])


def taken(kind: int) -> set[int]:
    """Keys of the rows of that kind of job that a session has to itself now. One statement."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT objid::bigint FROM pg_locks WHERE locktype = 'advisory' AND classid = %s"
            " AND objsubid = 2 AND granted AND database ="
            " (SELECT oid FROM pg_database WHERE datname = current_database())",
            [kind],
        )
        return {int(pk) for (pk,) in cursor.fetchall()}
