"""The audit cannot be changed, and every change of a row leaves the row as it was."""

import pytest
from django.db import IntegrityError, connection, transaction

from households.models import AuditEvent, Person, RowHistory
from households.services import audit
from tests.factories import people, users

pytestmark = pytest.mark.django_db


def _sql(statement: str) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


@pytest.mark.parametrize("table", ["households_auditevent", "households_rowhistory"])
@pytest.mark.parametrize("act", ["UPDATE {} SET id = id", "DELETE FROM {}", "TRUNCATE {} CASCADE"])
def test_audit_and_history_are_append_only(table: str, act: str) -> None:
    by = users.user("a")
    with audit.act(by=by, verb="test.act"):
        people.person()
    Person.objects.update(full_name="Khác")
    _sql("SET CONSTRAINTS ALL IMMEDIATE")
    with pytest.raises(IntegrityError, match="append-only"):
        _sql(act.format(table))


def test_an_update_by_raw_sql_keeps_the_old_row_with_its_act() -> None:
    by = users.user("a")
    person = people.person("Tên Cũ")
    with audit.act(by=by, verb="test.rename") as act:
        _sql(f"UPDATE households_person SET full_name = 'Tên Mới' WHERE id = {person.pk}")
    kept = RowHistory.objects.get(table_name="households_person", row_id=person.pk)
    assert (kept.operation, kept.row["full_name"], kept.act) == ("U", "Tên Cũ", act)


def test_a_delete_keeps_the_old_row() -> None:
    person = people.person("Người Xóa")
    person.delete()
    kept = RowHistory.objects.get(table_name="households_person")
    assert (kept.operation, kept.row["full_name"], kept.act_id) == ("D", "Người Xóa", None)


def test_a_row_carries_the_act_that_made_it_even_in_bulk() -> None:
    by = users.user("a")
    with audit.act(by=by, verb="test.bulk") as act:
        Person.objects.bulk_create([Person(full_name=n, sex="F") for n in ("A", "B")])
    assert set(Person.objects.values_list("act", flat=True)) == {act.pk}
    people.person("Ngoài")
    assert Person.objects.get(full_name="Ngoài").act_id is None


def test_when_the_audit_cannot_be_written_nothing_else_is() -> None:
    by = users.user("a")
    by.pk = -1

    def act_by_nobody() -> None:
        with transaction.atomic(), audit.act(by=by, verb="test.broken"):
            people.person("Không Được Ghi")
            _sql("SET CONSTRAINTS ALL IMMEDIATE")

    with pytest.raises(IntegrityError):
        act_by_nobody()
    assert not Person.objects.exists()


def test_an_act_within_an_act_gives_the_outer_one_back() -> None:
    by = users.user("a")
    with audit.act(by=by, verb="outer") as outer:
        with audit.act(by=by, verb="inner") as inner:
            first = people.person("Trong")
        second = people.person("Sau")
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.act_id, second.act_id) == (inner.pk, outer.pk)
    after = people.person("Ngoài")
    after.refresh_from_db()
    assert after.act_id is None
    assert AuditEvent.objects.count() == 2


def test_a_demo_stays_a_demo() -> None:
    _sql("INSERT INTO households_installation (id, kind) VALUES (1, 'DEMO')")
    for act in (
        "UPDATE households_installation SET kind = 'REAL'",
        "DELETE FROM households_installation",
    ):
        with pytest.raises(IntegrityError, match="cannot be turned"):
            _sql(act)
    with pytest.raises(IntegrityError):
        _sql("INSERT INTO households_installation (id, kind) VALUES (2, 'REAL')")
