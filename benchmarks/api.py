"""Aggregates over the API of a province of 82,000 households, and of a million, from gunicorn with
two workers as `make run` starts it, under load.

The limit is a bare view behind the same middleware that sends the same bytes from the same cache;
of a 304 it is a bare view of Django. Measured are, interleaved in five rounds: an answer that is
kept, its permission checked and its use counted; a 304; the first answer after a commune has
changed, of the province and of a district; and the usual way, a view set that annotates.
"""

import datetime as dt
import multiprocessing
import secrets
import socket
import statistics
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from typing import Any, Final

from django.core.cache import cache
from django.db import connection, connections
from django.test.utils import override_settings
from django.utils import timezone
from gunicorn.app.base import BaseApplication  # type: ignore[import-untyped]

from benchmarks import dashboard, load
from benchmarks.api_urls import SAME_BYTES
from benchmarks.load import Question, Taken
from households.choices import AreaLevel, RoundKind
from households.choices.api import ApiScope
from households.models import Area, ReviewRound, User
from households.services import api_clients, marks
from povreg.wsgi import application

ROUNDS: Final = 5
CONNECTIONS: Final = 4
TIMES: Final = 150
AFTER_A_CHANGE: Final = 9
#: Of what is measured against its limit: half of the answers, all but one in twenty.
KEPT_GOAL: Final = (1.3, 1.5)
NOT_MODIFIED_GOAL: Final = 2.0
FIRST_GOAL: Final = {"province": 8.0, "district": 3.0}
PLAIN_GOAL: Final = 30.0
SIZES: Final = (1, 12)
_TABLE: Final = "/api/v1/aggregates/poverty/?round=2023&level=commune&status=preliminary"


def main() -> None:
    is_good = True
    around = override_settings(
        ALLOWED_HOSTS=["*"], POVREG_TODAY=dashboard.TODAY, ROOT_URLCONF="benchmarks.api_urls"
    )
    with around:
        for times in SIZES:
            with dashboard.kept_province(times), _served() as port:
                is_good = measure(port) and is_good
            cache.clear()
    if not is_good:
        raise SystemExit(1)


class _Server(BaseApplication):
    """As povreg.supervisor starts it."""

    def __init__(self, port: int) -> None:
        self.port = port
        super().__init__()

    def load_config(self) -> None:
        given = {
            "bind": f"127.0.0.1:{self.port}", "worker_class": "gthread", "workers": 2,
            "threads": 4, "loglevel": "error", "control_socket_disable": True,
        }  # fmt: skip
        for name, value in given.items():
            self.cfg.set(name, value)

    def load(self) -> Any:
        return application


def _serve(port: int, database: str) -> None:
    connections.close_all()
    connections.databases["default"]["NAME"] = database
    connection.settings_dict["NAME"] = database
    _Server(port).run()


@contextmanager
def _served() -> Iterator[int]:
    """A server of the database that is looked at now; gives its port."""
    with closing(socket.socket()) as free:
        free.bind(("127.0.0.1", 0))
        port = int(free.getsockname()[1])
    connection.close()
    given = (port, connection.settings_dict["NAME"])
    server = multiprocessing.get_context("fork").Process(target=_serve, args=given)
    server.start()
    try:
        _wait(port)
        yield port
    finally:
        server.terminate()
        server.join()


def _wait(port: int) -> None:
    for _ in range(200):
        with closing(socket.socket()) as line:
            if line.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise SystemExit("the server does not answer")


