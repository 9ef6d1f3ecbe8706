"""What many tests begin with is built once a process; the next test gets the same rows and objects.

Only the building is spared: each test has its own copy in its own transaction, to do with as it
likes. Built anew wherever that would not be the same: where rows are there already, where the test
commits, or on another day or in another language.
"""

import io
import pickle
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from django.conf import settings
from django.core.cache import cache
from django.db import connection
from django.utils import translation

T = TypeVar("T")
#: Rows that a migrated, empty database has.
_MIGRATED = {"django_migrations", "django_content_type", "auth_permission"}
_COLUMNS = """
SELECT c.relname, string_agg(quote_ident(a.attname), ', ' ORDER BY a.attnum)
FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r' AND NOT (c.relname = ANY(%s))
  AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = ''
GROUP BY c.relname ORDER BY c.relname
"""


@dataclass(frozen=True)
class _Kept:
    rows: dict[str, bytes]
    files: dict[Path, bytes]
    result: bytes


class _Memory:
    """Of this process, whose database keeps its sequences beyond what was built."""

    def __init__(self) -> None:
        self.kept: dict[tuple[object, ...], _Kept] = {}
        self.columns: dict[str, str] = {}
        self.is_building = False


_memory = _Memory()


def remembered(build: Callable[..., T], *, files_in: Path | None = None, **given: Hashable) -> T:
    """What `build` makes of `given`; it hangs on nothing else but the day and the language, and
    writes nothing but rows, and files into the empty folder `files_in`. Cost after the first time:
    one statement a table written."""
    if _memory.is_building or not connection.in_atomic_block or not _is_empty():
        return build(**given)
    key = (
        build, *given.items(),
        settings.POVREG_TODAY, settings.LANGUAGE_CODE, translation.get_language(),
    )  # fmt: skip
    kept = _memory.kept.get(key)
    if kept is None:
        found = _build(build, given)
        _memory.kept[key] = _Kept(_read(), _files(files_in), pickle.dumps(found))
        return found
    cache.clear()  # Rows have the numbers that those of another test had.
    _write(kept.rows)
    for path, content in kept.files.items():
        assert files_in is not None
        (files_in / path).parent.mkdir(parents=True, exist_ok=True)
        (files_in / path).write_bytes(content)
    return pickle.loads(kept.result)


def _build(build: Callable[..., T], given: dict[str, Hashable]) -> T:
    _memory.is_building = True
    try:
        return build(**given)
    finally:
        _memory.is_building = False


def _files(folder: Path | None) -> dict[Path, bytes]:
    found = [path for path in folder.rglob("*") if path.is_file()] if folder else []
    return {path.relative_to(folder): path.read_bytes() for path in found if folder}


def _columns() -> dict[str, str]:
    """Columns of each table that a test may write, as SQL."""
    if not _memory.columns:
        with connection.cursor() as cursor:
            cursor.execute(_COLUMNS, [list(_MIGRATED)])
            _memory.columns = dict(cursor.fetchall())
    return _memory.columns


def _is_empty() -> bool:
    return not _written()


def _written() -> list[str]:
    """The tables with rows. One statement."""
    parts = [f"SELECT '{table}' WHERE EXISTS (SELECT FROM \"{table}\")" for table in _columns()]
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(parts))
        return [row[0] for row in cursor.fetchall()]


def _read() -> dict[str, bytes]:
    found = {}
    with connection.cursor() as cursor:
        for table in _written():
            out = io.BytesIO()
            cursor.copy_expert(f'COPY "{table}" ({_columns()[table]}) TO STDOUT', out)
            found[table] = out.getvalue()
    return found


def _write(rows: dict[str, bytes]) -> None:
    """Triggers and foreign keys said yes to these rows when they were built."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        for table, lines in rows.items():
            cursor.copy_expert(
                f'COPY "{table}" ({_columns()[table]}) FROM STDIN', io.BytesIO(lines)
            )
        cursor.execute("SET LOCAL session_replication_role = origin")
