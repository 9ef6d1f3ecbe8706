"""The order in which a parallel run deals out its tests."""

from types import SimpleNamespace
from typing import Any

from tests.distribution import HeaviestFirst, heaviest_first

SMALL = "tests/households/test_small.py::test_a"
LARGE = ("tests/reports/test_large.py::test_a", "tests/reports/test_large.py::test_b")
SERVER = "tests/povreg/supervisor/test_run.py::test_a"
ADDRESSES = "tests/security/test_addresses.py::test_a"
PAGES = ("tests/browser/test_pages.py::test_a[0]", "tests/browser/test_pages.py::test_a[1]")


def test_the_longest_go_first_then_files_with_most_tests() -> None:
    items: list[Any] = [
        SimpleNamespace(nodeid=one) for one in (SMALL, *LARGE, SERVER, ADDRESSES, *PAGES)
    ]
    heaviest_first(items)
    assert [one.nodeid for one in items] == [*PAGES, ADDRESSES, SERVER, *LARGE, SMALL]


def test_what_takes_long_goes_by_itself_the_rest_by_file() -> None:
    split = object.__new__(HeaviestFirst)._split_scope
    assert split(PAGES[0]) != split(PAGES[1])
    assert split(LARGE[0]) == split(LARGE[1])
