"""When a recipient is served, and which school year a day belongs to."""

import datetime as dt

import pytest

from programs.choices import ProgrammeKind
from programs.workflow.serving import SERVED_FOR, school_year_of


def test_every_kind_serves_for_some_time() -> None:
    assert set(SERVED_FOR) == set(ProgrammeKind)


@pytest.mark.parametrize(
    ("on", "year"), [("2024-09-01", 2024), ("2025-05-31", 2024), ("2025-08-31", 2024)]
)
def test_the_summer_belongs_to_the_school_year_that_ended(on: str, year: int) -> None:
    assert school_year_of(dt.date.fromisoformat(on)) == year
