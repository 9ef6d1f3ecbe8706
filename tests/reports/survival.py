"""A year's sets made by real workers while they and their servers are killed, again and again.

`python -m tests.reports.survival` in a home of its own (POVREG_HOME; it is filled where it is new)
makes the sets of twelve areas once in peace, and then so many times with kills at random moments.
Each time the same order begins in a copy of the same database, so that at the end all has to be as
in peace, to the byte. The worker is the product's own; only the clock's sweep comes each second
instead of each minute, and takes three seconds for a minute, so that nobody waits.
"""

import argparse
import datetime as dt
import json
import os
import random
import signal
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Any, Final

import django

django.setup()

# E402: the settings, and with them the home, come from the environment
from django.conf import settings  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db import Error, connection  # noqa: E402
from kombu.exceptions import OperationalError as BrokerAway  # noqa: E402
from redis.exceptions import RedisError  # noqa: E402

from povreg.backup import database  # noqa: E402
from povreg.embedded import lease, postgres, processes, valkey  # noqa: E402
from povreg.supervisor import children, orphans  # noqa: E402
from reports.choices import FigureStatus, FileForm, FileVersion, OrderWhat, PartState  # noqa: E402
from reports.models import Edition, EditionRests, ReportOrder, ReportPart  # noqa: E402
from reports.services import edition_files, editions, order_firing, orders  # noqa: E402
from tests.factories import areas, figures  # noqa: E402
from tests.reports.services.made import Reporting, reporting  # noqa: E402

HOME: Final = settings.HOME
#: The database every run begins with.
BASE: Final = "survival_base"
VICTIMS: Final = ("worker", "broker", "database")
#: Of the clock in the product: a minute, and each minute.
STALLED_SECONDS: Final = 3
SWEEP_SECONDS: Final = 1
#: Far above what it takes: a slow machine is no fault of the product.
LONGEST_SECONDS: Final = 240
#: Until the supervisor sees that something is gone.
SEEN_AFTER_SECONDS: Final = 0.5
#: Of so many editions files are made twice.
FILES: Final = 3


@dataclass
class Kill:
    """At the moment when so many parts are made, and a little later."""

    victim: str
    made: int
    later_seconds: float


@dataclass
class Outcome:
    """What is there at the end: must be the same as in peace."""

    editions: dict[str, str]
    files: dict[str, str]
    states: dict[str, int]
    seconds: float = field(default=0, compare=False)
    killed: list[str] = field(default_factory=list, compare=False)


def main(arguments: Sequence[str]) -> int:
    told = argparse.ArgumentParser(description=__doc__)
    told.add_argument("--times", type=int, default=20)
    told.add_argument("--kills", type=int, default=3)
    told.add_argument("--seed", default="1")
    told.add_argument("--reports", default="T1,T2,T3")
    told.add_argument("--dump", type=Path, help="an empty, migrated database (pg_dump)")
    given = told.parse_args(arguments)
    order_firing._STALLED_FOR = dt.timedelta(seconds=STALLED_SECONDS)  # type: ignore[misc]
    with lease.servers(HOME):
        _fill(given.dump, given.reports.split(","))
        calm = run([])
        print(json.dumps({"states": calm.states, "seconds": round(calm.seconds, 1)}), flush=True)
        differing = 0
        for run_number in range(given.times):
            chance = random.Random(f"{given.seed}/{run_number}")
            found = run(_kills(chance, given.kills, sum(calm.states.values())))
            is_same = found == calm
            differing += not is_same
            print(json.dumps(_told(found, calm)), flush=True)
    print(json.dumps({"times": given.times, "differing": differing}), flush=True)
    return 1 if differing else 0


def _told(found: Outcome, calm: Outcome) -> dict[str, Any]:
    return {
        "killed": found.killed,
        "states": found.states,
        "seconds": round(found.seconds, 1),
        "editions": len(found.editions),
        "same": found == calm,
        "differing": sorted(
            name
            for name in {*found.editions, *calm.editions}
            if found.editions.get(name) != calm.editions.get(name)
        )[:5],
    }


def _kills(chance: random.Random, count: int, parts: int) -> list[Kill]:
    """The first three are one of each, in a random order."""
    victims = chance.sample(VICTIMS, len(VICTIMS))
    victims += [chance.choice(VICTIMS) for __ in range(count - len(victims))]
    moments = sorted(chance.sample(range(parts - 1), count))
    return [
        Kill(victim, made, chance.random() / 3)
        for victim, made in zip(victims[:count], moments, strict=True)
    ]


def run(kills: Sequence[Kill]) -> Outcome:
    """Have the order made from its beginning; gives what is there at its end."""
    _begin_anew()
    worker, started = children.installation(HOME, "127.0.0.1", 0)[1], time.monotonic()
    worker.start(HOME, settings.BASE_DIR)
    try:
        killed = _work(worker, list(kills))
    finally:
        worker.ask_to_end()
        worker.wait(10)
    return _outcome(time.monotonic() - started, killed)


