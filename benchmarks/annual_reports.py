"""The set T1 to T15 of a province as .xlsx, against XlsxWriter's pure write of the same cells.

The demonstration's province of 82,000 households is loaded once (benchmarks.dashboard). Measured is
the decided round of 2023: every report made from the register, with nothing kept, and written, by
one worker and by two. The limit has all lines at hand and only writes them, each cell with its
format, lists in constant memory.

How time grows is measured with every tenth household of that province in all its communes, in a
database of its own, and then with all of them. Memory is that of this process at its highest while
it keeps and writes an invented list of 10,000 lines, and then one of ten times as many.
"""

import io
import multiprocessing
import resource
import statistics
import time
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from typing import Any, Final

import xlsxwriter
from django.core.cache import cache
from django.db import connection, connections
from django.test.utils import override_settings
from django.utils import timezone

from benchmarks import dashboard, own_database
from households.choices import RoundKind
from households.models import Area, ReviewRound
from households.services import rounds
from reports import definitions
from reports.choices import FigureStatus, FileVersion
from reports.contents import canonical
from reports.contents.content import Content, Head, Kind, Line, Sheet
from reports.definitions.definition import ReportKind
from reports.exchange import report_workbook
from reports.services import contents
from reports.services.contents import Asked

GOAL: Final = 0.5
#: Of time for ten times the data.
MOST_GROWTH: Final = 12.0
#: Of memory, for ten times the lines.
MOST_GROWTH_OF_MEMORY: Final = 1.5
TENTH: Final = 10
YEAR: Final = 2023
LINES: Final = 100_000
TRIES: Final = 3
_FORMATS: Final = {Kind.COUNT: "#,##0", Kind.VND: "#,##0", Kind.RATE: "0.00", Kind.TEXT: "@"}
_TABLES_WITH: Final = """
SELECT c.table_name FROM information_schema.columns c JOIN information_schema.tables t
  ON t.table_name = c.table_name AND t.table_schema = c.table_schema
WHERE c.table_schema = 'public' AND c.column_name = %s AND t.table_type = 'BASE TABLE'
"""
_THIN: Final = {
    "household_id": f"DELETE FROM {{table}} WHERE household_id % {TENTH} <> 0",
    "survey_id": "DELETE FROM {table} a WHERE NOT EXISTS"
    " (SELECT FROM households_survey s WHERE s.id = a.survey_id)",
}
#: A report with its sheets and all their lines.
Ready = tuple[Head, list[tuple[Sheet, list[Line]]]]


def main() -> None:
    growth, memory = measure_list(LINES)
    with override_settings(POVREG_TODAY=dashboard.TODAY):
        with dashboard.kept_province():
            round = _round()
            ratios = measure(round, round.province)
            whole = _median(round)
        with own_database.kept(
            "annual_tenth", dashboard.mark(TENTH), _thin_out, like=dashboard.KEPT
        ):
            tenth = _median(_round())
    print(f"  a tenth of the households {tenth:.2f} s, all {whole:.2f} s")
    print(f"list of names, ten times the lines: time {growth:.1f} times, memory {memory:.2f} times")
    print(f"the set, ten times the households: ratio {whole / tenth:.1f} (goal {MOST_GROWTH})")
    for workers, ratio in ratios.items():
        print(f"annual_reports, {workers} workers: ratio {ratio:.2f} (goal {GOAL})")
    is_slow = max(ratios.values()) > GOAL or max(growth, whole / tenth) > MOST_GROWTH
    if is_slow or memory > MOST_GROWTH_OF_MEMORY:
        raise SystemExit(1)


def _round() -> ReviewRound:
    rounds_of_the_year = ReviewRound.objects.filter(year=YEAR, kind=RoundKind.PERIODIC)
    return rounds_of_the_year.select_related("province").get()


