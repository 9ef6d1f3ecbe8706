"""A bank's list of loans taken in, against the bare COPY of the rows it writes into the benefits.

Rows are read from the file, matched to households, judged by every rule (ground on the day, area,
ceiling, on record already) and recorded with the act; the list's own rows are kept beside. The
limit writes the same benefits by COPY, with the same constraints checked. Days are spread over a
year. Everything is taken back.
"""

import io
import statistics
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from django.db import connection, transaction
from django.test.utils import override_settings

from benchmarks import benefit_sample, benefit_year
from benchmarks.benefit_sample import Sample
from benchmarks.benefit_year import Row
from households.services import reference
from households.services.system_user import system_user
from programs.choices.benefit_lists import ListState
from programs.models import Benefit
from programs.services.benefit_lists import batches

#: Rows, and how often each size is measured.
SIZES: Final = {20_000: 3, 100_000: 1}
GOAL: Final = 8.0
_COLUMNS: Final = ", ".join(
    str(one.column) for one in Benefit._meta.concrete_fields if one.column != "act_id"
)


def main() -> None:
    worst = 0.0
    with (
        tempfile.TemporaryDirectory() as folder,
        override_settings(POVREG_TODAY=benefit_year.TODAY, POVREG_IMPORTS=Path(folder)),
        transaction.atomic(),
    ):
        reference.load(by=system_user())
        made = benefit_sample.sample(1)
        for size, rounds in SIZES.items():
            worst = max(worst, measure(made, size, rounds))
        transaction.set_rollback(True)
    print(f"import_benefits: ratio {worst:.2f} (goal {GOAL})")
    if worst > GOAL:
        raise SystemExit(1)


def measure(made: Sample, size: int, rounds: int) -> float:
    """Median of the paired ratios; prints seconds."""
    listed = benefit_year.sent(made, "loan", _rows(made, size))
    pairs = []
    for _round in range(rounds):
        point = transaction.savepoint()
        started = time.perf_counter()
        batches.read_now(listed, commit=True)
        ours = time.perf_counter() - started
        if listed.state != ListState.WRITTEN or listed.counts["times"] != size:
            raise AssertionError(f"{listed.counts} {listed.failure}")
        written = _copied_out()
        transaction.savepoint_rollback(point)
        limit = _copied_in(written)
        pairs.append((limit, ours))
        print(f"  {size:,} rows: COPY {limit:.2f} s, taken in {ours:.2f} s")
    return statistics.median(ours / limit for limit, ours in pairs)


def _rows(made: Sample, size: int) -> Iterator[Row]:
    yield ["Mã hộ", "Họ tên", "Số tiền", "Ngày giải ngân", "Số khế ước"]
    everybody = [one for whose in made.households.values() for one in whose]
    for at in range(size):
        who = everybody[at % len(everybody)]
        day = benefit_year.paid_on(at)
        code = benefit_year.code_of(made, who)
        yield [code, f"Người Thử {who} 0", 30_000_000, f"{day:%d/%m/%Y}", f"KU{at}"]


def _copied_out() -> bytes:
    with connection.cursor() as cursor:
        out = io.BytesIO()
        cursor.copy_expert(f"COPY programs_benefit ({_COLUMNS}) TO STDOUT", out)
        return out.getvalue()


def _copied_in(written: bytes) -> float:
    point = transaction.savepoint()
    with connection.cursor() as cursor:
        started = time.perf_counter()
        cursor.copy_expert(f"COPY programs_benefit ({_COLUMNS}) FROM STDIN", io.BytesIO(written))
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        seconds = time.perf_counter() - started
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")
    transaction.savepoint_rollback(point)
    return seconds
