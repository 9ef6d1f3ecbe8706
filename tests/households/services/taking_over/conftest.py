"""A commune that takes over its list."""

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from django.utils.translation import override

from households.models import EthnicGroup
from households.services import import_files
from households.services.taking_over import TakenOver, take_over
from tests.factories import paper_lists
from tests.households.conftest import World

Taken = Callable[..., TakenOver]


def told(result: TakenOver, *, warnings: bool = False) -> list[tuple[int, str, str]]:
    """(row, column, code) of what is wrong."""
    found = result.warnings if warnings else result.errors
    return [(one.row, one.column, one.code) for one in found]


@pytest.fixture(autouse=True)
def english(world: World) -> Iterator[None]:
    EthnicGroup.objects.create(code="01", name="Kinh", is_minority=False)
    with override("en"):
        yield


@pytest.fixture
def taken(world: World, tmp_path: Path) -> Taken:
    """Take over a sheet with these rows, written unless said otherwise."""

    def run(
        rows: Sequence[Sequence[Any]] = paper_lists.TWO,
        headings: Sequence[Any] = paper_lists.HEADINGS,
        **given: Any,
    ) -> TakenOver:
        path = tmp_path / "danh-sach.xlsx"
        path.write_bytes(paper_lists.workbook(rows, headings))
        how = {
            "by": given.pop("by", world.officer),
            "commit": given.pop("commit", True),
            "reason": given.pop("reason", ""),
        }
        commune = given.pop("of", world.commune)
        facts = given.pop("facts", None) or paper_lists.facts(commune, **given)
        with import_files.readable_list(path) as sheet:
            return take_over(sheet=sheet, facts=facts, **how)

    return run