def _work(worker: children.Child, kills: list[Kill]) -> list[str]:
    """Until the order is over."""
    killed: list[str] = []
    _fire_all()
    ends_at = time.monotonic() + LONGEST_SECONDS
    sweeps_at = time.monotonic()
    while True:
        if time.monotonic() > ends_at:
            raise TimeoutError(f"not over after {LONGEST_SECONDS} s; killed: {killed}")
        if worker.keep(HOME, settings.BASE_DIR):
            killed.append("worker fell")
        with _away_is_no_fault():
            done, is_over = _progress()
            if is_over:
                return killed + [f"{one.victim}: too late" for one in kills]
            if kills and done >= kills[0].made:
                one = kills.pop(0)
                time.sleep(one.later_seconds)
                _kill(one.victim, worker)
                killed.append(f"{one.victim} at {done}")
            if time.monotonic() >= sweeps_at:
                sweeps_at = time.monotonic() + SWEEP_SECONDS
                order_firing.sweep()
        time.sleep(0.02)


def _fire_all() -> None:
    order = ReportOrder.objects.get()
    order_firing.fire(order.pk, list(dict.fromkeys(order.parts.values_list("area_id", flat=True))))


def _progress() -> tuple[int, bool]:
    done = ReportPart.objects.exclude(state__in=[PartState.WAITING, PartState.MAKING]).count()
    return done, ReportOrder.objects.filter(ended_at__isnull=False).exists()


@contextmanager
def _away_is_no_fault() -> Iterator[None]:
    try:
        yield
    except (Error, RedisError, BrokerAway):
        connection.close()


def _kill(victim: str, worker: children.Child) -> None:
    """And what the supervisor does."""
    if victim == "worker":
        assert worker.process
        worker.process.kill()
        worker.process.wait()
        time.sleep(SEEN_AFTER_SECONDS)
        worker.start(HOME, settings.BASE_DIR)
        return
    is_database = victim == "database"
    pid = (
        postgres.running_pid(postgres.located(HOME))
        if is_database
        else valkey.running_pid(valkey.located(HOME))
    )
    assert pid
    os.kill(pid, signal.SIGKILL)
    processes.wait_gone(pid, 10)
    time.sleep(SEEN_AFTER_SECONDS)
    if is_database:
        postgres.start(postgres.located(HOME))
    else:
        valkey.start(valkey.located(HOME))


def _begin_anew() -> None:
    orphans.end(HOME)
    with valkey.client(valkey.located(HOME)) as store:
        store.flushall()
    _copy(BASE, postgres.DATABASE)


def _copy(source: str, target: str) -> None:
    """As files, with a checkpoint after it: a sequence that is copied through the log would, after
    a crash, give numbers again that it gave since."""
    connection.close()
    server = postgres.connect(postgres.located(HOME), "postgres")
    with server.cursor() as cursor:
        cursor.execute(f"DROP DATABASE IF EXISTS {target} WITH (FORCE)")
        cursor.execute(f"CREATE DATABASE {target} TEMPLATE {source} STRATEGY FILE_COPY")
    server.close()


def _is_filled() -> bool:
    server = postgres.connect(postgres.located(HOME), "postgres")
    with server.cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [BASE])
        found = cursor.fetchone()
    server.close()
    return found is not None


def _fill(dump: Path | None, reports: Sequence[str]) -> None:
    """The order is written here, so that every run has the same cut-off."""
    if _is_filled():
        return
    if dump:
        with (HOME / "restore.log").open("w+b") as errors:
            database.load([dump.read_bytes()], errors)
    call_command("migrate", interactive=False, verbosity=0)
    made = reporting()
    _settle(made)
    orders.order(
        what=OrderWhat.YEAR, area=made.world.province, round=made.world.rounds[2023],
        status=FigureStatus.OFFICIAL, reports=reports, by=made.department,
    )  # fmt: skip
    _copy(postgres.DATABASE, BASE)


def _settle(made: Reporting) -> None:
    """Six more communes, of two families each."""
    for at in range(6):
        over = (made.world.near, made.world.far)[at % 2]
        commune = areas.commune(over, f"0300{at}", f"Xã Thêm {at}")
        village = areas.village(commune)
        for name, facts in (("poor", figures.POOR), ("above", figures.ABOVE)):
            made.world.read(2023, f"{name} {at}", village, facts)
        made.world.decide(2023, commune)


def _outcome(seconds: float, killed: list[str]) -> Outcome:
    states: dict[str, int] = {}
    for state in ReportPart.objects.order_by("position").values_list("state", flat=True):
        states[state] = states.get(state, 0) + 1
    found = Edition.objects.select_related("area", "standard").order_by(
        "report", "area__code", "standard__code", "number"
    )
    made = {_name(one): _digest(one) for one in found}
    files = {
        f"{_name(one)} {form}": edition_files.kept(
            edition=one, form=form, version=FileVersion.INTERNAL
        ).sha256
        for one in found[:FILES]
        for form in (FileForm.XLSX, FileForm.PDF)
    }
    return Outcome(made, files, states, seconds, killed)


def _name(one: Edition) -> str:
    return f"{one.report} {one.area.code} {one.standard.code} {one.status} #{one.number}"


def _digest(one: Edition) -> str:
    """Of the snapshot, byte by byte, and of the households behind it."""
    assert editions.is_whole(one)
    behind = EditionRests.objects.filter(edition=one).order_by("basis__commune__code")
    bases = "".join(behind.values_list("basis__sha256", flat=True))
    parts = ReportPart.objects.filter(edition=one).count()
    return f"{sha256(bytes(one.content)).hexdigest()} {sha256(bases.encode()).hexdigest()} {parts}"


if __name__ == "__main__":
    with suppress(KeyboardInterrupt):
        sys.exit(main(sys.argv[1:]))
