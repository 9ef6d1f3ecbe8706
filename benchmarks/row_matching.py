"""100,000 rows of a sheet matched to the persons of a province with 400,000.

Half of them name their person by the personal number, a quarter by the household's code with the
name, a quarter by name and birth date alone. The limit is COPY of the same cells and one join of
them by the number alone: what nobody does faster who looks at each row at all. Everything is taken
back at the end.
"""

import io
import statistics
import time
from collections import Counter
from typing import Final

from django.db import connection, transaction

from benchmarks.household_list import fill, villages_of_a_province
from households import clock
from households.models import Area
from households.models.people import code_of
from households.queries.row_matching import RowKeys, match_rows
from households.services import reference
from households.services.system_user import system_user

GOAL: Final = 8.0
HOUSEHOLDS: Final = 100_000
ROWS: Final = 100_000
TRIES: Final = 3
_FACTS: Final = """
UPDATE households_person SET birth_date = '1950-01-01'::date + (id %% 25000)::int,
  personal_id = decode(md5(id::text) || md5((-id)::text), 'hex') WHERE id >= %s;
ANALYZE households_person; ANALYZE households_membership; ANALYZE households_householdcard
"""
_DRAWN: Final = """
SELECT p.full_name, p.birth_date, p.personal_id, m.household_id FROM households_person p
JOIN households_membership m ON m.person_id = p.id WHERE p.id >= %s ORDER BY p.id LIMIT %s
"""


def main() -> None:
    reference.load(by=system_user())
    with transaction.atomic():
        ratio = measure(HOUSEHOLDS, ROWS)
        transaction.set_rollback(True)
    print(f"row_matching: ratio {ratio:.2f} (goal {GOAL})")
    if ratio > GOAL:
        raise SystemExit(1)


def measure(households: int, rows: int, tries: int = TRIES) -> float:
    """Ratio of medians; prints both and whom how many rows found."""
    villages = villages_of_a_province()
    with connection.cursor() as cursor:
        cursor.execute("SELECT coalesce(max(id), 0) + 1 FROM households_person")
        first = cursor.fetchone()[0]
    fill(households, villages)
    with connection.cursor() as cursor:
        cursor.execute(_FACTS, [first])
    keys = _keys(first, rows)
    province = Area.objects.get(pk=int(villages[0].path.split(".")[0]))
    limits, times = [], []
    for _try in range(tries):
        limits.append(_limit(keys))
        begun = time.perf_counter()
        found = Counter(
            match.found_by or match.why_not
            for match in match_rows(
                keys, area=province, on=clock.today(), source="", of_members=True
            )
        )
        times.append(time.perf_counter() - begun)
    limit, took = statistics.median(limits), statistics.median(times)
    print(f"{rows:,} rows: {took:.2f} s ({rows / took:,.0f} a second), limit {limit:.2f} s")
    print(", ".join(f"{name} {count:,}" for name, count in found.most_common()))
    return took / limit


def _keys(first: int, rows: int) -> list[RowKeys]:
    with connection.cursor() as cursor:
        cursor.execute(_DRAWN, [first, rows])
        drawn = cursor.fetchall()
    made = []
    for line, (name, birth, number, household) in enumerate(drawn, start=2):
        if line % 4 < 2:
            made.append(RowKeys(line, personal_id=bytes(number), name=name))
        elif line % 4 == 2:
            made.append(RowKeys(line, household_code=code_of(household), name=name))
        else:
            made.append(RowKeys(line, name=name, birth=birth))
    return made


def _limit(keys: list[RowKeys]) -> float:
    begun = time.perf_counter()
    lines = "".join(
        f"{one.line}\t{one.household_code}\t{one.name}\t{one.birth or ''}\t"
        f"\\\\x{(one.personal_id or b'').hex()}\n"
        for one in keys
    )
    with connection.cursor() as cursor:
        cursor.execute(
            "DROP TABLE IF EXISTS bare; CREATE TEMP TABLE bare"
            " (line integer, code text, name text, birth text, number bytea) ON COMMIT DROP"
        )
        cursor.copy_expert("COPY bare FROM STDIN", io.StringIO(lines))
        cursor.execute(
            "SELECT b.line, p.id FROM bare b LEFT JOIN households_person p"
            " ON p.personal_id = b.number"
        )
        cursor.fetchall()
    return time.perf_counter() - begun
