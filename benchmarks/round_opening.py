"""Opening a round for chosen communes of a province with 82,000 households, against plain INSERTs.

Opening copies nothing: last year's answers are read when a form begins, and who is due is read from
the list. The limit is the same rows written by bare statements. And the count of what is to be
checked again in every commune, which a job does after each change, against one pass over the forms.
Everything is taken back at the end.
"""

import datetime as dt
import statistics
import time
from typing import Final

from django.db import connection, transaction

from benchmarks import household_list as province
from benchmarks.round_monitor import HOUSEHOLDS, add_surveys
from households import clock
from households.choices import Role, RoundKind, StandardPart
from households.models import Area, OddityCheck
from households.services import marks, oddities, reference, rounds
from households.services.system_user import system_user
from povreg import memory
from tests.factories import reviews, users

#: Some twenty small statements (checks, audit, history) against three, two milliseconds in all.
GOAL: Final = 20.0
TRIES: Final = 7
_FORMS = "SELECT commune_id, count(*), sum(floor_area_m2) FROM households_survey GROUP BY 1"


def main() -> None:
    reference.load(by=system_user())
    with transaction.atomic():
        ratio = measure(HOUSEHOLDS)
        transaction.set_rollback(True)
    print(f"round_opening: ratio {ratio:.2f} (goal {GOAL})")
    if ratio > GOAL:
        raise SystemExit(1)


def measure(count: int, tries: int = TRIES) -> float:
    """Ratio of the medians of opening; prints the counts of what is to be checked, too."""
    villages = province.villages_of_a_province()
    province.fill(count, villages)
    place = Area.objects.get(pk=int(villages[0].path.split(".")[0]))
    communes = sorted({one.parent_id for one in villages if one.parent_id})
    department = users.user("bench department", Role.DEPARTMENT, place)
    standard = reviews.standard()
    memory.settle()
    chosen = list(Area.objects.filter(pk__in=communes))
    year = clock.today().year

    def ours() -> None:
        with transaction.atomic():
            rounds.open_round(
                province=place, kind=RoundKind.PERIODIC, year=year,
                as_of=dt.date(year, 10, 1), standards=[(standard, StandardPart.BOTH)],
                communes=chosen, by=department,
            )  # fmt: skip
            transaction.set_rollback(True)

    opened = province.times(ours, tries)
    limit = province.times(lambda: _bare(place.pk, standard.pk, communes, year), tries)
    print(f"{count} households, {len(communes)} communes, {tries} tries")
    print(f"  opening: povreg {province.in_ms(opened)}; bare {province.in_ms(limit)}")
    _count_all(place, communes)
    return statistics.median(opened) / statistics.median(limit)


def _bare(province_id: int, standard_id: int, communes: list[int], year: int) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO households_reviewround (province_id, kind, year, as_of, opens_on,"
            " closes_on, covers_all_residents, covers_all_communes, is_closed)"
            " VALUES (%s, 'PERIODIC', %s, now(), now(), now(), false, false, false) RETURNING id",
            [province_id, year],
        )
        round_id = cursor.fetchone()[0]
        cursor.execute(
            "INSERT INTO households_communereview (round_id, commune_id, state)"
            " SELECT %s, unnest(%s::bigint[]), 'OPEN'",
            [round_id, communes],
        )
        cursor.execute(
            "INSERT INTO households_roundstandard (round_id, standard_id, part)"
            " VALUES (%s, %s, 'BOTH')",
            [round_id, standard_id],
        )
        transaction.set_rollback(True)


def _count_all(place: Area, communes: list[int]) -> None:
    """Every commune once, as after a busy day."""
    round = reviews.periodic(place, clock.today().year, reviews.standard())
    add_surveys(round)
    marks.mark_changed(round_id=round.pk, commune_ids=communes)
    started = time.perf_counter()
    counted = oddities.count_changed()
    seconds = time.perf_counter() - started
    bare = province.times(_pass, 3)
    if counted != len(communes) or OddityCheck.objects.filter(round=round).count() != counted:
        raise AssertionError("not every commune was counted")
    print(
        f"  to be checked again, {counted} communes: {1000 * seconds:.0f} ms,"
        f" {1000 * seconds / counted:.1f} ms each; one pass over the forms {province.in_ms(bare)}"
    )


def _pass() -> None:
    with connection.cursor() as cursor:
        cursor.execute(_FORMS)
        cursor.fetchall()