def measure(port: int) -> bool:
    """Prints what is measured; False where a goal is missed."""
    round = ReviewRound.objects.get(year=2023, kind=RoundKind.PERIODIC)
    token = {"Authorization": f"Bearer {_secret(round.province)}"}
    district = Area.objects.on(round.as_of).at(AreaLevel.DISTRICT).under(round.province).first()
    assert district
    whole = Question(_TABLE, token)
    part = Question(f"{_TABLE}&area={district.code}", token)
    etag = _remember_bytes(port, whole)
    has_it = Question(_TABLE, {**token, "If-None-Match": etag}, 304)
    plain = Question("/bench/plain/", {})
    from_cache, bare = Question("/bench/cache/", {}), Question("/bench/bare/", {})
    taken: dict[str, list[Taken]] = {}
    asked = {"kept": whole, "limit": from_cache, "304": has_it, "bare": bare}
    for _ in range(ROUNDS):
        for name, question in asked.items():
            one = load.ask(port, question, connections=CONNECTIONS, times=TIMES)
            taken.setdefault(name, []).append(one)
        taken.setdefault("plain", []).append(load.ask(port, plain, connections=2, times=3))
    alone = load.ask(port, from_cache, connections=1, times=TIMES).p50
    first = {
        name: _first(port, question, round, district)
        for name, question in {"province": whole, "district": part}.items()
    }
    return _told(taken, alone, first)


def _secret(province: Area) -> str:
    name = f"{__name__} {secrets.token_hex(4)}"  # one that was used is never deleted
    by = User.objects.get(username="so")
    client = api_clients.register(
        name=name, organisation=__name__, contact=__name__, area=province,
        scopes=[ApiScope.EXACT], agreement="1", calls_per_minute=1_000_000, by=by,
    )  # fmt: skip
    expires_at = timezone.now() + dt.timedelta(hours=2)
    return api_clients.issue(client=client, expires_at=expires_at, by=by).secret


def _remember_bytes(port: int, question: Question) -> str:
    """Puts the answer where the bare view finds it; gives its ETag."""
    answer = load.fetch(port, question)
    cache.set(SAME_BYTES, answer.body, 3600)
    print(f"answer of {len(answer.body):,} bytes")
    return answer.headers["etag"]


def _first(port: int, question: Question, round: ReviewRound, district: Area) -> float:
    """Milliseconds of the first answer after a commune of the district changed."""
    communes = Area.objects.on(round.as_of).at(AreaLevel.COMMUNE).under(district)

    def once(pk: int) -> float:
        marks.mark_changed(round_id=round.pk, commune_ids=[pk])
        return load.ask(port, question, connections=1, times=2).slowest

    pks = list(communes.values_list("pk", flat=True))
    return statistics.median(once(pks[at % len(pks)]) for at in range(AFTER_A_CHANGE))


def _told(taken: dict[str, list[Taken]], alone: float, first: dict[str, float]) -> bool:
    def middle(name: str, of: Callable[[Taken], float]) -> float:
        return statistics.median(of(one) for one in taken[name])

    for name in taken:
        p50, p95 = middle(name, lambda one: one.p50), middle(name, lambda one: one.p95)
        rate = middle(name, lambda one: one.per_second)
        print(f"{name:>6}: p50 {p50:.2f} ms, p95 {p95:.2f} ms, {rate:.0f} a second")
    ratios = {
        "kept, p50 to limit": (_ratio(taken, "kept", "limit", "p50"), KEPT_GOAL[0]),
        "kept, p95 to limit": (_ratio(taken, "kept", "limit", "p95"), KEPT_GOAL[1]),
        "304, p50 to bare": (_ratio(taken, "304", "bare", "p50"), NOT_MODIFIED_GOAL),
    }
    for name, ms in first.items():
        print(f"first answer after a change, {name}: {ms:.1f} ms; limit alone {alone:.2f} ms")
        ratios[f"first of the {name} to limit"] = (ms / alone, FIRST_GOAL[name])
    faster = middle("kept", lambda one: one.per_second) / middle(
        "plain", lambda one: one.per_second
    )
    for name, (ratio, goal) in ratios.items():
        print(f"{name}: {ratio:.2f} (goal at most {goal})")
    print(f"answers a second to the usual way: {faster:.0f} times (goal {PLAIN_GOAL:.0f})")
    return faster >= PLAIN_GOAL and all(ratio <= goal for ratio, goal in ratios.values())


def _ratio(taken: dict[str, list[Taken]], one: str, other: str, of: str) -> float:
    """The middle of the rounds' ratios."""
    pairs = zip(taken[one], taken[other], strict=True)
    return statistics.median(float(getattr(a, of)) / float(getattr(b, of)) for a, b in pairs)
