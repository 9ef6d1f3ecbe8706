"""Trying statements that must not pass, and listing the rules that refuse them."""

import re
from collections.abc import Collection

from django.db import DatabaseError, connection, transaction


def kept_rules(app: str, unused: Collection[str] = ()) -> set[str]:
    """Every CHECK, UNIQUE and EXCLUDE rule of an app's tables, partial and expression indexes
    included; without those of `unused` tables."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT conrelid::regclass::text, conname::text FROM pg_constraint
            WHERE conrelid::regclass::text LIKE %(tables)s AND contype IN ('c', 'u', 'x')
            UNION
            SELECT tablename::text, indexname::text FROM pg_indexes
            WHERE tablename LIKE %(tables)s AND indexdef LIKE 'CREATE UNIQUE%%'
              AND indexname NOT IN (SELECT conname FROM pg_constraint)
            """,
            {"tables": rf"{app}\_%"},
        )
        return {name for table, name in cursor.fetchall() if table not in unused}


def broken(statement: str) -> str:
    """What the database says to a statement; "" when it takes it. Nothing of it stays."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(as_sql(statement))
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            transaction.set_rollback(True)
    except DatabaseError as refusal:
        return str(refusal)
    return ""


_COPY = re.compile(r"copy (?P<table>\w+)(?: SET (?P<other>.*?))?(?: WHERE (?P<condition>[^()]*))?")


def as_sql(statement: str) -> str:
    """The INSERT that a "copy" stands for; other statements as they are."""
    found = _COPY.fullmatch(statement)
    if not found:
        return statement
    table, other = found["table"], found["other"] or ""
    values = {column: column for column in columns_of(table)}
    values |= dict(one.split(" = ", 1) for one in re.split(r",\s+(?=\w+ = )", other) if one)
    return (
        f"INSERT INTO {table} ({', '.join(values)}) SELECT {', '.join(values.values())}"
        f" FROM {table} WHERE {found['condition'] or 'true'}"
    )


def columns_of(table: str) -> list[str]:
    """The columns one can write, without the key."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT quote_ident(attname) FROM pg_attribute"
            " WHERE attrelid = %s::regclass AND attnum > 0 AND NOT attisdropped"
            "   AND attname <> 'id' AND attgenerated = ''",
            [table],
        )
        return [name for (name,) in cursor.fetchall()]
