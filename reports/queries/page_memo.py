"""What one page reads once, while its answers are worked out."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, TypeVar

_page: ContextVar[dict[Any, Any] | None] = ContextVar("page", default=None)
Found = TypeVar("Found")


@contextmanager
def within(page: dict[Any, Any]) -> Iterator[None]:
    """Inside, `once` remembers in `page`."""
    token = _page.set(page)
    try:
        yield
    finally:
        _page.reset(token)


def is_open() -> bool:
    return _page.get() is not None


def once(key: tuple[object, ...], read: Callable[[], Found]) -> Found:
    """What `read` gives, or gave on this page; outside of a page it is read each time."""
    page = _page.get()
    if page is None:
        return read()
    if key not in page:
        page[key] = read()
    found: Found = page[key]
    return found
