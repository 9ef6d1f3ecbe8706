"""Who is entered twice, among 100,000 households with 400,000 members, against polars.

Three questions. A file of as many members is matched with the register by personal number (as
ciphered; the limit is a polars scan of two files with the same columns, joined). The whole
register is paired by folded name and birth date (the limit is the same join in polars, of columns
in memory). One new person is checked, in milliseconds. Beside them, without a limit, the nightly
look through the whole register with all its rules, and how many pairs it finds. Everything is
taken back.
"""

import datetime as dt
import random
import statistics
import time
from collections.abc import Callable
from io import StringIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

import polars
from django.db import connection, transaction

from benchmarks.household_list import villages_of_a_province
from households import procedure
from households.folding import fold
from households.likeness import persons
from households.models import Area
from households.models.personal_id import encrypt_personal_id
from households.queries import duplicate_candidates as candidates
from households.services import reference
from households.services.duplicates import finding
from households.services.system_user import system_user

NUMBER_GOAL: Final = 1.5
REGISTER_GOAL: Final = 5.0
#: Milliseconds, 95th percentile
PERSON_GOAL_MS: Final = 10.0
HOUSEHOLDS: Final = 100_000
A_HOUSEHOLD: Final = 4
TRIES: Final = 5
_FAMILIES = (
    "Hoàng", "Nông", "Nguyễn", "Lý", "Bế", "Đặng", "Triệu", "Ma", "Lường", "Hà", "Vi", "Sùng",
    "Giàng", "Vàng", "Bàn", "Phùng",
)  # fmt: skip
_MIDDLE = ("Văn", "Thị", "Đức", "Thị Thu", "Văn Minh", "A", "Seo", "Thanh", "Thị Kim", "Quốc")
_GIVEN = (
    "An", "Anh", "Ba", "Bảo", "Bích", "Bình", "Chi", "Chiến", "Cường", "Dung", "Dũng", "Duyên",
    "Đào", "Giang", "Hà", "Hải", "Hạnh", "Hiền", "Hoa", "Hoà", "Hồng", "Hùng", "Huệ", "Hương",
    "Khánh", "Kiên", "Lan", "Liên", "Linh", "Loan", "Long", "Mai", "Minh", "Nam", "Nga", "Ngọc",
    "Nhung", "Páo", "Phúc", "Phương", "Quân", "Sơn", "Tâm", "Thắng", "Thảo", "Thu", "Thuỷ",
    "Tiến", "Toàn", "Trang", "Tú", "Tùng", "Tuyết", "Vân", "Vinh", "Xuân", "Yến",
)  # fmt: skip
_FILL: Final = (
    """INSERT INTO households_household (id, end_reason, phone) OVERRIDING SYSTEM VALUE
       SELECT DISTINCT household, '', '' FROM drawn""",
    """INSERT INTO households_person (id, full_name, sex, birth_date, birth_precision, personal_id)
       OVERRIDING SYSTEM VALUE SELECT person, name, sex, born, precision, number FROM drawn""",
    """INSERT INTO households_membership (household_id, person_id, relation, valid_from)
       SELECT household, person, CASE k WHEN 0 THEN 'head' ELSE 'child' END, '2020-01-01'
       FROM drawn""",
    """INSERT INTO households_householdcard
         (household_id, head_name, members, village_id, folded_names)
       SELECT household, min(name) FILTER (WHERE k = 0), count(*), min(village), ''
       FROM drawn GROUP BY household""",
)
_ROOM: Final = "SET LOCAL work_mem = '128MB'"
_BY_NUMBER: Final = """
CREATE TEMP TABLE held ON COMMIT DROP AS
SELECT s.line, p.id FROM incoming s JOIN households_person p ON p.personal_id = s.number
"""
_BY_NAME: Final = """
CREATE TEMP TABLE paired ON COMMIT DROP AS
SELECT a.id AS a, b.id AS b FROM households_person a JOIN households_person b
  ON b.folded_name = a.folded_name AND b.birth_date = a.birth_date AND a.id < b.id
"""


def main() -> None:
    reference.load(by=system_user())
    with connection.cursor() as cursor:
        cursor.execute("VACUUM")
    with transaction.atomic():
        kept = measure(HOUSEHOLDS)
        transaction.set_rollback(True)
    if not kept:
        raise SystemExit(1)


def measure(households: int) -> bool:
    """Print all figures; False when one goal is missed."""
    villages = villages_of_a_province()
    rows = draw(households, villages)
    fill(rows)
    print(f"{households} households, {len(rows)} members, {TRIES} tries of each")
    with TemporaryDirectory() as folder:
        scan = polars_numbers(rows, Path(folder))
        by_number = compared("file by number", match_numbers, scan, NUMBER_GOAL)
    by_name = compared("register by name and birth", pair_names, polars_names(rows), REGISTER_GOAL)
    p95_ms = one_person(rows)
    print(f"  one new person: p95 {p95_ms:.1f} ms (goal {PERSON_GOAL_MS:.0f})")
    look_through(villages[0])
    return by_number and by_name and p95_ms <= PERSON_GOAL_MS


Row = tuple[int, int, int, int, str, str, dt.date, str, bytes | None]


