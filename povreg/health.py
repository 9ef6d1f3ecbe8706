"""GET /health/: do the database, the broker and a worker answer?"""

import logging

from django.contrib.auth.decorators import login_not_required
from django.core.cache import cache
from django.db import DatabaseError, connection
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from kombu.exceptions import OperationalError
from redis.exceptions import RedisError

from povreg.celery import app
from povreg.tasks import HEARTBEAT_KEY

log = logging.getLogger(__name__)


@require_safe
@never_cache
@login_not_required
def health(request: HttpRequest) -> JsonResponse:
    """200 when all three answer, else 503; which one does not is said, why only in the log."""
    found = {
        "database": database_answers(),
        "broker": broker_answers(),
        "worker": worker_answers(),
    }
    answer = {part: "ok" if ok else "down" for part, ok in found.items()}
    return JsonResponse(answer, status=200 if all(found.values()) else 503)


def database_answers() -> bool:
    """One query on this request's connection."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError as reason:
        log.warning("health: database: %s", reason)
        return False
    return True


def broker_answers() -> bool:
    """A connection to where jobs are sent. Tries once."""
    try:
        with app.connection_for_write() as link:
            link.ensure_connection(max_retries=1, timeout=2)
            link.default_channel.client.ping()
    except (OperationalError, RedisError, OSError) as reason:
        log.warning("health: broker: %s", reason)
        return False
    return True


def worker_answers() -> bool:
    """A worker ran the heartbeat job within the last minute (the key expires by itself)."""
    try:
        return cache.get(HEARTBEAT_KEY) is not None
    except (RedisError, OSError) as reason:
        log.warning("health: worker: %s", reason)
        return False
