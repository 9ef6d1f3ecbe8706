"""A list of 100,000 rows and 20 columns as .xlsx, against XlsxWriter's own constant-memory write.

Both write the same cells with the same formats of columns, headings, widths, filters and frozen
rows, from the same generator of rows; the limit does nothing else. Memory is that of this process
at its highest: after 10,000 rows, and after 100,000, before XlsxWriter ran at all.
"""

import datetime as dt
import resource
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final

import xlsxwriter

from households.exchange import sheets
from households.exchange.sheets import Cell, Head, Part

GOAL: Final = 0.5
ROWS: Final = 100_000
ROUNDS: Final = 3
#: Growth of memory for ten times the rows.
MOST_GROWTH_MB: Final = 20

_DAY: Final = dt.date(2024, 10, 15)
HEADS: Final = (
    *(Head(words, width=16) for words in ("Mã hộ", "Mã tỉnh", "Mã huyện", "Mã xã", "Xã", "Thôn")),
    *(Head(words, width=24) for words in ("Chủ hộ", "Dân tộc", "Vật liệu tường", "Nguồn nước")),
    Head("Số nhân khẩu", Cell.WHOLE),
    Head("Thu nhập", Cell.WHOLE),
    Head("Diện tích", Cell.DECIMAL),
    Head("Ngày tính", Cell.DAY),
    *(Head(f"Tài sản {number}", width=8) for number in range(1, 6)),
    Head("Ghi chú", width=30),
)


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        ratio, growth_mb = measure(Path(folder), ROWS)
    print(f"sheets: ratio {ratio:.2f} (goal {GOAL}), memory grew {growth_mb:.0f} MB")
    if ratio > GOAL or growth_mb > MOST_GROWTH_MB:
        raise SystemExit(1)


def measure(folder: Path, count: int, rounds: int = ROUNDS) -> tuple[float, float]:
    """Median of the paired ratios, and the growth of memory in MB; prints both times."""
    _write(folder / "a.xlsx", count // 10)
    before = _peak_mb()
    _write(folder / "a.xlsx", count)
    growth_mb = _peak_mb() - before
    pairs = []
    for _ in range(rounds):
        limit = _seconds(lambda: _write_by_xlsxwriter(folder / "b.xlsx", count))
        ours = _seconds(lambda: _write(folder / "a.xlsx", count))
        pairs.append((limit, ours))
        print(f"  XlsxWriter {limit:.2f} s, povreg {ours:.2f} s ({count / ours:,.0f} rows/s)")
    print(f"  {count:,} rows of {len(HEADS)} cells; {before:.0f} MB, then {growth_mb:.0f} MB more")
    return statistics.median(ours / limit for limit, ours in pairs), growth_mb


def _rows(count: int) -> Iterator[tuple[object, ...]]:
    for number in range(count):
        yield (
            f"povreg-H{number:08d}", "06", "063", "02008", "Xã Thử", f"Thôn {number % 14}",
            f"Nông Văn Thử {number}", "Tày", "gạch, đá", "giếng khoan", 1 + number % 9,
            1_500_000 + number, 45.5 + number % 7, _DAY, "Y", "N", "Y", "N", "N",
            f"Hộ số {number}",
        )  # fmt: skip


def _write(path: Path, count: int) -> None:
    sheets.write_xlsx(path, [Part("Hộ", HEADS, _rows(count), count=count)])


def _write_by_xlsxwriter(path: Path, count: int) -> None:
    book = xlsxwriter.Workbook(str(path), {"constant_memory": True})
    sheet = book.add_worksheet("Hộ")
    formats = [book.add_format({"num_format": head.cell.value}) for head in HEADS]
    bold = book.add_format({"bold": True, "bg_color": "#E6EFEF", "bottom": 1})
    for at, head in enumerate(HEADS):
        sheet.set_column(at, at, head.width, formats[at])
    sheet.freeze_panes(1, 1)
    sheet.autofilter(0, 0, count, len(HEADS) - 1)
    sheet.write_row(0, 0, [head.words for head in HEADS], bold)
    for line, row in enumerate(_rows(count), start=1):
        for at, cell in enumerate(row):
            sheet.write(line, at, cell, formats[at])
    book.close()


def _seconds(act: Callable[[], None]) -> float:
    started = time.perf_counter()
    act()
    return time.perf_counter() - started


def _peak_mb() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
