"""Pages of the household list over 100,000 households, against the bare SQL of the same rows.

Every page is a whole request of a department's officer, who sees the province: the first page in
four orders, a village's, the poor, those due, and searches for a rare name, a very common one and
two common words. The limit is the statement that fetches the page's rows and the one that counts
them, over the register's own tables, with nothing read of rights, classes or page. The ratio is of
what all cases take together: a page of one village is nearly all rights and template, beside a
statement of a millisecond. The names are few, as they are: every third person is a Hoàng. Every
third household is on the official list. Everything is taken back at the end.
"""

import statistics
import time
from collections.abc import Callable
from typing import Any, Final
from urllib.parse import urlencode

from django.core.management import call_command
from django.db import connection, transaction
from django.test import Client
from django.test.utils import override_settings

from households import clock
from households.choices import AreaLevel, Role
from households.models import Area
from households.services import reference
from households.services.system_user import system_user
from povreg import memory
from tests.factories import areas, reviews, users

GOAL: Final = 2.0
HOUSEHOLDS: Final = 100_000
#: In each commune
VILLAGES: Final = 14
TRIES: Final = 15
#: The one household with a member of a rare name
RARE: Final = 777
_FAMILIES = ("Hoàng", "Hoàng", "Hoàng", "Nông", "Nguyễn", "Lý", "Bế", "Đặng", "Triệu")
_GIVEN = ("Văn Ba", "Thị Hoà", "Văn Kim", "Thị Sáu", "Đức Bình", "Thị Nga", "Văn Tư")
_FILL = """
CREATE TEMPORARY TABLE drawn ON COMMIT DROP AS
SELECT %(household)s + i AS household, %(person)s + 4 * i + k AS person, k,
  (%(villages)s::bigint[])[1 + i %% cardinality(%(villages)s::bigint[])] AS village,
  (%(families)s::text[])[1 + (i * 7 + k) %% cardinality(%(families)s::text[])] || ' '
  || (%(given)s::text[])[1 + (i / 3 + k) %% cardinality(%(given)s::text[])]
  || CASE WHEN i = %(rare)s AND k = 2 THEN ' Hiếm' ELSE '' END AS name
FROM generate_series(1, %(count)s) i, generate_series(0, 3) k;
INSERT INTO households_household (id, end_reason, phone) OVERRIDING SYSTEM VALUE
  SELECT household, '', '' FROM drawn WHERE k = 0;
INSERT INTO households_person (id, full_name, sex, birth_precision) OVERRIDING SYSTEM VALUE
  SELECT person, name, 'F', 'DAY' FROM drawn;
INSERT INTO households_membership (household_id, person_id, relation, valid_from)
  SELECT household, person, CASE k WHEN 0 THEN 'head' ELSE 'child' END, '2020-01-01' FROM drawn;
INSERT INTO households_householdcard
  (household_id, head_name, members, village_id, folded_names)
  SELECT household, min(name) FILTER (WHERE k = 0), 1 + household %% 6, min(village),
    string_agg(povreg_fold(name), E'\n') FROM drawn GROUP BY household;
INSERT INTO households_statusperiod
  (household_id, standard_id, poverty_class, valid_from, decision_in_id, how_in, how_out)
  SELECT household, (SELECT min(id) FROM households_povertystandard),
    CASE household %% 6 WHEN 0 THEN 'POOR' ELSE 'NEAR_POOR' END, '2024-01-01', 0, 'OPENING', ''
  FROM drawn WHERE k = 0 AND household %% 6 < 2;
"""
_FILLED = ("household", "person", "membership", "householdcard", "statusperiod", "area")
_ROWS = """
SELECT c.household_id, c.head_name, c.members, v.name, p.name
FROM households_householdcard c JOIN households_area v ON v.id = c.village_id
JOIN households_area p ON p.id = v.parent_id
WHERE {where} ORDER BY {order} LIMIT 51
"""
_COUNT = "SELECT count(*) FROM households_householdcard c WHERE {where}"
_NAMED = """c.household_id IN (SELECT m.household_id FROM households_membership m
  JOIN households_person n ON n.id = m.person_id
  WHERE m.valid_to IS NULL AND n.folded_name LIKE '%{word}%')"""
_LISTED = """c.household_id IN (SELECT s.household_id FROM households_statusperiod s
  WHERE s.valid_to IS NULL AND s.poverty_class IN ({classes}))"""


def main() -> None:
    reference.load(by=system_user())
    call_command("collectstatic", interactive=False, verbosity=0)
    with connection.cursor() as cursor:
        # The rows that an earlier run took back lie in the tables until they are swept.
        cursor.execute("VACUUM")
    with transaction.atomic(), override_settings(ALLOWED_HOSTS=["*"]):
        ratio = measure(HOUSEHOLDS)
        transaction.set_rollback(True)
    print(f"household_list: ratio {ratio:.2f} (goal {GOAL})")
    if ratio > GOAL:
        raise SystemExit(1)


