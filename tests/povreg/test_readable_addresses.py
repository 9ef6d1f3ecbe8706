"""A NUL in an address is dropped before any page asks the database with it."""

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory

from povreg.readable_addresses import readable_addresses


@pytest.mark.parametrize(
    ("query", "read"),
    [
        ("programme=%00", {"programme": [""]}),
        ("programme=loan%00&x=1", {"programme": ["loan"], "x": ["1"]}),
        ("x=a%00b&x=c", {"x": ["ab", "c"]}),
        ("x=a%20b", {"x": ["a b"]}),
    ],
)
def test_pages_read_no_nul(rf: RequestFactory, query: str, read: dict[str, list[str]]) -> None:
    seen: list[dict[str, list[str]]] = []

    def page(request: HttpRequest) -> HttpResponse:
        seen.append(dict(request.GET.lists()))
        return HttpResponse()

    readable_addresses(page)(rf.get(f"/?{query}"))
    assert seen == [read]
