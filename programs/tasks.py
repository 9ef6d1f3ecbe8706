"""Jobs of the programmes. Each calls one service; repeating one does no harm."""

from celery import shared_task

from programs.services import coverage


@shared_task(name="programs.refresh_coverage")
def refresh_coverage() -> int:
    """Every minute: the figures of coverage of communes that changed, of all after midnight."""
    return coverage.refresh_changed()
