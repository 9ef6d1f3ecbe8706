"""One list of 3,000 rows, from its beginning to its answers, against the bare SQL beneath it.

A commune of 3,000 poor households: everybody due is put on a list of loans, it is handed over, and
every row is answered. The limit is what cannot be spared: working out twice who is entitled (when
the rows are put, and anew when they are handed over), and writing 3,000 rows and 3,000 benefits
and changing each once, straight in SQL, without the history that every change leaves and without
looking at any row whether its answer can be right. Everything is taken back at the end.
"""

import time
from collections.abc import Callable
from typing import Final

from django.db import connection, transaction

from households import clock
from households.choices import AreaLevel, Role
from households.models import Area, User
from households.services import reference
from households.services.system_user import system_user
from programs.choices.support_lists import Outcome
from programs.models import Programme, SupportList
from programs.queries import standing
from programs.services import (
    list_answers,
    list_hand_over,
    list_rows,
    programmes,
    support_lists,
)
from programs.services.list_answers import Answer
from programs.services.list_hand_over import SignedPaper
from tests.factories import areas, families, reviews, users

GOAL: Final = 15.0
ROWS: Final = 3_000
VILLAGES: Final = 10
_FILL = """
CREATE TEMPORARY TABLE drawn ON COMMIT DROP AS
SELECT %(household)s + i AS household, %(person)s + i AS person,
  (%(villages)s::bigint[])[1 + i %% cardinality(%(villages)s::bigint[])] AS village
FROM generate_series(1, %(count)s) i;
INSERT INTO households_household (id, end_reason, phone) OVERRIDING SYSTEM VALUE
  SELECT household, '', '' FROM drawn;
INSERT INTO households_person (id, full_name, sex, birth_precision) OVERRIDING SYSTEM VALUE
  SELECT person, 'Nông Văn ' || person, 'F', 'DAY' FROM drawn;
INSERT INTO households_membership (household_id, person_id, relation, valid_from)
  SELECT household, person, 'head', '2015-01-01' FROM drawn;
INSERT INTO households_residence (household_id, village_id, valid_from)
  SELECT household, village, '2015-01-01' FROM drawn;
INSERT INTO households_householdcard
  (household_id, head_name, members, village_id, folded_names)
  SELECT household, 'Nông Văn ' || person, 1, village, '' FROM drawn;
INSERT INTO households_statusperiod
  (household_id, standard_id, poverty_class, valid_from, decision_in_id, how_in, how_out)
  SELECT household, %(standard)s, 'POOR', '2020-01-01', %(decision)s, 'OPENING', '' FROM drawn;
"""
_FILLED = ("household", "person", "membership", "residence", "householdcard", "statusperiod")
_BARE = """
CREATE TEMPORARY TABLE bare_row (LIKE programs_supportlistrow) ON COMMIT DROP;
CREATE TEMPORARY TABLE bare_benefit (LIKE programs_benefit) ON COMMIT DROP;
INSERT INTO bare_row SELECT * FROM programs_supportlistrow WHERE support_list_id = %(list)s;
INSERT INTO bare_benefit
  SELECT b.* FROM programs_benefit b JOIN programs_supportlistrow r ON r.benefit_id = b.id
  WHERE r.support_list_id = %(list)s;
UPDATE bare_row SET listed_no = id;
UPDATE bare_benefit SET state = 'DECIDED', amount_vnd = 50000000;
"""


def main() -> None:
    reference.load(by=system_user())
    programmes.load(by=system_user())
    with transaction.atomic():
        ratio = measure(ROWS)
        transaction.set_rollback(True)
    print(f"support_list: ratio {ratio:.2f} (goal {GOAL})")
    if ratio > GOAL:
        raise SystemExit(1)


def measure(count: int) -> float:
    """Ratio of the list's life to its limit; prints the seconds of each step."""
    commune, by = _filled(count)
    loan = Programme.objects.get(code="loan")
    today = clock.today()
    made: list[SupportList] = []

    def begin() -> None:
        made.append(
            support_lists.begin(
                programme=loan, commune=commune, listed_on=today, receiver_name="Bank", by=by
            )
        )
        put = list_rows.put_due(support_list=made[0], by=by)
        if put != count:
            raise AssertionError(f"{put} rows instead of {count}")

    def hand_over() -> None:
        paper = SignedPaper("1", today, "Chair")
        list_hand_over.hand_over(support_list=made[0], paper=paper, by=by)

    def answer() -> None:
        told = Answer(Outcome.DECIDED, today, amount_vnd=50_000_000, number="1")
        rows = made[0].rows.values_list("pk", flat=True)
        list_answers.record(support_list=made[0], answers=dict.fromkeys(rows, told), by=by)

    entitled = _seconds(lambda: standing.entitled(loan, today, branches=[commune.inner_path]))
    ours = [_seconds(step) for step in (begin, hand_over, answer)]
    bare = _seconds(lambda: _bare(made[0]))
    steps = ", ".join(f"{one:.2f} s" for one in ours)
    print(f"{count} rows: put, handed over, answered {steps}")
    print(f"limit: entitlement twice {2 * entitled:.2f} s, bare writes {bare:.2f} s")
    return sum(ours) / (2 * entitled + bare)


def _filled(count: int) -> tuple[Area, User]:
    today = clock.today()
    commune = Area.objects.on(today).at(AreaLevel.COMMUNE).real().order_by("pk").first()
    assert commune is not None
    province = Area.objects.get(pk=int(commune.path.split(".")[0]))
    villages = [areas.village(commune, f"Thôn {n}") for n in range(1, VILLAGES + 1)]
    standard = reviews.standard()
    by = users.user("bench officer", Role.COMMUNE_OFFICER, commune)
    round = reviews.periodic(province, today.year, standard)
    decision = families.decided(commune, round, standard, by)
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute("SELECT coalesce(max(id), 0) FROM households_household")
        household = cursor.fetchone()[0]
        cursor.execute("SELECT coalesce(max(id), 0) FROM households_person")
        values = {
            "household": household, "person": cursor.fetchone()[0], "count": count,
            "villages": [one.pk for one in villages], "standard": standard.pk,
            "decision": decision.pk,
        }  # fmt: skip
        cursor.execute(_FILL, values)
        cursor.execute("SET LOCAL session_replication_role = origin")
        for table in _FILLED:
            cursor.execute(f"ANALYZE households_{table}")
    return commune, by


def _bare(found: SupportList) -> None:
    with connection.cursor() as cursor:
        cursor.execute(_BARE, {"list": found.pk})


def _seconds(act: Callable[[], object]) -> float:
    started = time.perf_counter()
    act()
    return time.perf_counter() - started
