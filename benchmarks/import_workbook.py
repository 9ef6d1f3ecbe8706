"""Checking a review that comes as a workbook, against checking it as CSV and a bare reading.

The limit is the same review checked from its two CSV files, plus calamine reading every cell of the
workbook. Ours recognises the sheets, turns each cell into what the format writes, and checks the
same rows. Nothing is written; everything runs in one process, in paired rounds.
"""

import csv
import statistics
import tempfile
import time
from pathlib import Path
from typing import Final

import python_calamine
import xlsxwriter

from benchmarks import exchange_sample
from households.models import Household
from households.services import import_files, reference
from households.services.imports import import_review
from households.services.system_user import system_user

HOUSEHOLDS: Final = 20_000
ROUNDS: Final = 3
GOAL: Final = 1.3
YEAR: Final = 2024


def main() -> None:
    reference.load(by=system_user())
    if Household.objects.exists():
        raise SystemExit("This benchmark needs a home without households.")
    with tempfile.TemporaryDirectory() as folder:
        ratio = measure(Path(folder), HOUSEHOLDS)
    print(f"import_workbook: ratio {ratio:.2f} (goal {GOAL})")
    if ratio > GOAL:
        raise SystemExit(1)


def measure(folder: Path, households: int, rounds: int = ROUNDS) -> float:
    """Median of the paired ratios; prints times and rows per second."""
    _, members = exchange_sample.write(folder, households, year=YEAR, since=YEAR, seed="BENCH")
    book = _workbook(folder)
    _checked(folder)
    pairs = []
    for _round in range(rounds):
        bare = _bare_read(book)
        plain = _checked(folder)
        ours = _checked_workbook(book)
        pairs.append((bare + plain, ours))
        print(f"  calamine {bare:.2f} s, CSV {plain:.2f} s, workbook {ours:.2f} s")
    ours = statistics.median(one for _limit, one in pairs)
    print(f"{households:,} households, {members:,} members, {rounds} paired rounds")
    print(f"  workbook {ours:.2f} s ({(households + members) / ours:,.0f} rows/s)")
    return statistics.median(ours / limit for limit, ours in pairs)


def _workbook(folder: Path) -> Path:
    target = folder / "review.xlsx"
    book = xlsxwriter.Workbook(str(target), {"constant_memory": True})
    for name in ("households", "members"):
        sheet = book.add_worksheet(name)
        with (folder / f"{name}.csv").open(encoding="utf-8", newline="") as stream:
            for line, row in enumerate(csv.reader(stream)):
                for place, cell in enumerate(row):
                    if cell:
                        sheet.write_string(line, place, cell)
    book.close()
    return target


def _bare_read(book: Path) -> float:
    started = time.perf_counter()
    found = python_calamine.load_workbook(str(book))
    cells = sum(
        len(row) for name in found.sheet_names for row in found.get_sheet_by_name(name).iter_rows()
    )
    if not cells:
        raise AssertionError("nothing was read")
    return time.perf_counter() - started


def _checked(folder: Path) -> float:
    started = time.perf_counter()
    _run(folder / "households.csv", folder / "members.csv")
    return time.perf_counter() - started


def _checked_workbook(book: Path) -> float:
    started = time.perf_counter()
    with import_files.readable([book]) as (households, members):
        _run(households, members)
    return time.perf_counter() - started


def _run(households: Path, members: Path) -> None:
    result = import_review(
        households_path=households, members_path=members, commit=False, by=system_user()
    )
    if result.errors or not result.created:
        raise AssertionError(next(iter(result.errors), "no household"))
