"""Figures by class of a province, from kept sums, against one GROUP BY pass over its facts.

Five rounds of 82,000 results (and of a million, 20 times as many communes) are invented as rows of
households_assessment, without the forms behind them. Measured are, in one run and interleaved:

- households by class and commune: the bare pass over the facts (households and persons) and the
  kept sums of it; the pass with every column that is kept, and all kept sums; and the sums with one
  changed commune, which is read from its facts. Goal: the sums at least ten times faster;
- the refresh of one commune, which must not grow with the register (goal 10 ms at either size);
- the full refresh of one round against the pass.

Kept and fresh figures are compared before anything is timed. Everything is taken back at the end.
"""

import datetime as dt
import statistics
import time
from collections.abc import Callable
from typing import Any, Final

from django.db import connection, transaction

from households.choices import AreaLevel, RoundKind, StandardPart
from households.models import Area, PovertyStandard, ReviewRound, RoundStandard
from households.services import marks, reference, standards
from households.services.system_user import system_user
from povreg import memory
from reports.queries import summaries, summing
from reports.services import summaries as keeping
from tests.factories import areas

SIZES: Final = ((82_000, 108), (1_000_000, 2_160))
ROUNDS: Final = 5
TIMES: Final = 7
FASTER_GOAL: Final = 10.0
REFRESH_MS: Final = 10.0

_FACTS = """
INSERT INTO households_assessment (survey_id, standard_id, poverty_class, income_basis,
  deprived_bits, unknown_bits, deprivations, round_id, commune_id, village_id, settlement,
  ethnic_group_id, is_minority, no_labour, merit, female_head, farm_household, persons, scored_at)
SELECT %(round)s * 10000000::bigint + n, %(standard)s,
  (ARRAY['POOR', 'POOR', 'NEAR_POOR', 'AVERAGE', 'NOT_POOR', 'NOT_POOR', 'NOT_POOR', 'NOT_POOR'])
    [1 + n %% 8], 'DECLARED', d.bits, 0, bit_count(d.bits::bit(32)), %(round)s,
  (%(communes)s::bigint[])[1 + n %% %(count)s], (%(communes)s::bigint[])[1 + n %% %(count)s],
  'RURAL', NULL, n %% 10 < 8, n %% 29 = 0, n %% 37 = 0, n %% 5 = 0, true, 1 + n %% 7, now()
FROM generate_series(1, %(households)s) n,
  LATERAL (SELECT ((n::bigint * 7919) %% 4096)::int AS bits) d
"""
_BARE = """
SELECT commune_id, poverty_class, count(*), sum(persons) FROM households_assessment
WHERE round_id = %s AND standard_id = %s GROUP BY 1, 2
"""


def main() -> None:
    reference.load(by=system_user())
    standards.load(by=system_user())
    is_good = True
    for households, communes in SIZES:
        with transaction.atomic():
            is_good = measure(households, communes) and is_good
            transaction.set_rollback(True)
    if not is_good:
        raise SystemExit(1)


def measure(households: int, count: int) -> bool:
    """Prints what is measured of one size; False where a goal is missed or figures differ."""
    province = areas.province(code="99", name="Tỉnh Đo")
    district = areas.district(province, code="999")
    units = [areas.commune(district, code=f"9{n:04}", name=f"Xã {n}") for n in range(count)]
    standard = PovertyStandard.objects.get(code="std_2022")
    rounds = [_filled(province, 2000 + n, standard, units, households) for n in range(ROUNDS)]
    round = rounds[-1]
    memory.settle()
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE households_assessment; ANALYZE households_changemark")
    ask = _asking(province, round, standard, summaries.heads)
    ask_all = _asking(province, round, standard, summaries.classes)
    from_facts = ask(), ask_all()
    full = _ms(lambda: keeping.refresh(round_id=round.pk, communes=[one.pk for one in units]))
    if (ask(), ask_all()) != from_facts:
        print("kept sums are not the facts")
        return False
    for earlier in rounds[:-1]:
        keeping.refresh(round_id=earlier.pk, communes=[one.pk for one in units])
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE reports_classsummary; ANALYZE reports_communesummary")
    print(
        f"{households} households x {ROUNDS} rounds, {count} communes; full refresh {full:.0f} ms"
    )
    return _compared(round, standard, units, ask, ask_all)


def _filled(
    province: Area, year: int, standard: PovertyStandard, units: list[Area], households: int
) -> ReviewRound:
    made = ReviewRound.objects.create(
        province=province, kind=RoundKind.PERIODIC, year=year, as_of=dt.date(year, 10, 1),
        opens_on=dt.date(year, 9, 1), closes_on=dt.date(year, 12, 14),
    )  # fmt: skip
    RoundStandard.objects.create(round=made, standard=standard, part=StandardPart.BOTH)
    given = {
        "round": made.pk, "standard": standard.pk, "households": households,
        "communes": [one.pk for one in units], "count": len(units),
    }  # fmt: skip
    with connection.cursor() as cursor:
        # The forms behind these rows are not there.
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute(_FACTS, given)
        cursor.execute("SET LOCAL session_replication_role = origin")
    marks.mark_changed(round_id=made.pk, commune_ids=[one.pk for one in units])
    return made


def _asking(
    province: Area,
    round: ReviewRound,
    standard: PovertyStandard,
    ask: Callable[..., list[Any]],
) -> Callable[[], list[Any]]:
    return lambda: ask(
        round=round,
        standard=standard,
        branches=[province.inner_path],
        level=AreaLevel.COMMUNE,
    )


def _compared(
    round: ReviewRound,
    standard: PovertyStandard,
    units: list[Area],
    ask: Callable[[], list[Any]],
    ask_all: Callable[[], list[Any]],
) -> bool:
    def by_pass() -> None:
        with connection.cursor() as cursor:
            cursor.execute(_BARE, [round.pk, standard.pk])
            cursor.fetchall()

    alike = _BARE.replace("count(*), sum(persons)", ", ".join(summing.COUNTS.values()))
    alike = alike.replace("households_assessment", "households_assessment a")

    def by_alike() -> None:
        with connection.cursor() as cursor:
            cursor.execute(alike, [round.pk, standard.pk])
            cursor.fetchall()

    passes, kept = _interleaved(by_pass, ask)
    same, kept_all = _interleaved(by_alike, ask_all)
    marks.mark_changed(round_id=round.pk, commune_ids=[units[0].pk])
    dirty = statistics.median(_ms(ask) for __ in range(TIMES))
    one = statistics.median(
        _ms(lambda: keeping.refresh(round_id=round.pk, communes=[units[0].pk]))
        for __ in range(TIMES)
    )
    faster = passes / kept
    print(f"bare pass {passes:.1f} ms, with every column {same:.1f} ms")
    print(f"kept sums {kept:.1f} and {kept_all:.1f} ms; one changed commune {dirty:.1f} ms")
    print(f"summaries: {faster:.1f} times faster than the bare pass (goal {FASTER_GOAL}),")
    print(f"  {same / kept_all:.1f} times faster with every column")
    print(f"refresh of one commune: {one:.1f} ms (goal {REFRESH_MS})")
    return faster >= FASTER_GOAL and one <= REFRESH_MS


def _interleaved(first: Callable[[], object], second: Callable[[], object]) -> tuple[float, float]:
    pairs = [(_ms(first), _ms(second)) for __ in range(TIMES)]
    return tuple(statistics.median(times) for times in zip(*pairs, strict=True))  # type: ignore[return-value]


def _ms(act: Callable[[], object]) -> float:
    began = time.perf_counter()
    act()
    return (time.perf_counter() - began) * 1000
