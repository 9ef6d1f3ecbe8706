"""Open log-ins: noted when a log-in is finished, ended by their owner or with the account.

A session lies in the database and in the cache; ending one takes it out of both, so that the other
device is logged out at its next request.
"""

import datetime as dt
from collections.abc import Iterable
from functools import partial
from typing import Final

from django.contrib.sessions.backends.base import SessionBase
from django.contrib.sessions.backends.cached_db import SessionStore
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.db import transaction
from django.utils import timezone

from households.models import OpenSession, User
from households.services import audit

#: A session is marked as seen at most once in this time.
SEEN_AGAIN_AFTER: Final = dt.timedelta(minutes=5)


def begin(
    *,
    session: SessionBase,
    by: User,
    device: str,
    address: str | None,
    begun_at: dt.datetime | None = None,
) -> OpenSession:
    """Note a log-in that is finished; `begun_at` for one that goes on under a new key.

    A second log-in in the same browser takes the row of the first. No act: nothing of the register
    changes, and the session itself is none either. At most four queries.
    """
    if session.session_key is None:  # Django makes the key only when it answers
        session.create()
    now = timezone.now()
    row, __ = OpenSession.objects.update_or_create(
        session_id=session.session_key,
        defaults={
            "user": by,
            "begun_at": begun_at or now,
            "last_seen_at": now,
            "device": device,
            "address": address,
        },
    )
    return row


def seen(*, session_key: str) -> None:
    """Its owner sent something just now. One look into the cache, and one UPDATE by the key at
    most every SEEN_AGAIN_AFTER."""
    if cache.add(f"session-seen:{session_key}", 1, SEEN_AGAIN_AFTER.total_seconds()):
        rows = OpenSession.objects.filter(session_id=session_key)
        rows.update(last_seen_at=timezone.now())


def begun_at(session_key: str | None) -> dt.datetime | None:
    """When the log-in with this key began; None when it was not noted. One query."""
    rows = OpenSession.objects.filter(session_id=session_key)
    return rows.values_list("begun_at", flat=True).first()


def end(*, session: OpenSession, by: User) -> None:
    """End one log-in of an account."""
    with audit.act(by=by, verb="user.session_ended", subject=session.user):
        _end([session])


def end_others(*, session_key: str | None, by: User) -> int:
    """End all of one's own log-ins but this one; how many these were."""
    others = OpenSession.objects.filter(user=by).exclude(session_id=session_key)
    return _end_all(list(others), user=by, by=by)


def end_all(*, user: User, by: User) -> int:
    """End every log-in of an account that is closed, or whose password somebody set anew: opened
    again it would otherwise let the old browsers in."""
    return _end_all(list(OpenSession.objects.filter(user=user)), user=user, by=by)


def clear_expired() -> int:
    """Delete the sessions past their time, and with them their rows; how many sessions."""
    __, deleted = Session.objects.filter(expire_date__lt=timezone.now()).delete()
    return deleted.get(Session._meta.label, 0)


def _end_all(rows: list[OpenSession], *, user: User, by: User) -> int:
    if rows:
        details = {"number": len(rows)}
        with audit.act(by=by, verb="user.sessions_ended", subject=user, details=details):
            _end(rows)
    return len(rows)


def _end(rows: Iterable[OpenSession]) -> None:
    """Once now and once after the commit: a request that read the session in between has put it
    into the cache again."""
    for one in rows:
        SessionStore().delete(one.session_id)
        transaction.on_commit(partial(SessionStore().delete, one.session_id))
