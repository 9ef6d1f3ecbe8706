"""First tables are the same tables, whether they are made in one go or operation by operation."""

import pgtrigger
import pytest
from django.db import connection, migrations, models
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState
from pgtrigger.migrations import AddTrigger

from households.first_tables import FirstTables

pytestmark = pytest.mark.django_db(transaction=True)


def operations() -> list[Operation]:
    """A herd with its leading buffalo: the two tables point at each other."""
    key = ("id", models.BigAutoField(primary_key=True))
    stands_still = pgtrigger.Protect(name="stands", operation=pgtrigger.Delete)
    return [
        migrations.CreateModel("Herd", [key, ("name", models.TextField(unique=True))]),
        migrations.CreateModel(
            "Buffalo",
            [
                key,
                ("herd", models.ForeignKey("households.herd", models.PROTECT)),
                ("weight_kg", models.IntegerField()),
                ("friends", models.ManyToManyField("households.buffalo")),
            ],
        ),
        migrations.AddField(
            "herd", "leader", models.ForeignKey("households.buffalo", models.PROTECT, null=True)
        ),
        migrations.AddIndex("buffalo", models.Index(fields=["weight_kg"], name="buffalo_weight")),
        migrations.AddConstraint(
            "buffalo",
            models.CheckConstraint(condition=models.Q(weight_kg__gt=0), name="buffalo_weighs"),
        ),
        migrations.AddConstraint(
            "buffalo",
            models.UniqueConstraint(
                fields=["herd"], condition=models.Q(weight_kg__gt=500), name="buffalo_one_heavy"
            ),
        ),
        AddTrigger(model_name="buffalo", trigger=compiled(stands_still)),
    ]


def compiled(trigger: pgtrigger.Trigger) -> "pgtrigger.compiler.Trigger":
    return pgtrigger.compiler.Trigger(
        name=trigger.name,
        sql=pgtrigger.compiler.UpsertTriggerSql(
            func="RAISE EXCEPTION 'stays';",
            hash="1",
            operation="DELETE",
            pgid="pgtrigger_stands",
            table="households_buffalo",
            when="BEFORE",
        ),
    )


WHAT_STANDS = """
SELECT 'column', c.relname || '.' || a.attname, format_type(a.atttypid, a.atttypmod) || a.attnotnull
  FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid
 WHERE c.relnamespace = %(schema)s::regnamespace AND a.attnum > 0 AND c.relkind = 'r'
UNION SELECT 'constraint', conname, pg_get_constraintdef(oid)
  FROM pg_constraint WHERE connamespace = %(schema)s::regnamespace
UNION SELECT 'index', indexname, replace(indexdef, %(schema)s || '.', '')
  FROM pg_indexes WHERE schemaname = %(schema)s
UNION SELECT 'trigger', tgname, c.relname
  FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid
 WHERE c.relnamespace = %(schema)s::regnamespace AND NOT tgisinternal
ORDER BY 1, 2, 3
"""


def made_in(schema: str, wanted: list[Operation]) -> list[tuple[str, str, str]]:
    """What stands in a schema of its own after the operations; the schema is dropped again."""
    state = ProjectState()
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE SCHEMA {schema}; SET search_path TO {schema}, public")
    try:
        with connection.schema_editor() as editor:
            for one in wanted:
                before = state.clone()
                one.state_forwards("households", state)
                one.database_forwards("households", editor, before, state)
        with connection.cursor() as cursor:
            cursor.execute(WHAT_STANDS, {"schema": schema})
            return [(kind, name, words.replace(f"{schema}.", "")) for kind, name, words in cursor]
    finally:
        with connection.cursor() as cursor:
            cursor.execute(f"DROP SCHEMA {schema} CASCADE; RESET search_path")


def test_the_same_tables_stand_at_the_end() -> None:
    one_by_one = made_in("one_by_one", operations())
    in_one_go = made_in("in_one_go", [FirstTables(operations())])
    assert in_one_go == one_by_one
    assert {kind for kind, __, __ in in_one_go} == {"column", "constraint", "index", "trigger"}
    names = {name for __, name, __ in in_one_go}
    assert {"buffalo_weighs", "buffalo_one_heavy", "buffalo_weight", "pgtrigger_stands"} <= names
    assert "households_herd.leader_id" in names


def test_the_state_is_the_same_for_what_comes_after() -> None:
    one_by_one, in_one_go = ProjectState(), ProjectState()
    for one in operations():
        one.state_forwards("households", one_by_one)
    FirstTables(operations()).state_forwards("households", in_one_go)
    assert in_one_go == one_by_one


def test_an_operation_about_another_table_belongs_after() -> None:
    about_another = migrations.AddField("village", "hill", models.TextField())
    with pytest.raises(TypeError, match="not about a first table"):
        FirstTables([*operations(), about_another])
    with pytest.raises(TypeError, match="not about a first table"):
        FirstTables([*operations(), migrations.RunSQL("SELECT 1")])
