"""A round's forms taken out as a workbook, against XlsxWriter's constant-memory write of its cells.

An invented review is imported (and taken back at the end), then written to an .xlsx with both
sheets. The limit is handed the same rows as ready lists, read once before, and only writes them.
"""

import resource
import statistics
import tempfile
import time
from pathlib import Path
from typing import Final

import xlsxwriter
from django.db import connection, transaction

from benchmarks import exchange_sample
from households.exchange import review_files, review_rows
from households.exchange.review_rows import Row, Scope
from households.models import Household, ReviewRound
from households.services import reference, review_exports
from households.services.imports import import_review
from households.services.system_user import system_user

HOUSEHOLDS: Final = 5_000
ROUNDS: Final = 3
GOAL: Final = 0.5
YEAR: Final = 2024


def main() -> None:
    reference.load(by=system_user())
    if Household.objects.exists():
        raise SystemExit("This benchmark needs a home without households.")
    with tempfile.TemporaryDirectory() as folder:
        ratio = measure(Path(folder), HOUSEHOLDS)
    print(f"review_export: ratio {ratio:.2f} (goal {GOAL})")
    if ratio > GOAL:
        raise SystemExit(1)


def measure(folder: Path, households: int, rounds: int = ROUNDS) -> float:
    """Median of the paired ratios; prints times, rows per second and memory."""
    exchange_sample.write(folder, households, year=YEAR, since=YEAR, seed="BENCH")
    with transaction.atomic():
        paths = {
            "households_path": folder / "households.csv",
            "members_path": folder / "members.csv",
        }
        assert import_review(**paths, commit=True, by=system_user()).created == households
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")  # as the server does by itself, a minute later
        ratio = _measured(folder, rounds)
        transaction.set_rollback(True)
    return ratio


def _measured(folder: Path, rounds: int) -> float:
    round = ReviewRound.objects.select_related("province").get(year=YEAR)
    scope = review_exports.scope_of(round=round, area=round.province)
    path = folder / "ours.xlsx"
    before_mb = _peak_mb()
    review_files.write_workbook(path, scope, with_numbers=True)
    grown_mb = _peak_mb() - before_mb
    rows = _read(scope)
    pairs = []
    for _ in range(rounds):
        started = time.perf_counter()
        _write_by_xlsxwriter(folder / "limit.xlsx", rows)
        limit = time.perf_counter() - started
        started = time.perf_counter()
        review_files.write_workbook(path, scope, with_numbers=True)
        ours = time.perf_counter() - started
        pairs.append((limit, ours))
        print(f"  XlsxWriter {limit:.2f} s, taken out {ours:.2f} s")
    count, members = review_rows.counted(scope)
    print(f"  {count:,} households, {members:,} members; memory grew {grown_mb:.0f} MB")
    return statistics.median(ours / limit for limit, ours in pairs)


def _read(scope: Scope) -> dict[str, list[Row]]:
    return {
        "households": list(review_rows.household_rows(scope)),
        "members": list(review_rows.member_rows(scope, with_numbers=True)),
    }


def _write_by_xlsxwriter(path: Path, rows: dict[str, list[Row]]) -> None:
    book = xlsxwriter.Workbook(str(path), {"constant_memory": True})
    for name, lines in rows.items():
        sheet = book.add_worksheet(name)
        for number, cells in enumerate(lines):
            sheet.write_row(number, 0, cells)
    book.close()


def _peak_mb() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
