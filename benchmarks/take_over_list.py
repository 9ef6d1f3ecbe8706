"""A commune's list of 3,000 households with their members, taken over, against the bare COPY of the
rows it writes into the same tables. The sheet is read from Excel, recognised, checked and matched
on the way; both are taken back.
"""

import datetime as dt
import statistics
import tempfile
import time
from pathlib import Path
from typing import Final

from benchmarks.import_review import copy_kept, taken_back, write_and_keep
from households.models import Area, Household
from households.services import import_files, reference
from households.services.system_user import system_user
from households.services.taking_over import take_over
from tests.factories import areas, paper_lists

HOUSEHOLDS: Final = 3_000
VILLAGES: Final = 30
MEMBERS: Final = 4
ROUNDS: Final = 3
#: Beside the rows themselves: reading Excel, matching, cards and names of the search.
GOAL: Final = 4.0
TABLES: Final = (
    "area", "reviewround", "recognitiondecision", "communereview", "household", "person",
    "membership", "residence", "statusperiod", "takenoverhousehold",
)  # fmt: skip
_FAMILIES: Final = ("Hoàng", "Nông", "Nguyễn", "Lý", "Bế", "Đặng", "Triệu")
_GIVEN: Final = ("Văn Ba", "Thị Hoà", "Văn Kim", "Thị Sáu", "Đức Bình", "Thị Nga", "Văn Tư")


def main() -> None:
    reference.load(by=system_user())
    if Household.objects.exists():
        raise SystemExit("This benchmark needs a home without households.")
    commune = _commune()
    with tempfile.TemporaryDirectory() as folder:
        ratio = measure(Path(folder), commune)
    print(f"take_over_list: ratio {ratio:.2f} (goal {GOAL})")
    if ratio > GOAL:
        raise SystemExit(1)


def measure(folder: Path, commune: Area) -> float:
    """Median of the paired ratios; prints times and households per second."""
    sheet = folder / "danh-sach.xlsx"
    sheet.write_bytes(paper_lists.workbook(_rows(), [*paper_lists.HEADINGS, "Quan hệ"]))
    taken_back(TABLES, lambda: write_and_keep(TABLES, folder, lambda: _take_over(sheet, commune)))
    pairs = []
    for _ in range(ROUNDS):
        limit = taken_back(TABLES, lambda: copy_kept(TABLES, folder))
        ours = taken_back(TABLES, lambda: _take_over(sheet, commune))
        pairs.append((limit, ours))
        print(f"  COPY {limit:.2f} s, taken over {ours:.2f} s")
    ours = statistics.median(ours for _limit, ours in pairs)
    print(f"{HOUSEHOLDS:,} households, {HOUSEHOLDS * MEMBERS:,} members in {ours:.2f} s")
    return statistics.median(ours / limit for limit, ours in pairs)


def _take_over(sheet: Path, commune: Area) -> float:
    started = time.perf_counter()
    with import_files.readable_list(sheet) as path:
        result = take_over(
            sheet=path,
            facts=paper_lists.facts(
                commune, HOUSEHOLDS // 2, HOUSEHOLDS // 2, year=2025,
                decided_on=dt.date(2025, 12, 20), effective_from=dt.date(2026, 1, 1),
            ),
            commit=True,
            by=system_user(),
        )  # fmt: skip
    seconds = time.perf_counter() - started
    if not result.committed:
        raise AssertionError(next(iter(result.errors)))
    return seconds


def _rows() -> list[list[object]]:
    rows: list[list[object]] = []
    for one in range(HOUSEHOLDS):
        for member in range(MEMBERS):
            name = f"{_FAMILIES[(one + member) % 7]} {_GIVEN[(one // 7 + member) % 7]} {one}"
            is_head = member == 0
            rows.append(
                [
                    one + 1 if is_head else "", name, "Nữ" if one % 2 else "Nam",
                    f"{1 + one % 28:02}/{1 + member:02}/{1950 + one % 40 + member}", "", "Kinh",
                    f"Thôn {one % VILLAGES + 1}" if is_head else "",
                    MEMBERS if is_head else "",
                    ("Hộ nghèo" if one < HOUSEHOLDS // 2 else "Cận nghèo") if is_head else "",
                    "Chủ hộ" if is_head else "Con",
                ]
            )  # fmt: skip
    return rows


def _commune() -> Area:
    return areas.commune(areas.district(areas.province("98", "Tỉnh Đo"), "998"), "98999", "Xã Đo")
