"""Taking a list back while somebody else is at work on its benefits. Transactions are real here."""

import threading
import time

import pytest
from django.db import connection
from pytest_django import Settings

from households.errors import Invalid
from programs.models import Benefit
from programs.services import support_lists
from tests.programs.conftest import Land, day
from tests.programs.support_lists import handed_over, listed_home

pytestmark = pytest.mark.django_db(transaction=True)

_LONGEST_S = 60


@pytest.fixture(autouse=True)
def in_2024(settings: Settings) -> None:
    settings.POVREG_TODAY = day("2024-10-15")
    settings.LANGUAGE_CODE = "en"


def _wait_until_somebody_waits_for(pid: int) -> None:
    until = time.monotonic() + _LONGEST_S
    while time.monotonic() < until:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT count(*) FROM pg_stat_activity WHERE %s = ANY(pg_blocking_pids(pid))", [pid]
            )
            if cursor.fetchone()[0]:
                return
        time.sleep(0.05)
    raise AssertionError("nobody waits for the other session")


def test_an_answer_under_way_is_waited_for_and_keeps_the_list(land: Land) -> None:
    """Another session takes a benefit of the list on, and commits once the drop waits for it."""
    listed_home(land)
    found = handed_over(land)
    raised: list[BaseException] = []

    def drop() -> None:
        try:
            support_lists.drop(support_list=found, reason="Lập nhầm", by=land.officer)
        except Invalid as error:
            raised.append(error)
        finally:
            connection.close()

    other = connection.copy()
    try:
        other.set_autocommit(False)
        with other.cursor() as cursor:
            cursor.execute("UPDATE programs_benefit SET state = 'DECIDED' RETURNING id")
            assert len(cursor.fetchall()) == 1
            cursor.execute("SELECT pg_backend_pid()")
            (pid,) = cursor.fetchone()
        dropping = threading.Thread(target=drop)
        dropping.start()
        _wait_until_somebody_waits_for(pid)
        other.commit()
        dropping.join(_LONGEST_S)
    finally:
        other.close()
    assert [str(one) for one in raised] == [
        "Answers are recorded on this list already; it is not taken back."
    ]
    assert Benefit.objects.values_list("state", flat=True).get() == "DECIDED"
