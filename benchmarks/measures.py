"""Measures of a file of a million rows, and of the register, against bare reading of the same.

The file has 12 indicators, a region and a sample weight. The limits: csv reading its rows and doing
nothing with them, and the bare GROUP BY of the results by pattern. Everything is taken back.
"""

import csv
import random
import statistics
import tempfile
import time
import tracemalloc
from collections.abc import Callable, Sequence
from fractions import Fraction
from pathlib import Path
from typing import Final

from django.db import connection, transaction

from households.models import PovertyStandard, ReviewRound
from households.services import reference
from households.services.system_user import system_user
from reports.exchange import deprivation_files
from reports.measures import Scheme
from reports.queries.measures import Cut, measured
from tests.factories import areas, reviews

GOAL: Final = 8.0
#: The drawn results are the worst case: nearly every household has a pattern of its own.
REGISTER_GOAL: Final = 8.0
ROWS: Final = 1_000_000
#: Households of the demonstration's province, in so many communes.
RESULTS: Final = 82_000
COMMUNES: Final = 108
TRIES: Final = 3
_CODES: Final = [f"i{n}" for n in range(12)]
_SCHEME: Final = Scheme.of(_CODES, [Fraction(1)] * 12, Fraction(1, 4))
_FILL = """
INSERT INTO households_assessment
  (survey_id, standard_id, poverty_class, deprived_bits, unknown_bits, deprivations, round_id,
   commune_id, village_id, settlement, persons, scored_at)
SELECT -i, %(standard)s, 'POOR', (random() * 4095)::int & (random() * 4095)::int, 0, 0, %(round)s,
  (%(communes)s::bigint[])[1 + i %% %(count)s], (%(villages)s::bigint[])[1 + i %% %(count)s],
  'RURAL', 1 + i %% 6, now()
FROM generate_series(1, %(results)s) i
"""
_BARE = """
SELECT commune_id, deprived_bits, count(*), sum(persons) FROM households_assessment
WHERE round_id = %s AND standard_id = %s GROUP BY 1, 2
"""


def main() -> None:
    reference.load(by=system_user())
    plain, weighted = of_file(ROWS)
    with transaction.atomic():
        register = of_register(RESULTS, COMMUNES)
        transaction.set_rollback(True)
    print(f"measures: with sample weights {weighted:.2f}; of the register {register:.2f}")
    print(f"measures: ratio {plain:.2f} (goal {GOAL})")
    if plain > GOAL or register > REGISTER_GOAL:
        raise SystemExit(1)


def of_file(rows: int, tries: int = TRIES) -> tuple[float, float]:
    """Ratios to the bare read: by region; by region with sample weights."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "rows.csv"
        _write(path, rows)
        bare = _seconds(lambda: _read(path), tries)
        plain = _seconds(lambda: deprivation_files.measured(path, _SCHEME, by="region"), tries)
        weighted = _seconds(
            lambda: deprivation_files.measured(path, _SCHEME, by="region", weight="w"), tries
        )
        tracemalloc.start()
        # Tracing slows reading down, and memory is the same after a tenth.
        _write(path, rows // 10)
        deprivation_files.measured(path, _SCHEME, by="region", weight="w")
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
    print(f"{rows} rows: bare {bare:.2f} s, measured {plain:.2f} s, weighted {weighted:.2f} s")
    print(f"  memory at most {peak / 2**20:.0f} MB")
    return plain / bare, weighted / bare


def of_register(results: int, communes: int, tries: int = 15) -> float:
    """Ratio of all measures by commune to the bare GROUP BY."""
    round, standard = _filled(results, communes)

    def bare() -> None:
        with connection.cursor() as cursor:
            cursor.execute(_BARE, [round.pk, standard.pk])
            cursor.fetchall()

    limit = _seconds(bare, tries)
    ours = _seconds(
        lambda: measured(round=round, standard=standard, branches=None, cut=Cut.COMMUNE), tries
    )
    print(f"{results} results: bare {1000 * limit:.0f} ms, measures {1000 * ours:.0f} ms")
    return ours / limit


def _write(path: Path, rows: int) -> None:
    drawn = random.Random(1)  # noqa: S311 - drawn numbers, no secrets
    with path.open("w", encoding="utf-8", newline="") as stream:
        out = csv.writer(stream)
        out.writerow([*_CODES, "region", "w"])
        for __ in range(rows):
            bits = drawn.getrandbits(12) & drawn.getrandbits(12)
            cells: Sequence[int] = [bits >> at & 1 for at in range(12)]
            out.writerow([*cells, f"Vùng {bits % 6}", f"{drawn.randint(1, 9999) / 100}"])


def _read(path: Path) -> None:
    with path.open(encoding="utf-8", newline="") as stream:
        for __ in csv.reader(stream):
            pass


def _filled(results: int, communes: int) -> tuple[ReviewRound, PovertyStandard]:
    province = areas.province("99", "Tỉnh Đo")
    units = [areas.commune(province, f"99{n:03d}", f"Xã {n}") for n in range(communes)]
    villages = [areas.village(one) for one in units]
    standard = reviews.standard()
    round = reviews.periodic(province, 2023, standard)
    round.covers_all_residents = True
    round.save()
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute(
            _FILL,
            {
                "standard": standard.pk,
                "round": round.pk,
                "communes": [one.pk for one in units],
                "villages": [one.pk for one in villages],
                "count": communes,
                "results": results,
            },
        )
        cursor.execute("SET LOCAL session_replication_role = origin")
        cursor.execute("ANALYZE households_assessment")
    return round, standard


def _seconds(act: Callable[[], object], tries: int) -> float:
    """Median; one try before them warms up."""
    act()
    taken = []
    for __ in range(tries):
        started = time.perf_counter()
        act()
        taken.append(time.perf_counter() - started)
    return statistics.median(taken)
