"""Answers of the API that are kept as long as nothing at all changes in the register.

An answer is told by the question, by who asks it and by the state of the register: the snapshot
that PostgreSQL reads with, another one as soon as any transaction that wrote something has ended.
The state is read before the answer is worked out, so an answer can be newer than the state it is
filed under, never older. What is kept is therefore right at commit, whoever changed what, rights
and tokens too; it costs one query and one round trip to the cache, in which the call is counted.
"""

import hashlib
import json
import secrets
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache as once
from typing import Any, Final

from django.conf import settings
from django.db import Error, connection
from redis import Redis
from redis.commands.core import Script

from households import clock
from households.services import api_use
from households.services.api_callers import Caller

#: New code finds no answers of the old; processes that were forked from one share theirs.
_RUN: Final = secrets.token_hex(8)
_KEPT: Final = "povreg:api-answer:"
_SINCE: Final = "povreg:api-since:"
#: What nobody asks for again is forgotten, as what an older state was filed under.
_KEPT_SECONDS: Final = 120
_SINCE_SECONDS: Final = 30 * 24 * 3600
#: A bigger answer is worked out each time.
MOST_BYTES: Final = 2_000_000
# After a restart or from a backup the numbers of transactions may come again.
_STATE: Final = "SELECT concat(pg_current_snapshot(), '@', pg_postmaster_start_time())"

# KEYS: the answer. ARGV: now, prefix and seconds of calls, of use, seconds of answers, since when
# the asker has what he has (0: he does not say), ETags that he has.
_FIND: Final = """
local kept = redis.call('HMGET', KEYS[1], 'etag', 'token', 'limit', 'ends', 'endpoint', 'since')
if not kept[1] or tonumber(kept[4]) <= tonumber(ARGV[1]) then return false end
local calls = ARGV[2] .. 'token:' .. kept[2] .. ':' .. ARGV[3]
if tonumber(redis.call('GET', calls) or '0') >= tonumber(kept[3]) then return false end
if redis.call('INCR', calls) == 1 then redis.call('EXPIRE', calls, ARGV[4]) end
local status = '200'
for i = 9, #ARGV do if ARGV[i] == kept[1] then status = '304' end end
if #ARGV == 8 and tonumber(ARGV[8]) >= tonumber(kept[6]) then status = '304' end
local use = ARGV[5] .. ARGV[3]
if redis.call('HINCRBY', use, kept[2] .. '|' .. status .. '|' .. kept[5], 1) == 1 then
  redis.call('EXPIRE', use, ARGV[6])
end
redis.call('EXPIRE', KEYS[1], ARGV[7])
local told = redis.call('HGET', KEYS[1], 'headers')
return {status, told, status == '200' and redis.call('HGET', KEYS[1], 'body') or ''}
"""


@dataclass(frozen=True)
class Asked:
    """`about` tells the question and who asks, `key` also the state of the register."""

    about: str
    key: str


@dataclass(frozen=True)
class Kept:
    """As it goes out; `content` is empty where the asker has it (304)."""

    status: int
    headers: Mapping[str, str]
    content: bytes


def asked(secret: str, told: Sequence[object]) -> Asked | None:
    """`told` is all that tells one question from another. None inside of a transaction, whose own
    writes no snapshot shows, and where the session with the database was lost. One query."""
    if connection.in_atomic_block or (state := _state()) is None:
        return None
    about = _digest((secret, *told))
    return Asked(about, _digest((about, state, clock.today(), _RUN)))


def _state() -> str | None:
    """None where the session is lost: whoever asks next opens another. That it answers is what
    Django would ask it first, so it is asked once."""
    connection.ensure_connection()
    try:
        with connection.wrap_database_errors, connection.connection.cursor() as cursor:
            cursor.execute(_STATE)
            (state,) = cursor.fetchone()
    except Error:
        connection.close()
        return None
    connection.health_check_done = True  # type: ignore[attr-defined]  # the stubs do not know it
    return str(state)


def find(question: Asked, *, etags: Sequence[str], has_since: float = 0) -> Kept | None:
    """What is kept, its call and use counted; None also where the asker has no call left. `etags`
    and `has_since` (seconds of the epoch) say what he has. One round trip."""
    args: list[str | float] = [time.time(), api_use.CALLS, api_use.minute()]
    args += [api_use.CALLS_KEPT_SECONDS, api_use.USE, api_use.KEPT_SECONDS]
    args += [_KEPT_SECONDS, has_since, *etags]
    found = _script()(keys=[f"{_KEPT}{question.key}"], args=args)
    if found is None:
        return None
    status, headers, content = found
    return Kept(int(status), json.loads(headers), content)


def keep(question: Asked, kept: Kept, *, caller: Caller, endpoint: str, since: float) -> None:
    """For others who ask the same with this token; nothing where it is too big. One round trip."""
    if len(kept.content) > MOST_BYTES or caller.token_id is None or caller.expires_at is None:
        return
    key = f"{_KEPT}{question.key}"
    values: dict[bytes | memoryview[int] | bytearray | str | int | float, Any] = {
        "etag": kept.headers["ETag"],
        "token": caller.token_id,
        "limit": caller.calls_per_minute,
        "ends": caller.expires_at.timestamp(),
        "endpoint": endpoint,
        "since": since,
        "headers": json.dumps(dict(kept.headers)),
        "body": kept.content,
    }
    with _store().pipeline() as pipe:
        pipe.hset(key, mapping=values)
        pipe.expire(key, _KEPT_SECONDS)
        pipe.execute()


def since(question: Asked, etag: str) -> int:
    """Since when the question is answered so, in seconds of the epoch: since the other answer, or
    since povreg was first asked. No two answers of a question have the same second. Two round
    trips."""
    key, now = f"{_SINCE}{question.about}", int(time.time())
    before, at = _store().hmget(key, ["etag", "since"])
    if before == etag.encode():
        return int(at or now)
    told = max(now, int(at or 0) + 1)
    with _store().pipeline() as pipe:
        pipe.hset(key, mapping={"etag": etag, "since": told})
        pipe.expire(key, _SINCE_SECONDS)
        pipe.execute()
    return told


def _digest(told: Sequence[object]) -> str:
    return hashlib.sha256(repr(tuple(map(str, told))).encode()).hexdigest()


@once
def _store() -> Redis:
    """Bytes as they are; the same server as the cache."""
    return Redis.from_url(settings.CACHES["default"]["LOCATION"])


@once
def _script() -> Script:
    return _store().register_script(_FIND)
