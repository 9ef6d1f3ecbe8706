"""Jobs of the programmes. Each calls one service; repeating one does no harm."""

from celery import shared_task

from programs.services import coverage, year_results
from programs.services.benefit_lists import batches


@shared_task(name="programs.run_benefit_list")
def run_benefit_list(list_id: int) -> str:
    """Check, record or take back one list of support."""
    return batches.run(list_id=list_id)


@shared_task(name="programs.sweep_benefit_lists")
def sweep_benefit_lists() -> int:
    """Every minute: lists that nobody took up, and files of old ones."""
    return batches.sweep()


@shared_task(name="programs.refresh_coverage")
def refresh_coverage() -> int:
    """Every minute: the figures of coverage of communes that changed, of all after midnight."""
    return coverage.refresh_changed()


@shared_task(name="programs.refresh_year_results")
def refresh_year_results() -> int:
    """Every minute: the figures of years of communes that changed."""
    return year_results.refresh_changed()
