"""A list as it leaves the screen: what is seen of it, its columns, its rows."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse

from households.exchange.sheets import Head
from households.models import Area

_CHUNK: Final = 1000


@dataclass(frozen=True)
class Listed:
    """A list as it is seen. `filters` are kept in the act (codes and keys, never words that were
    searched); without names nothing is asked. `back` is its page."""

    title: str
    place: str
    back: str
    filters: Mapping[str, Any]
    count: int
    columns: list[tuple[Head, Callable[[Any], object]]]
    found: Iterable[Any]
    has_names: bool = True
    #: What the figures rest on, over the sheet of a list without names.
    base: str = ""

    @property
    def heads(self) -> list[Head]:
        return [head for head, __ in self.columns]

    def rows(self) -> Iterator[list[object]]:
        """From the database in chunks of a thousand."""
        found = self.found
        rows = found.iterator(_CHUNK) if isinstance(found, QuerySet) else found
        for one in rows:
            yield [cell(one) for __, cell in self.columns]


def of_commune(
    page: str, request: HttpRequest, commune: Area, title: str, found: QuerySet[Any], columns: Any,
    arguments: list[int] | None = None, **filters: Any,
) -> Listed:  # fmt: skip
    """A list of a commune's page, back to which the address leads. One query, its count."""
    query = f"?{request.GET.urlencode()}" if request.GET else ""
    back = reverse(page, args=arguments or [commune.pk]) + query
    kept = {"list": page.partition(":")[2], "commune": commune.pk, **filters}
    return Listed(title, commune.name, back, kept, found.count(), columns, found)
