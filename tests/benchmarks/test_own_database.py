"""A benchmark's own database is told by what fills it; tables have their indexes again after it."""

from pathlib import Path

import pytest
from django.db import connection

from benchmarks import own_database


def _indexes(table: str) -> set[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT indexdef FROM pg_indexes WHERE tablename = %s", [table])
        return {row[0] for row in cursor.fetchall()}


@pytest.mark.django_db
def test_indexes_and_their_constraints_come_back() -> None:
    before = _indexes("households_membership")
    with own_database.indexes_after(["membership"]):
        (only,) = _indexes("households_membership")
        assert "membership_pkey" in only
    assert _indexes("households_membership") == before
    assert any("one_household_at_a_time" in one for one in before)


def test_the_mark_changes_with_the_code_and_the_size(tmp_path: Path) -> None:
    code = tmp_path / "people.py"
    code.write_text("one", encoding="utf-8")
    mark = own_database.mark_of(str(code), size=10)
    assert own_database.mark_of(str(code), size=10) == mark
    assert own_database.mark_of(str(code), size=11) != mark
    code.write_text("two", encoding="utf-8")
    assert own_database.mark_of(str(code), size=10) != mark
