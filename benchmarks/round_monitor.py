"""The monitor of a round over a province of 82,000 reviewed households, against bare counting.

A whole request of a department's officer: every commune a row. A third of the households is on the
official list, nine in ten of these have a form, seven in ten a complete one. The limit is two
statements that count forms by village and state, and listed households by village, with nothing
joined. Everything is taken back at the end.
"""

import statistics
from typing import Final

from django.core.management import call_command
from django.db import connection, transaction
from django.test import Client
from django.test.utils import override_settings
from django.urls import reverse

from benchmarks import household_list as province
from households import clock
from households.choices import Role
from households.models import Area, ReviewRound
from households.services import reference
from households.services.system_user import system_user
from povreg import memory
from tests.factories import reviews, users

GOAL: Final = 4.0
HOUSEHOLDS: Final = 82_000
TRIES: Final = 15
_SURVEYS = """
INSERT INTO households_survey
  (uuid, round_id, household_id, village_id, commune_id, province_code, settlement, as_of, state,
   origin, revision, asked_for_review, form_a_answers, head_name, household_size, phone,
   b1_answers, class_paper, wall_material, column_material, roof_material, water_source,
   toilet_type, causes, policy_groups, support_wanted, shock)
SELECT gen_random_uuid(), %(round)s, c.household_id, c.village_id, v.parent_id, '06', 'RURAL',
  %(as_of)s, CASE WHEN c.household_id %% 10 < 7 THEN 'COMPLETE' ELSE 'DRAFT' END, 'FORM', 1, false,
  '{}', c.head_name, 3, '', '{}', '', '', '', '', '', '', '[]', '[]', '[]', ''
FROM households_householdcard c JOIN households_area v ON v.id = c.village_id
WHERE c.household_id %% 10 < 9
"""
_BARE = (
    "SELECT village_id, state, count(*) FROM households_survey GROUP BY 1, 2",
    "SELECT c.village_id, count(*) FROM households_statusperiod p"
    " JOIN households_householdcard c USING (household_id) WHERE p.valid_to IS NULL GROUP BY 1",
)


def main() -> None:
    reference.load(by=system_user())
    call_command("collectstatic", interactive=False, verbosity=0)
    with transaction.atomic(), override_settings(ALLOWED_HOSTS=["*"]):
        ratio = measure(HOUSEHOLDS)
        transaction.set_rollback(True)
    print(f"round_monitor: ratio {ratio:.2f} (goal {GOAL})")
    if ratio > GOAL:
        raise SystemExit(1)


def measure(count: int, tries: int = TRIES) -> float:
    """Ratio of the medians; prints medians and 95th percentiles."""
    villages = province.villages_of_a_province()
    province.fill(count, villages)
    place = Area.objects.get(pk=int(villages[0].path.split(".")[0]))
    round = reviews.periodic(place, clock.today().year, reviews.standard())
    add_surveys(round)
    client = Client()
    officer = users.user("bench department", Role.DEPARTMENT, place)
    client.force_login(officer, backend="django.contrib.auth.backends.ModelBackend")
    memory.settle()
    address = reverse("households:round_monitor", args=[round.pk])
    ours = province.times(lambda: _page(client, address), tries)
    limit = province.times(_bare, tries)
    print(f"{count} households, {len(villages)} villages, {tries} tries")
    print(f"  monitor: povreg {province.in_ms(ours)}; bare counting {province.in_ms(limit)}")
    return statistics.median(ours) / statistics.median(limit)


def add_surveys(round: ReviewRound) -> None:
    """Nine in ten households have a form in it, seven in ten a complete one."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute(_SURVEYS, {"round": round.pk, "as_of": round.as_of})
        cursor.execute("SET LOCAL session_replication_role = origin")
        cursor.execute("ANALYZE households_survey")


def _page(client: Client, address: str) -> None:
    if b"group-row" not in client.get(address).content:
        raise AssertionError(f"nothing found at {address}")


def _bare() -> None:
    with connection.cursor() as cursor:
        for statement in _BARE:
            cursor.execute(statement)
            if not cursor.fetchall():
                raise AssertionError("nothing to count")
