"""How tests are dealt out to the workers of a parallel run: what takes long goes first, so that the
workers end together, and where each test takes long, each goes by itself."""

from collections import Counter
from typing import Any

import pytest
from xdist.scheduler import LoadFileScheduling

#: Folders whose tests take seconds to minutes each, the longest first.
ONE_BY_ONE = ("tests/browser/", "tests/security/")
#: Files whose tests share a server or a province, made once a file.
LONG_FILES = ("tests/povreg/", "tests/programs/services/demo/", "tests/households/services/demo/")


class HeaviestFirst(LoadFileScheduling):
    """A file to a worker at a time, in the order of heaviest_first."""

    def __init__(self, config: pytest.Config, log: Any) -> None:
        super().__init__(config, log)
        self.config.option.loadscopereorder = False

    def _split_scope(self, nodeid: str) -> str:
        return nodeid if nodeid.startswith(ONE_BY_ONE) else super()._split_scope(nodeid)


def heaviest_first(items: list[pytest.Item]) -> None:
    """Orders them by folder, then by how many their file holds. Stable, so all workers agree."""
    sizes = Counter(_file(item) for item in items)
    ranks = (*ONE_BY_ONE, *LONG_FILES)

    def weight(item: pytest.Item) -> tuple[int, int, str]:
        file = _file(item)
        rank = next((at for at, one in enumerate(ranks) if file.startswith(one)), len(ranks))
        return rank, 0 if file.startswith(ONE_BY_ONE) else -sizes[file], file

    items.sort(key=weight)


def _file(item: pytest.Item) -> str:
    return item.nodeid.partition("::")[0]
