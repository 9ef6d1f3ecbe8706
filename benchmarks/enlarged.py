"""The demonstration's province with so many times its households: each one again in its village,
with its members, surveys, results and years on the lists. Rows are copied in the database as they
are, without the acts behind them: what is measured over them are readings.
"""

from typing import Final

from django.db import connection

from benchmarks import own_database

#: Whatever hangs on a household and is read by figures; a table comes after those it points at.
TABLES: Final = (
    "household", "person", "membership", "residence", "survey", "surveymember", "assessment",
    "statusperiod", "householdevent",
)  # fmt: skip
_APART: Final = 100_000_000

_COLUMNS: Final = """
SELECT a.attname,
  a.attname = 'id' OR EXISTS (
    SELECT 1 FROM pg_constraint c
    WHERE c.contype = 'f' AND c.conrelid = a.attrelid AND c.conkey = ARRAY[a.attnum]
      AND c.confrelid = ANY(%(tables)s::regclass[])) AS is_key,
  EXISTS (
    SELECT 1 FROM pg_index i
    WHERE i.indrelid = a.attrelid AND i.indisunique AND i.indnkeyatts = 1 AND i.indkey[0] = a.attnum
  ) AS is_alone,
  format_type(a.atttypid, a.atttypmod) = 'uuid' AS is_uuid
FROM pg_attribute a
WHERE a.attrelid = %(table)s::regclass AND a.attnum > 0 AND NOT a.attisdropped
  AND a.attgenerated = ''
ORDER BY a.attnum
"""


def fill(times: int) -> None:
    """Inside of own_database.kept(like=the province), in a transaction. Some minutes."""
    # Before the indexes that tell what is one's own are taken away.
    columns = {table: _copied(f"households_{table}") for table in TABLES}
    with own_database.indexes_after(list(TABLES)), connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        for table, (names, values) in columns.items():
            cursor.execute(
                f"INSERT INTO households_{table} ({names}) SELECT {values} FROM households_{table}"
                " CROSS JOIN generate_series(1, %(more)s) AS copy",
                {"more": times - 1, "apart": _APART},
            )
            print(f"  {table}: {cursor.rowcount} more", flush=True)
        cursor.execute("SET LOCAL session_replication_role = origin")
        cursor.execute("UPDATE households_changemark SET number = number + 1, changed_at = now()")


def _copied(table: str) -> tuple[str, str]:
    """Names of the columns, and what a copy has in each: other keys, nothing that is one's own."""
    with connection.cursor() as cursor:
        copied = [f"households_{one}" for one in TABLES]
        cursor.execute(_COLUMNS, {"table": table, "tables": copied})
        columns = cursor.fetchall()
    values = []
    for name, is_key, is_alone, is_uuid in columns:
        if is_key:
            values.append(f"{name} + copy * %(apart)s")
        elif is_alone:
            values.append("gen_random_uuid()" if is_uuid else "NULL")
        else:
            values.append(name)
    return ", ".join(name for name, *__ in columns), ", ".join(values)
