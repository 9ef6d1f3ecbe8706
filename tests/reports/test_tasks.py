"""Jobs of reports come back from whatever is killed, and leave each edition once."""

import json
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest
from celery.exceptions import Reject
from django.conf import settings

from povreg.backup import database
from reports import tasks
from reports.services import orders
from tests.povreg.conftest import clean_environment, new_home

__all__ = ["new_home"]


def test_a_job_whose_server_went_away_goes_back_into_the_queue(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def away(**given: int) -> int:
        raise orders.ServerAway

    waited: list[float] = []
    monkeypatch.setattr(orders, "make_area", away)
    monkeypatch.setattr(tasks.time, "sleep", waited.append)
    with pytest.raises(Reject) as found:
        tasks.make_area(1, 2)
    assert found.value.requeue
    assert waited == [2.0]


@pytest.mark.slow
@pytest.mark.django_db
def test_worker_broker_and_database_are_killed_while_a_year_is_made(
    new_home: Callable[[str], Path],
) -> None:
    """Each of them once, at random moments; tests.reports.survival does it as often as one likes.
    Copies of the one database begin alike and end alike, to the byte."""
    with tempfile.TemporaryFile() as errors, tempfile.NamedTemporaryFile() as empty:
        for piece in database.dump(errors):
            empty.write(piece)
        empty.flush()
        run = subprocess.run(
            [
                *(sys.executable, "-m", "tests.reports.survival"),
                *("--times", "1", "--kills", "3", "--dump", empty.name),
            ],
            cwd=settings.BASE_DIR,
            env=clean_environment(
                POVREG_HOME=str(new_home("killed reports")),
                POVREG_TODAY="2023-12-20",
                DJANGO_SETTINGS_MODULE="povreg.settings",
            ),
            capture_output=True,
            text=True,
            timeout=280,
            check=False,
        )
    assert run.returncode == 0, run.stdout + run.stderr
    peace, killed, __ = [json.loads(line) for line in run.stdout.splitlines()]
    assert peace["states"] == killed["states"] == {"MADE": 36}
    assert killed["editions"] == 36
    assert killed["same"]
    assert len([one for one in killed["killed"] if one != "worker fell"]) == 3
    assert not any("too late" in one for one in killed["killed"])
