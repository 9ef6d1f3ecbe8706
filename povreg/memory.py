"""What a web process has loaded stays for good, and is not looked through again and again."""

import gc

from django.urls import get_resolver


def settle() -> None:
    """Load what the first request would, and set all that is there apart from the collection of
    garbage. A full collection looks through more than 100,000 objects of code otherwise: a pause
    of 30 ms and more in the middle of some request (130 ms on a busy machine). Before the workers
    are forked, so that they go on sharing these pages of memory."""
    get_resolver().url_patterns  # noqa: B018  (reading it imports every view)
    gc.collect()
    gc.freeze()
