"""Jobs of the reports. Each calls one service; repeating one does no harm."""

from celery import shared_task

from reports.services import summaries
from reports.views import warming


@shared_task(name="reports.refresh_summaries")
def refresh_summaries() -> int:
    """Every minute: the sums of communes that changed."""
    return summaries.refresh_changed()


@shared_task(name="reports.draw_pages")
def draw_pages() -> int:
    """Every ten minutes: pages of figures that changed."""
    return warming.pages()
