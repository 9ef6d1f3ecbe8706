"""The worker's sign of life. Every other job belongs to the app whose work it is."""

import time

from celery import shared_task
from django.core.cache import cache

HEARTBEAT_KEY = "povreg:worker:heartbeat"
FRESH_SECONDS = 60


@shared_task(name="povreg.heartbeat")
def heartbeat() -> None:
    """Say that a worker takes jobs. Sent every 20 seconds by beat; three may be missed."""
    cache.set(HEARTBEAT_KEY, time.time(), timeout=FRESH_SECONDS)
