"""Homes of their own for tests that start, kill and restore whole installations."""

import os
import shutil
import signal
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.conf import settings

from povreg.embedded import postgres, processes, valkey
from povreg.supervisor import orphans

#: What a developer has set must not reach the installations under test.
FOREIGN = ("POVREG_", "DATABASE_URL", "REDIS_URL", "PORT", "DJANGO_SETTINGS_MODULE")


@pytest.fixture(scope="module")
def new_home() -> Iterator[Callable[[str], Path]]:
    """A function that names a new home, in a path with a space; all are removed at the end."""
    made: list[Path] = []

    def name(kind: str) -> Path:
        made.append(Path(settings.BASE_DIR) / ".local" / f"{kind} {uuid.uuid4().hex[:8]}")
        return made[-1]

    yield name
    for home in made:
        orphans.end(home)
        for pid in server_pids(home):
            processes.send(pid, signal.SIGKILL)
            processes.wait_gone(pid, 10)
        folders = (postgres.located(home).base, postgres.located(home).sockets, home)
        for folder in folders:
            shutil.rmtree(folder, ignore_errors=True)


def server_pids(home: Path) -> list[int]:
    """The living servers of home: PostgreSQL's and Valkey's process ids."""
    found = (postgres.running_pid(postgres.located(home)), valkey.running_pid(valkey.located(home)))
    return [pid for pid in found if pid]


def clean_environment(**given: str) -> dict[str, str]:
    """The environment for a program under test: ours without what names an installation."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(FOREIGN)}
    return kept | given