def _thin_out() -> None:
    """Of the households, and of everything that is theirs, every tenth stays."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        for key in ("household_id", "survey_id"):
            cursor.execute(_TABLES_WITH, [key])
            for (table,) in cursor.fetchall():
                cursor.execute(_THIN[key].format(table=table))
        cursor.execute(f"DELETE FROM households_household WHERE id % {TENTH} <> 0")
        cursor.execute("SET LOCAL session_replication_role = origin")


def _median(round: ReviewRound) -> float:
    """Seconds of the set by one worker."""
    status = FigureStatus.OFFICIAL
    return statistics.median(
        _seconds(lambda: _make_all(round, round.province, status, 1)) for _ in range(TRIES)
    )


def codes() -> list[str]:
    """The longest first, so that workers end together."""
    asked = (ReportKind.TABLE, ReportKind.NAMES)
    found = [one.code for one in definitions.all_reports().values() if one.kind in asked]
    return sorted(found, key=lambda code: code not in ("T14", "T15"))


def asked_of(round: ReviewRound, area: Area, status: FigureStatus) -> Asked:
    return Asked(area, round, rounds.scored_under(round)[0], status, timezone.now())


def measure(
    round: ReviewRound,
    area: Area,
    status: FigureStatus = FigureStatus.OFFICIAL,
    tries: int = TRIES,
    workers: Iterable[int] = (1, 2),
) -> dict[int, float]:
    """Median of the paired ratios by number of workers; prints the times and where they go."""
    made = asked_of(round, area, status)
    ready = [_ready(contents.content(definitions.named(code), made)) for code in codes()]
    cells = sum(len(line.cells) for __, each in ready for ___, lines in each for line in lines)
    _tell_parts(round, area, status)
    ratios = {}
    for count in workers:
        pairs = []
        for _ in range(tries):
            limit = _seconds(lambda: _write_by_xlsxwriter(ready))
            ours = _seconds(partial(_make_all, round, area, status, count))
            pairs.append((limit, ours))
            print(f"  XlsxWriter {limit:.2f} s, {count} workers {ours:.2f} s", flush=True)
        ratios[count] = statistics.median(ours / limit for limit, ours in pairs)
    print(f"  {len(ready)} reports, {cells:,} cells")
    return ratios


def _ready(content: Content) -> Ready:
    return content.head, [(sheet, list(lines)) for sheet, lines in content.sheets]


def _tell_parts(round: ReviewRound, area: Area, status: FigureStatus) -> None:
    cache.clear()
    asked = asked_of(round, area, status)
    print(f"  identities of the area {_seconds(lambda: asked.broken):.2f} s")
    for code in codes():
        started = time.perf_counter()
        head, sheets = _ready(contents.content(definitions.named(code), asked))
        made = time.perf_counter() - started
        written = _seconds(partial(_write, Content(head, sheets)))
        print(f"  {code}: made {made:.2f} s, written {written:.2f} s", flush=True)


def _make_all(round: ReviewRound, area: Area, status: FigureStatus, workers: int) -> None:
    cache.clear()
    if workers == 1:
        _make(round, area, status, codes())
        return
    every = codes()
    shares = [every[at::workers] for at in range(workers)]
    connections.close_all()  # a worker has its own
    with multiprocessing.get_context("fork").Pool(workers) as pool:
        pool.starmap(_make, [(round, area, status, share) for share in shares])


def _make(round: ReviewRound, area: Area, status: FigureStatus, share: list[str]) -> None:
    asked = asked_of(round, area, status)
    for code in share:
        _write(contents.content(definitions.named(code), asked))


def _write(content: Content) -> None:
    report_workbook.xlsx(content, version=FileVersion.INTERNAL)


def _write_by_xlsxwriter(ready: Iterable[Ready]) -> None:
    for head, sheets in ready:
        book = xlsxwriter.Workbook(io.BytesIO(), {"constant_memory": head.has_names})
        formats = {
            kind: book.add_format({"num_format": told, "border": 1, "font_name": "Times New Roman"})
            for kind, told in _FORMATS.items()
        }
        for sheet, lines in sheets:
            page = book.add_worksheet()
            kinds = [formats[column.kind] for column in sheet.columns]
            for row, line in enumerate(lines):
                for at, (cell, look) in enumerate(zip(_plain(line, sheet), kinds, strict=True)):
                    page.write(row, at, cell, look)
        book.close()


def _plain(line: Line, sheet: Sheet) -> Iterator[Any]:
    for column, cell in zip(sheet.columns, line.cells, strict=True):
        yield float(cell) if column.kind is Kind.RATE and cell is not None else cell


def measure_list(lines: int) -> tuple[float, float]:
    """How many times longer ten times the lines take, and how many times as much memory."""
    few = _seconds(lambda: _keep_and_write(_invented(lines // 10)))
    before = _peak_mb()
    many = _seconds(lambda: _keep_and_write(_invented(lines)))
    after = _peak_mb()
    print(f"  list of {lines // 10:,} lines {few:.2f} s, of {lines:,} {many:.2f} s", flush=True)
    print(f"  memory {before:.0f} MB, then {after:.0f} MB")
    return many / few, after / before


def _keep_and_write(content: Content) -> None:
    """As a worker does: packed for its edition, and written from what was packed."""
    _write(canonical.unpack(canonical.pack(content).content))


def _invented(count: int) -> Content:
    told = definitions.named("T15")
    columns = told.columns_for([one.column for one in told.columns], {})
    sheet = Sheet("Danh sách", columns, (), told.paper)
    head = Head(
        "T15", 1, "Danh sách", ("ỦY BAN NHÂN DÂN", "TỈNH THỬ"), 1, "06", "Tỉnh Thử", "PROVINCE",
        "2023", YEAR, "2023-10-01", "std_2022", "Chuẩn nghèo", "official",
        "2023-12-14T08:00:00+07:00", "1", "poor_households", has_names=True,
    )  # fmt: skip
    return Content(head, iter([(sheet, _people(count))]))


def _people(count: int) -> Iterator[Line]:
    for at in range(count):
        is_head = at % 4 == 0
        cells = (
            str(at // 4 + 1) if is_head else None, str(at % 4 + 1), f"Nông Văn Thử {at}", "1980",
            None, "Tày", "Chủ hộ" if is_head else "Con", "Cũ" if is_head else None, "x", None, None,
            "x", None, None, "x", None, None,
        )  # fmt: skip
        yield Line("household" if is_head else "member", "", "", "", cells)


def _seconds(act: Callable[[], object]) -> float:
    started = time.perf_counter()
    act()
    return time.perf_counter() - started


def _peak_mb() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