def measure(count: int, tries: int = TRIES) -> float:
    """Ratio of the sums of the cases' medians; prints medians and 95th percentiles of each."""
    villages = villages_of_a_province()
    fill(count, villages)
    client = Client()
    province = Area.objects.get(pk=int(villages[0].path.split(".")[0]))
    # Somebody is due only while a round is under way, whatever the season of this run.
    round = reviews.periodic(province, clock.today().year, reviews.standard())
    round.opens_on = round.closes_on = clock.today()
    round.save()
    officer = users.user("bench department", Role.DEPARTMENT, province)
    client.force_login(officer, backend="django.contrib.auth.backends.ModelBackend")
    memory.settle()  # as a web process does
    by_name = "c.folded_head_name, c.household_id"
    cases: list[tuple[str, dict[str, Any], str, str]] = [
        ("first page", {}, "true", by_name),
        ("by members", {"sort": "-members"}, "true", "c.members DESC, c.folded_head_name DESC"),
        ("by village", {"sort": "village"}, "true", f"v.folded_name, {by_name}"),
        (
            "by commune",
            {"sort": "commune"},
            "true",
            f"p.folded_name, v.folded_name, {by_name}",
        ),
        ("a village", {"village": villages[1].pk}, f"c.village_id = {villages[1].pk}", by_name),
        ("the poor", {"class": "POOR"}, _LISTED.format(classes="'POOR'"), by_name),
        ("due", {"round": "due"}, _LISTED.format(classes="'POOR', 'NEAR_POOR'"), by_name),
        ("a rare name", {"q": "hiem"}, _NAMED.format(word="hiem"), by_name),
        ("a common name", {"q": "hoang"}, _NAMED.format(word="hoang"), by_name),
        ("two common words", {"q": "thi hoang"}, _NAMED.format(word="hoang thi"), by_name),
    ]
    print(f"{count} households, {tries} tries of each page")
    ours_s = limit_s = 0.0
    for name, query, where, order in cases:
        address = f"/households/?{urlencode(query)}"
        ours = times(lambda address=address: _page(client, address), tries)
        limit = times(lambda where=where, order=order: _bare(where, order), tries)
        ours_s += statistics.median(ours)
        limit_s += statistics.median(limit)
        print(f"  {name}: povreg {in_ms(ours)}; bare SQL {in_ms(limit)}")
    return ours_s / limit_s


def villages_of_a_province() -> list[Area]:
    """Those of a province: some 1,300, under the same few names in each of its communes."""
    communes = Area.objects.on(clock.today()).filter(level=AreaLevel.COMMUNE)
    first = communes.first()
    assert first is not None
    own = [one for one in communes if one.path.split(".")[0] == first.path.split(".")[0]]
    return [areas.village(one, f"Thôn {n}") for one in own for n in range(1, VILLAGES + 1)]


def fill(count: int, villages: list[Area]) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute("SELECT coalesce(max(id), 0) FROM households_household")
        household = cursor.fetchone()[0]
        cursor.execute("SELECT coalesce(max(id), 0) FROM households_person")
        cursor.execute(
            _FILL,
            {
                "household": household,
                "person": cursor.fetchone()[0],
                "count": count,
                "rare": RARE,
                "villages": [one.pk for one in villages],
                "families": list(_FAMILIES),
                "given": list(_GIVEN),
            },
        )
        cursor.execute("SET LOCAL session_replication_role = origin")
        for table in _FILLED:
            cursor.execute(f"ANALYZE households_{table}")


def _page(client: Client, address: str) -> None:
    answer = client.get(address)
    if b'<th scope="row">' not in answer.content:
        raise AssertionError(f"nothing found at {address}")


def _bare(where: str, order: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(_ROWS.format(where=where, order=order))
        rows = cursor.fetchall()
        cursor.execute(_COUNT.format(where=where))
        if not rows or not cursor.fetchone()[0]:
            raise AssertionError(f"nothing found where {where}")


def times(act: Callable[[], None], tries: int) -> list[float]:
    """Seconds of each try; one before them warms up."""
    act()
    seconds = []
    for __ in range(tries):
        started = time.perf_counter()
        act()
        seconds.append(time.perf_counter() - started)
    return seconds


def in_ms(times: list[float]) -> str:
    p50, p95 = (1000 * statistics.quantiles(times, n=100)[at - 1] for at in (50, 95))
    return f"p50 {p50:.0f} ms, p95 {p95:.0f} ms"
