"""Once is once for other systems: what is sent again under its key gets its first answer again.

The answer is kept in the transaction that did what it tells, so that both are there or neither. Two
at once under one key wait for each other.
"""

import datetime as dt
import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from households.errors import Conflict
from households.models import AnsweredOnce, ApiClient

#: As long as the same key gets the same answer: whoever was offline comes back within it.
KEPT_FOR: Final = dt.timedelta(days=30)


@dataclass(frozen=True)
class Answer:
    """Status, media type and body, as they go out."""

    status: int
    media_type: str
    body: str


def once(*, client: ApiClient, key: str, sent: Any, make: Callable[[], Answer]) -> Answer:
    """The kept answer of `key`, or what `make` gives now, which is kept. `sent` is plain JSON;
    neither order of names nor spaces make it another.

    Raises Conflict where the key came with something else before. What `make` raises goes through
    and keeps nothing, so that the key can be sent again.
    """
    content = digest_of(sent)
    with transaction.atomic():
        _wait_for_turn(client, key)
        kept = AnsweredOnce.objects.filter(client=client, key=key).first()
        if kept is not None and kept.at < timezone.now() - KEPT_FOR:
            kept.delete()
            kept = None
        if kept is not None:
            if kept.content != content:
                raise Conflict(
                    _("This key came with other content before. Send a new key with it."),
                    code="key_used",
                )
            return Answer(kept.status, kept.media_type, kept.body)
        made = make()
        AnsweredOnce.objects.create(
            client=client,
            key=key,
            content=content,
            status=made.status,
            media_type=made.media_type,
            body=made.body,
        )
        return made


def _wait_for_turn(client: ApiClient, key: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext(%s), %s)", [key, client.pk])


def digest_of(sent: Any) -> str:
    """The same for what is the same as JSON."""
    return hashlib.sha256(json.dumps(sent, sort_keys=True).encode()).hexdigest()


def forget_old() -> int:
    """Answers whose time is over; how many."""
    return AnsweredOnce.objects.filter(at__lt=timezone.now() - KEPT_FOR).delete()[0]
