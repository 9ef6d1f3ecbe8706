"""Counting how the API is used: in the cache while answering, in the register by a job.

Each minute has its own hash, so that the job takes minutes that are over while others go on. A job
that dies between writing a minute and forgetting it counts that minute twice: use is an account of
how much, not a record of acts.
"""

import datetime as dt
from functools import cache as once
from typing import Any, Final, cast

from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone
from redis import Redis

#: In the place of a token: nobody in particular, who asks for open data.
ANYBODY: Final = 0
USE: Final = "povreg:api-use:"
CALLS: Final = "povreg:api-calls:"
_WRITE: Final = """
INSERT INTO households_apiuse AS u (token_id, day, endpoint, status, calls, last_at)
SELECT nullif(v.token_id, 0), %(day)s, v.endpoint, v.status, v.calls, %(last_at)s
FROM unnest(%(tokens)s::bigint[], %(endpoints)s::text[], %(statuses)s::int[], %(calls)s::int[])
  AS v (token_id, endpoint, status, calls)
WHERE v.token_id = 0 OR EXISTS (SELECT FROM households_apitoken t WHERE t.id = v.token_id)
ON CONFLICT (token_id, day, endpoint, status) DO UPDATE
SET calls = u.calls + excluded.calls, last_at = greatest(u.last_at, excluded.last_at)
"""
#: What no job took is forgotten: the use of some days ago helps nobody.
KEPT_SECONDS: Final = 3 * 24 * 3600
_MINUTE_SECONDS: Final = 60
#: Calls are counted by minute; the one before is over.
CALLS_KEPT_SECONDS: Final = 2 * _MINUTE_SECONDS


@once
def _store() -> Redis:
    """Hashes and counters, which Django's cache does not know; the same server."""
    location: str = settings.CACHES["default"]["LOCATION"]
    return Redis.from_url(location, decode_responses=True)


def counts_call(caller: str) -> int:
    """One call more of a caller; how many he made in this minute. One round trip."""
    key = f"{CALLS}{caller}:{minute()}"
    with _store().pipeline(transaction=False) as pipe:
        pipe.incr(key)
        pipe.expire(key, CALLS_KEPT_SECONDS)
        calls: int = pipe.execute()[0]
    return calls


def note(*, token_id: int, endpoint: str, status: int) -> None:
    """One answer of this status to a token, or to ANYBODY. One round trip."""
    key = f"{USE}{minute()}"
    with _store().pipeline(transaction=False) as pipe:
        pipe.hincrby(key, f"{token_id}|{status}|{endpoint}", 1)
        pipe.expire(key, KEPT_SECONDS)
        pipe.execute()


def write_down() -> int:
    """Write the minutes that are over; how many."""
    now, written = minute(), 0
    for key in _store().scan_iter(match=f"{USE}*"):
        of = int(key.removeprefix(USE))
        if of < now:
            _write(of, cast(dict[str, str], _store().hgetall(key)))
            _store().delete(key)
            written += 1
    return written


def _write(of: int, counted: dict[str, str]) -> None:
    at = dt.datetime.fromtimestamp((of + 1) * _MINUTE_SECONDS, dt.UTC)
    told = [key.split("|", 2) for key in counted]
    values: dict[str, Any] = {
        "day": timezone.localtime(at).date(),
        "last_at": at,
        "tokens": [int(token) for token, __, __ in told],
        "statuses": [int(status) for __, status, __ in told],
        "endpoints": [endpoint for __, __, endpoint in told],
        "calls": [int(calls) for calls in counted.values()],
    }
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(_WRITE, values)


def minute() -> int:
    """The minute of now, which use and calls are counted in."""
    return int(timezone.now().timestamp()) // _MINUTE_SECONDS
