"""Importing a review against the bare COPY of the rows it writes.

The limit copies exactly those rows into the same tables, with their keys, foreign keys, indexes
and constraints (history is kept of updates and deletes only, so it costs neither side anything).
Both run against an empty register, up to the check of the last foreign key, and are taken back;
the import reads the two CSV files, checks, scores, and follows the register on the way.
"""

import resource
import statistics
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final

from django.db import connection, transaction

from benchmarks import exchange_sample
from households.models import Household
from households.services import reference
from households.services.imports import import_review
from households.services.system_user import system_user

HOUSEHOLDS: Final = 20_000
ROUNDS: Final = 3
GOAL: Final = 3.0
YEAR: Final = 2024

#: Every table that an import writes rows of its file to, in the order of their references.
TABLES: Final = (
    "area", "areatrait", "reviewround", "communereview", "villagereview", "household",
    "householdkey", "person", "personkey", "survey", "surveymember", "membership", "residence",
    "assessment",
)  # fmt: skip


def main() -> None:
    reference.load(by=system_user())
    if Household.objects.exists():
        raise SystemExit("This benchmark needs a home without households.")
    with tempfile.TemporaryDirectory() as folder:
        ratio = measure(Path(folder), HOUSEHOLDS)
    print(f"import_review: ratio {ratio:.2f} (goal {GOAL})")
    if ratio > GOAL:
        raise SystemExit(1)


def measure(folder: Path, households: int, rounds: int = ROUNDS) -> float:
    """Median of the paired ratios; prints times, rows per second and memory."""
    _, members = exchange_sample.write(folder, households, year=YEAR, since=YEAR, seed="BENCH")
    taken_back(TABLES, lambda: write_and_keep(TABLES, folder, lambda: import_files(folder)))
    pairs = []
    for _ in range(rounds):
        limit = taken_back(TABLES, lambda: copy_kept(TABLES, folder))
        ours = taken_back(TABLES, lambda: import_files(folder))
        pairs.append((limit, ours))
        print(f"  COPY {limit:.2f} s, import {ours:.2f} s")
    limit, ours = (statistics.median(times) for times in zip(*pairs, strict=True))
    peak_mb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{households:,} households, {members:,} members, {rounds} paired rounds")
    print(f"  COPY of the rows {limit:.2f} s ({members / limit:,.0f} members/s)")
    print(f"  import {ours:.2f} s ({members / ours:,.0f} members/s), {peak_mb:.0f} MB at most")
    return statistics.median(ours / limit for limit, ours in pairs)


def taken_back(tables: Sequence[str], work: Callable[[], float]) -> float:
    """Run, undo, and clear what the undone rows left in the tables."""
    with transaction.atomic():
        seconds = work()
        transaction.set_rollback(True)
    with connection.cursor() as cursor:
        for table in tables:
            cursor.execute(f"VACUUM FULL households_{table}")
        cursor.execute("CHECKPOINT")
    return seconds


def import_files(folder: Path) -> float:
    started = time.perf_counter()
    result = import_review(
        households_path=folder / "households.csv",
        members_path=folder / "members.csv",
        commit=True,
        by=system_user(),
    )
    seconds = time.perf_counter() - started
    if not result.committed:
        raise AssertionError(next(iter(result.errors)))
    return seconds


def write_and_keep(tables: Sequence[str], folder: Path, write: Callable[[], float]) -> float:
    """Import once and keep the rows that this wrote, table by table."""
    with connection.cursor() as cursor:
        before = {table: last_id(table) for table in tables}
        seconds = write()
        for table in tables:
            columns = ", ".join(_stored_columns(table))
            with _kept(folder, table).open("w", encoding="utf-8") as stream:
                cursor.copy_expert(
                    f"COPY (SELECT {columns} FROM households_{table} WHERE id > {before[table]}"
                    " ORDER BY id) TO STDOUT",
                    stream,
                )
    return seconds


def copy_kept(tables: Sequence[str], folder: Path) -> float:
    """Bare COPY of the kept rows, up to the check of the last foreign key."""
    started = time.perf_counter()
    with connection.cursor() as cursor:
        for table in tables:
            columns = ", ".join(_stored_columns(table))
            with _kept(folder, table).open(encoding="utf-8") as stream:
                cursor.copy_expert(f"COPY households_{table} ({columns}) FROM STDIN", stream)
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    return time.perf_counter() - started


def _kept(folder: Path, table: str) -> Path:
    return folder / f"{table}.copy"


def last_id(table: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT coalesce(max(id), 0) FROM households_{table}")
        last: int = cursor.fetchone()[0]
    return last


def _stored_columns(table: str) -> list[str]:
    """Columns that are not computed by the database."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT attname FROM pg_attribute WHERE attrelid = %s::regclass AND attnum > 0"
            " AND NOT attisdropped AND attgenerated = '' ORDER BY attnum",
            [f"households_{table}"],
        )
        return [name for (name,) in cursor.fetchall()]
