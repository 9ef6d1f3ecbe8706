"""A merger taken back leaves the tables as they were before; what rests on it forbids that."""

from types import SimpleNamespace
from typing import Any

import pytest
from django.db import connection

from households.errors import Conflict, Refused
from households.models import AuditEvent, DuplicateMerge, Person
from households.services import surveys
from households.services.duplicates import merging, undoing
from households.services.duplicates.merging import Chosen
from households.services.household_acts import corrections
from households.services.household_acts.newcomers import Facts
from tests.factories import people, users
from tests.households.conftest import World

WHY = "Cùng một người"
TABLES = (
    "person", "personkey", "household", "householdkey", "membership", "residence", "survey",
    "surveymember", "householdevent", "householdcard", "statusperiod", "duplicatepair",
    "mergedperson", "householdtransfer", "reviewrequest",
)  # fmt: skip


def tables() -> dict[str, list[Any]]:
    """Every row of the register, as the database holds it."""
    rows = {}
    with connection.cursor() as cursor:
        for table in TABLES:
            cursor.execute(
                f"SELECT to_jsonb(t) FROM households_{table} t ORDER BY to_jsonb(t)::text"
            )
            rows[table] = [row for (row,) in cursor.fetchall()]
    return rows


def merge(two: SimpleNamespace, world: World, kept: str = "a") -> DuplicateMerge:
    chosen = Chosen(kept, {"full_name": kept})
    return merging.merge(pair=two.pair, chosen=chosen, why=WHY, by=world.officer)


@pytest.mark.parametrize("kept", ["a", "b"])
def test_the_tables_are_as_before(world: World, two: SimpleNamespace, kept: str) -> None:
    surveys.start(round=world.round, household=two.homes[1], by=world.officer)
    before = tables()
    done = merge(two, world, kept)
    assert tables() != before
    undoing.undo(merge=done, by=world.officer)
    assert tables() == before
    done.refresh_from_db()
    assert done.undone_by == world.officer
    assert AuditEvent.objects.filter(verb="duplicate.undo").count() == 1


def test_it_can_be_merged_and_taken_back_again(world: World, two: SimpleNamespace) -> None:
    before = tables()
    for kept in ("a", "b"):
        undoing.undo(merge=merge(two, world, kept), by=world.officer)
    assert tables() == before


def test_taken_back_once(world: World, two: SimpleNamespace) -> None:
    done = merge(two, world)
    undoing.undo(merge=done, by=world.officer)
    with pytest.raises(Conflict):
        undoing.undo(merge=done, by=world.officer)


def test_not_by_somebody_else(world: World, two: SimpleNamespace) -> None:
    done = merge(two, world)
    with pytest.raises(Refused):
        undoing.undo(merge=done, by=users.user("x"))


def test_a_later_change_of_the_person_forbids_it(world: World, two: SimpleNamespace) -> None:
    done = merge(two, world)
    facts = Facts("Lò Văn Ún", "M", two.a.birth_date)
    corrections.correct(
        household=two.homes[0], person=two.a, facts=facts, relation="child", by=world.officer
    )
    with pytest.raises(Refused, match="Người officer changed the entries"):
        undoing.undo(merge=done, by=world.officer)
    assert Person.objects.get(pk=two.b.pk).personal_id is None


def test_a_later_form_with_the_person_forbids_it(world: World, two: SimpleNamespace) -> None:
    done = merge(two, world)
    surveys.start(round=world.round, household=two.homes[0], by=world.officer)
    with pytest.raises(Refused, match="changed the entries"):
        undoing.undo(merge=done, by=world.officer)


def test_what_others_do_meanwhile_does_not_forbid_it(world: World, two: SimpleNamespace) -> None:
    done = merge(two, world)
    other = people.household(world.village, people.person("Nhà Khác"))
    surveys.start(round=world.round, household=other, by=world.officer)
    undoing.undo(merge=done, by=world.officer)
