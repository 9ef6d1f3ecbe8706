"""The support of a province's year, entered by lists as they come from bank, insurer, school and
others, and read back: times served and distinct households and persons by district and commune.

The figures are those one province published: loans of 13,194 poor, 6,230 near-poor and 2,159 newly
escaped households (times), 212,821 health-insurance cards, 124,507 pupils with 246,408 million
đồng, 1,797 houses with 68,728 million đồng, 8,000 jobs, over its communes. Families and lists are
invented. Everything is taken back at the end.
"""

import csv
import datetime as dt
import io
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from django.core.files.base import ContentFile
from django.db import transaction
from django.test.utils import override_settings

from benchmarks.benefit_sample import MEMBERS, Sample, sample
from households.choices import AreaLevel
from households.models import Area
from households.services import reference
from households.services.system_user import system_user
from programs.choices.benefit_lists import ListState
from programs.models import BenefitList, Programme
from programs.queries.reach import Reach
from programs.queries.totals import totals
from programs.services.benefit_lists import batches
from programs.services.benefit_lists.batches import ListFacts

YEAR: Final = 2023
TODAY: Final = dt.date(2024, 3, 1)
LOANS: Final = {"poor": 13_194, "near_poor": 6_230, "newly_escaped": 2_159}
CARDS, PUPILS, HOUSES, JOBS = 212_821, 124_507, 1_797, 8_000
PUPILS_MILLION, HOUSES_MILLION = 246_408, 68_728
_WORDS: Final = {"poor": "Hộ nghèo", "near_poor": "Cận nghèo", "newly_escaped": "Mới thoát nghèo"}
_OUTSIDE: Final = ("Người có công", "Bảo trợ xã hội", "Dân tộc thiểu số vùng III", "Trẻ em")


@dataclass
class Expected:
    """What the lists say, counted beside: times, amounts and whom, by programme, unit, ground."""

    times: defaultdict[tuple[Any, ...], int] = field(default_factory=lambda: defaultdict(int))
    amounts: defaultdict[tuple[Any, ...], int] = field(default_factory=lambda: defaultdict(int))
    whom: defaultdict[tuple[Any, ...], set[Any]] = field(default_factory=lambda: defaultdict(set))

    def add(
        self, code: str, commune: Area, ground: tuple[str, str], amount: int, **ids: Any
    ) -> None:
        """Count one row for its commune, district and province, by ground and together."""
        branch = [int(one) for one in commune.inner_path.rstrip(".").split(".")]
        for area in branch:
            for key in ((code, area, None, ""), (code, area, *ground)):
                self.times[key] += 1
                self.amounts[key] += amount
                for name, one in ids.items():
                    self.whom[(*key, name)].add(one)


def paid_on(number: int) -> dt.date:
    """A day of the year, each in its turn."""
    return dt.date(YEAR, 1, 2) + dt.timedelta(days=number % 360)


def _shares(total: int, parts: int) -> Iterator[int]:
    """A sum in whole đồng parted as evenly as it goes."""
    for one in range(parts):
        yield total // parts + (one < total % parts)


def code_of(made: Sample, number: int) -> str:
    """The code of household `number`, as povreg writes it."""
    return f"H{made.first + number:08}"


Row = list[Any]


def loans(made: Sample, scale: float, expected: Expected) -> Iterator[Row]:
    """Every household of a class in turn, so that some are served twice."""
    yield ["Mã hộ", "Họ tên", "Đối tượng", "Số tiền", "Ngày giải ngân", "Số khế ước"]
    for ground, number in LOANS.items():
        whose = made.households[ground]
        for at in range(max(4, int(number * scale))):
            who = whose[at % len(whose)]
            expected.add("loan", made.commune_of(who), (ground, ""), 30_000_000, households=who)
            yield [code_of(made, who), "", _WORDS[ground], 30_000_000, f"{paid_on(at):%d/%m/%Y}",
                   f"KU{ground}{at}"]  # fmt: skip


def cards(made: Sample, scale: float, expected: Expected) -> Iterator[Row]:
    """Members of poor and near-poor households, then persons of whom povreg holds no family."""
    yield ["Mã hộ", "Họ tên", "Năm sinh", "Mã xã", "Số thẻ", "Giá trị từ", "Giá trị đến",
           "Đối tượng"]  # fmt: skip
    dates = [f"01/01/{YEAR}", f"31/12/{YEAR}"]
    left = max(40, int(CARDS * scale))
    for ground in ("poor", "near_poor"):
        for who in made.households[ground]:
            for k in range(MEMBERS):
                if left:
                    left -= 1
                    expected.add("health_card", made.commune_of(who), (ground, ""), 0,
                                 households=who, persons=(who, k))  # fmt: skip
                    yield [code_of(made, who), f"Người Thử {who} {k}", "", "", f"HN{who}-{k}",
                           *dates, _WORDS[ground]]  # fmt: skip
    for at in range(left):
        commune, ground = made.communes[at % len(made.communes)], _OUTSIDE[at % len(_OUTSIDE)]
        expected.add("health_card", commune, ("", ground), 0, outside=at)
        yield ["", f"Người Ngoài {at}", 1950 + at % 60, commune.code, f"DT{at}", *dates, ground]


