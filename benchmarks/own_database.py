"""A database beside the home's own that keeps its rows from one run of a benchmark to the next.

What takes minutes to fill is filled once. The database carries a mark of what it holds; another
mark, after the filling code has changed or for another size, makes it anew. It is thrown away with
the home, or by `DROP DATABASE`, and the home's own register stays as empty as it was.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path

from django.core.management import call_command
from django.db import connection, transaction

#: Without these an index over the rows stays, and is written row by row: those that rows point at.
_INDEXES = """
SELECT i.indrelid::regclass::text, i.indexrelid::regclass::text, c.conname,
  pg_get_constraintdef(c.oid), pg_get_indexdef(i.indexrelid)
FROM pg_index i LEFT JOIN pg_constraint c ON c.conindid = i.indexrelid AND c.contype IN ('u', 'x')
WHERE NOT i.indisprimary AND i.indrelid = ANY(%s::regclass[])
ORDER BY i.indexrelid
"""


def mark_of(*sources: str, size: int) -> str:
    """What a filled database is told by: the code that fills it (files), and how much."""
    told = "".join(Path(one).read_text(encoding="utf-8") for one in sources)
    return f"{size} {sha256(told.encode()).hexdigest()[:16]}"


@contextmanager
def kept(name: str, mark: str, fill: Callable[[], None], *, like: str = "") -> Iterator[None]:
    """Inside, the connection reads the database called so, filled by `fill`; it begins empty, or as
    the one called `like` is, which has to be there. It is brought up to date like any other, and
    its rows are as the last run left them."""
    home = connection.settings_dict["NAME"]
    own = f"{home}_bench_{name}"
    is_filled = _mark(own) == mark
    if not is_filled:
        _anew(own, f"{home}_bench_{like}" if like else "template1")
    connection.close()
    connection.settings_dict["NAME"] = own
    try:
        call_command("migrate", interactive=False, verbosity=0)
        if not is_filled:
            with transaction.atomic():
                fill()
            with connection.cursor() as cursor:
                # What was copied may be full of holes now.
                cursor.execute("VACUUM (FULL, ANALYZE)" if like else "VACUUM (ANALYZE)")
                cursor.execute(f"COMMENT ON DATABASE {own} IS %s", [mark])
                cursor.execute("CHECKPOINT")
        yield
    finally:
        connection.close()
        connection.settings_dict["NAME"] = home


def _mark(database: str) -> str:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = %s",
            [database],
        )
        row = cursor.fetchone()
    return (row[0] or "") if row else ""


def _anew(database: str, like: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"DROP DATABASE IF EXISTS {database}")
        cursor.execute(f"CREATE DATABASE {database} TEMPLATE {like}")


@contextmanager
def indexes_after(tables: list[str]) -> Iterator[None]:
    """Inside, these tables have no index but their primary keys and no constraint that needs one;
    at the end all are as they were. In the caller's transaction."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL maintenance_work_mem = '512MB'")
        cursor.execute(_INDEXES, [[f"households_{one}" for one in tables]])
        indexes = cursor.fetchall()
        for table, index, constraint, __, __ in indexes:
            if constraint:
                cursor.execute(f"ALTER TABLE {table} DROP CONSTRAINT {constraint}")
            else:
                cursor.execute(f"DROP INDEX {index}")
    yield
    with connection.cursor() as cursor:
        for table, __, constraint, rule, definition in indexes:
            if constraint:
                cursor.execute(f"ALTER TABLE {table} ADD CONSTRAINT {constraint} {rule}")
            else:
                cursor.execute(definition)
