"""Jobs of the register. Each calls one service; repeating one does no harm."""

from pathlib import Path

from celery import shared_task
from django.conf import settings

from households.services import (
    answered_once,
    api_use,
    attachments,
    home_succession,
    import_batches,
    layout_returns,
    notices,
    oddities,
    open_sessions,
    ordered_files,
    posted_once,
    webhook_sending,
)
from households.services.duplicates import finding
from households.views import household_papers


@shared_task(name="households.sweep_attachments")
def sweep_attachments() -> int:
    """Once a day: files of pictures that no form names."""
    return attachments.sweep(Path(settings.MEDIA_ROOT))


@shared_task(name="households.count_oddities")
def count_oddities() -> int:
    """Every few minutes: what is to be checked again in communes that changed since."""
    return oddities.count_changed()


@shared_task(name="households.write_api_use")
def write_api_use() -> int:
    """Every minute: how often other systems asked, as counted in the cache."""
    return api_use.write_down()


@shared_task(name="households.send_webhooks")
def send_webhooks() -> int:
    """Every minute, and when something happened: messages to other systems."""
    return webhook_sending.sweep()


@shared_task(name="households.deliver_webhook")
def deliver_webhook(webhook_id: int) -> int:
    """Send what is due to one address."""
    return webhook_sending.run(webhook_id=webhook_id)


@shared_task(name="households.tell_what_is_due")
def tell_what_is_due() -> int:
    """Every morning: what is due soon or late."""
    return notices.tell_what_is_due()


@shared_task(name="households.send_mails")
def send_mails() -> int:
    """Every morning after that: one mail a user, where the server sends mail."""
    return notices.send_mails()


@shared_task(name="households.run_import")
def run_import(batch_id: int) -> str:
    """Check or write the files of one import."""
    return import_batches.run(batch_id=batch_id)


@shared_task(name="households.sweep_imports")
def sweep_imports() -> int:
    """Every minute: imports that nobody took up, and files of old ones."""
    return import_batches.sweep()


@shared_task(name="households.read_return")
def read_return(return_id: int) -> str:
    """Read one sheet that came back."""
    return layout_returns.run(return_id=return_id)


@shared_task(name="households.sweep_returns")
def sweep_returns() -> int:
    """Every minute: returned sheets that nobody took up, and files of old ones."""
    return layout_returns.sweep()


@shared_task(name="households.write_file")
def write_file(file_id: int) -> str:
    """Write one ordered file."""
    return ordered_files.run(file_id=file_id, writers=household_papers.WRITERS)


@shared_task(name="households.sweep_files")
def sweep_files() -> int:
    """Every minute: ordered files that nobody took up, and those whose time is over."""
    return ordered_files.sweep()


@shared_task(name="households.find_duplicates")
def find_duplicates() -> int:
    """Every night: who may be entered twice, province by province."""
    return finding.find_everywhere()


@shared_task(name="households.follow_the_map")
def follow_the_map() -> int:
    """Every few minutes, and after an act of many households was signed: households of villages
    that became others."""
    return home_succession.follow()


@shared_task(name="households.clear_sessions")
def clear_sessions() -> int:
    """Once a day: log-ins past their time, and tokens of pages and answers to other systems that
    nobody asks for any more."""
    posted_once.forget_old()
    answered_once.forget_old()
    return open_sessions.clear_expired()