def draw(households: int, villages: list[Area]) -> list[Row]:
    """Rows of (household, person, k, village, name, sex, born, precision, number): names as common
    as they are, one person in a hundred entered twice, four in five with a number."""
    chance = random.Random(7)  # noqa: S311 - the same people in each run
    first = dt.date(1945, 1, 1).toordinal()
    rows: list[Row] = []
    for at in range(households):
        village = villages[at % len(villages)].pk
        for k in range(A_HOUSEHOLD):
            name = " ".join(
                (chance.choice(_FAMILIES), chance.choice(_MIDDLE), chance.choice(_GIVEN))
            )
            born = dt.date.fromordinal(first + chance.randrange(29_000))
            number: bytes | None = None
            if chance.random() < 0.8:
                number = encrypt_personal_id(f"006{len(rows) * 387_420_489 % 10**9:09d}")
            if rows and chance.random() < 0.01:
                twin = chance.choice(rows)
                name, born, number = twin[4].lower(), twin[6], None
            person = 900_000_000 + A_HOUSEHOLD * at + k
            rows.append(
                (900_000_000 + at, person, k, village, name, "F", born, "DAY", number)
            )  # fmt: skip
    return rows


def fill(rows: list[Row]) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute(
            "CREATE TEMP TABLE drawn (household bigint, person bigint, k int, village bigint,"
            " name text, sex text, born date, precision text, number bytea) ON COMMIT DROP"
        )
        cursor.execute("CREATE TEMP TABLE incoming (line bigint, number bytea) ON COMMIT DROP")
        lines = "".join("\t".join(as_copied(value) for value in row) + "\n" for row in rows)
        cursor.copy_expert("COPY drawn FROM STDIN", StringIO(lines))
        for statement in _FILL:
            cursor.execute(statement)
        cursor.execute("INSERT INTO incoming SELECT person, number FROM drawn")
        cursor.execute("SET LOCAL session_replication_role = origin")
        for table in ("household", "person", "membership", "householdcard", "area"):
            cursor.execute(f"ANALYZE households_{table}")
        cursor.execute("ANALYZE incoming")


def as_copied(value: Any) -> str:
    if value is None:
        return "\\N"
    return f"\\\\x{value.hex()}" if isinstance(value, bytes) else str(value)


def match_numbers() -> None:
    _run(_ROOM, "DROP TABLE IF EXISTS held", _BY_NUMBER)


def pair_names() -> None:
    _run("DROP TABLE IF EXISTS paired", _BY_NAME)


def _run(*statements: str) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def polars_numbers(rows: list[Row], folder: Path) -> Callable[[], None]:
    """Both columns lie in files, as a file to import and an extract of a register do."""
    register = polars.DataFrame(
        {"id": [row[1] for row in rows], "number": [(row[8] or b"").hex() for row in rows]}
    ).filter(polars.col("number") != "")
    register.write_csv(folder / "register.csv")
    register.rename({"id": "line"}).write_csv(folder / "sent.csv")
    joined = polars.scan_csv(folder / "sent.csv").join(
        polars.scan_csv(folder / "register.csv"), on="number"
    )
    return lambda: _used(joined.collect())


def polars_names(rows: list[Row]) -> Callable[[], None]:
    frame = polars.DataFrame(
        {
            "id": [row[1] for row in rows],
            "folded": [fold(row[4]) for row in rows],
            "born": [row[6] for row in rows],
        }
    )

    def join() -> None:
        both = frame.join(frame, on=["folded", "born"], suffix="_b")
        _used(both.filter(polars.col("id") < polars.col("id_b")))

    return join


def _used(frame: polars.DataFrame) -> None:
    if frame.is_empty():
        raise AssertionError("nothing was matched")


def compared(name: str, ours: Callable[[], None], limit: Callable[[], None], goal: float) -> bool:
    """Ratio of medians of paired tries."""
    pairs = [(_seconds(ours), _seconds(limit)) for __ in range(TRIES)]
    ours_s, limit_s = (statistics.median(side) for side in zip(*pairs, strict=True))
    ratio = ours_s / limit_s
    print(
        f"  {name}: povreg {1000 * ours_s:.0f} ms, polars {1000 * limit_s:.0f} ms,"
        f" ratio {ratio:.2f} (goal {goal})"
    )
    return ratio <= goal


def _seconds(act: Callable[[], None]) -> float:
    started = time.perf_counter()
    act()
    return time.perf_counter() - started


def one_person(rows: list[Row]) -> float:
    """Milliseconds of the 95th percentile of a hundred checks, half of them of a year alone."""
    limits = procedure.duplicate_limits()
    seconds = []
    for at in range(100):
        row = rows[(at * 1_000 + 1) % len(rows)]
        born = dt.date(row[6].year, 1, 1) if at % 2 else row[6]
        entry = persons.Entry(row[4].upper(), row[5], born, bool(at % 2))

        def check(entry: persons.Entry = entry) -> None:
            for other in candidates.like(entry):
                persons.compare(entry, other.entry, persons.Around(), limits)

        seconds.append(_seconds(check))
    return 1000 * statistics.quantiles(seconds, n=100)[94]


def look_through(village: Area) -> None:
    """The nightly job over the whole province; printed, not judged."""
    province = Area.objects.get(pk=int(village.path.split(".")[0]))
    started = time.perf_counter()
    found = finding.find(province=province, by=system_user())
    print(f"  the whole look: {time.perf_counter() - started:.1f} s, {found} pairs likely")
