"""Jobs of the register. Each calls one service; repeating one does no harm."""

from pathlib import Path

from celery import shared_task
from django.conf import settings

from households.services import attachments, open_sessions


@shared_task(name="households.sweep_attachments")
def sweep_attachments() -> int:
    """Once a day: files of pictures that no form names."""
    return attachments.sweep(Path(settings.MEDIA_ROOT))


@shared_task(name="households.clear_sessions")
def clear_sessions() -> int:
    """Once a day: log-ins past their time."""
    return open_sessions.clear_expired()
