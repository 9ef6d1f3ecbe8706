"""What one page reads once, while its answers are worked out."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, Final, TypeVar

_page: ContextVar[dict[Any, Any] | None] = ContextVar("page", default=None)
Found = TypeVar("Found")

#: On a page: the state of the map and of whatever else figures of every round rest on.
STATE: Final = "state"
#: And of rounds, their standards and the lists that were decided.
PREPARED: Final = "prepared"
_of_states: dict[tuple[object, ...], Any] = {}
_MOST_OF_STATES: Final = 128


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


def of_state(key: tuple[object, ...], read: Callable[[], Found], of: str = STATE) -> Found:
    """What `read` gives, or gave in this process for the same STATE (or PREPARED), on which alone
    it has to rest; where the page does not know it, it is read once a page."""
    page = _page.get()
    state = page.get(of) if page is not None else None
    if state is None:
        return once(key, read)
    told = (state, *key)
    known: tuple[Found] | None = _of_states.get(told)
    if known is None:
        known = (read(),)
        if len(_of_states) >= _MOST_OF_STATES:
            _of_states.clear()
        _of_states[told] = known
    return known[0]