def pupils(made: Sample, scale: float, expected: Expected) -> Iterator[Row]:
    """Two terms paid to children of the register, the others to children outside of it."""
    yield ["Mã hộ", "Họ tên học sinh", "Năm sinh", "Mã xã", "Năm học", "Số tiền",
           "Ngày chi trả"]  # fmt: skip
    number = max(20, int(PUPILS * scale))
    children = [who for ground in ("poor", "near_poor") for who in made.households[ground]]
    for at, amount in enumerate(_shares(int(PUPILS_MILLION * scale) * 1_000_000, number)):
        term, who = divmod(at, len(children))
        paid = "15/02/2023" if term == 0 else "15/05/2023"
        if term < 2:
            who = children[who]
            expected.add("tuition", made.commune_of(who), ("", ""), amount,
                         households=who, persons=(who, 3))  # fmt: skip
            yield [code_of(made, who), f"Người Thử {who} 3", "", "", "2022-2023", amount, paid]
        else:
            commune = made.communes[at % len(made.communes)]
            expected.add("tuition", commune, ("", ""), amount, outside=at)
            yield ["", f"Trẻ Ngoài {at}", 2012, commune.code, "2022-2023", amount, paid]


def houses(made: Sample, scale: float, expected: Expected) -> Iterator[Row]:
    """One a household."""
    yield ["Mã hộ", "Họ tên chủ hộ", "Kinh phí hỗ trợ", "Ngày hoàn thành", "Số quyết định"]
    number = max(3, int(HOUSES * scale))
    for at, amount in enumerate(_shares(int(HOUSES_MILLION * scale) * 1_000_000, number)):
        who = made.households["poor"][at]
        expected.add("housing", made.commune_of(who), ("poor_district", ""), amount,
                     households=who)  # fmt: skip
        yield [code_of(made, who), "", amount, f"{paid_on(at):%d/%m/%Y}", f"{at}/QĐ"]


def jobs(made: Sample, scale: float, expected: Expected) -> Iterator[Row]:
    """Heads of the register, then others; the programme has no grounds of its own."""
    yield ["Mã hộ", "Họ tên người lao động", "Năm sinh", "Mã xã", "Ngày bắt đầu làm việc",
           "Số hợp đồng"]  # fmt: skip
    number = max(8, int(JOBS * scale))
    for at in range(number):
        day = f"{paid_on(at):%d/%m/%Y}"
        if at % 2 and at < len(made.households["poor"]):
            who = made.households["poor"][at]
            expected.add("job", made.commune_of(who), ("", ""), 0, households=who, persons=(who, 0))
            yield [code_of(made, who), f"Người Thử {who} 0", "", "", day, f"HĐ{at}"]
        else:
            commune = made.communes[at % len(made.communes)]
            expected.add("job", commune, ("", ""), 0, outside=at)
            yield ["", f"Người Ngoài {at}", 1990, commune.code, day, f"HĐ{at}"]


LISTS: Final = {"loan": loans, "health_card": cards, "tuition": pupils, "housing": houses,
                "job": jobs}  # fmt: skip


def sent(made: Sample, code: str, rows: Iterator[Row]) -> BenefitList:
    """A list received as a CSV file, not read yet."""
    out = io.StringIO()
    csv.writer(out).writerows(rows)
    facts = ListFacts(
        programme=Programme.objects.get(code=code), area=made.province, year=YEAR,
        sender="Danh sách thử", listed_on=dt.date(YEAR, 12, 31), takes_outside=True,
    )  # fmt: skip
    file = ContentFile(out.getvalue().encode(), name=f"{code}.csv")
    return batches.receive(facts=facts, file=file, by=made.officer)


def entered(made: Sample, scale: float) -> tuple[Expected, dict[str, tuple[int, float]]]:
    """Every list recorded; rows and seconds by programme."""
    expected, spent = Expected(), {}
    for code, rows in LISTS.items():
        listed = sent(made, code, rows(made, scale, expected))
        started = time.perf_counter()
        batches.read_now(listed, commit=True)
        spent[code] = listed.counts["rows"], time.perf_counter() - started
        if listed.state != ListState.WRITTEN:
            raise AssertionError(f"{code}: {listed.counts} {listed.failure}")
    return expected, spent


def differences(made: Sample, expected: Expected) -> list[str]:
    """Where what is read back is not what the lists said, at any level."""
    codes = dict(Programme.objects.values_list("pk", "code"))
    found: list[str] = []
    seen = 0
    below = Area.objects.under(made.province).exclude(level=AreaLevel.VILLAGE)
    for one in totals(YEAR, [Reach.alone(area) for area in below]):
        key = codes[one.programme_id], one.area_id, one.ground, one.stated
        told = [one.times, one.amount_vnd, one.households, one.persons, one.outside]
        said = [expected.times[key], expected.amounts[key]]
        said += [len(expected.whom[(*key, who)]) for who in ("households", "persons", "outside")]
        seen += 1
        if told != said:
            found.append(f"{key}: {told}, the lists say {said}")
    if seen != sum(1 for number in expected.times.values() if number):
        found.append(f"{seen} figures read back of {len(expected.times)}")
    return found


def main() -> None:
    with (
        tempfile.TemporaryDirectory() as folder,
        override_settings(POVREG_TODAY=TODAY, POVREG_IMPORTS=Path(folder)),
        transaction.atomic(),
    ):
        reference.load(by=system_user())
        made = sample(1)
        expected, spent = entered(made, 1)
        for code, (rows, seconds) in spent.items():
            print(f"  {code}: {rows:,} rows in {seconds:.1f} s")
        started = time.perf_counter()
        found = differences(made, expected)
        print(f"  read back at three levels in {time.perf_counter() - started:.2f} s")
        transaction.set_rollback(True)
    print("benefit_year: " + ("; ".join(found[:5]) if found else "read back as entered"))
    if found:
        raise SystemExit(1)
