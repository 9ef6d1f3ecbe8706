"""Rows by hand-written SQL, for the few statements that are part of nearly every request.

Django puts the SQL of a wide row or a join together anew each time, which takes several times as
long as the database needs to answer it. The columns are still taken from the models.
"""

from collections.abc import Iterator, Sequence
from itertools import accumulate, pairwise
from typing import Any

from django.db import connection, models


class WholeRows:
    """Reads whole rows of one or several tables out of one statement.

    `tables` are the models by the names the statement calls their tables. The statement selects
    `columns`; what it joins is there in each row (no outer joins).
    """

    def __init__(self, **tables: type[models.Model]) -> None:
        fields = {name: model._meta.concrete_fields for name, model in tables.items()}
        self.columns = ", ".join(
            f'{name}."{one.column}"' for name, several in fields.items() for one in several
        )
        ends = accumulate((len(several) for several in fields.values()), initial=0)
        self._parts = [
            (model, slice(*part), [one.attname for one in fields[name]])
            for part, (name, model) in zip(pairwise(ends), tables.items(), strict=True)
        ]
        # PostgreSQL itself needs none (see DatabaseOperations.get_db_converters).
        self._converted = [
            (place, convert, one)
            for place, one in enumerate(one for several in fields.values() for one in several)
            for convert in one.get_db_converters(connection)
        ]

    def read(self, sql: str, parameters: Sequence[Any]) -> Iterator[list[Any]]:
        """For each row of the answer one object of each model, in the order of `tables`. One
        query."""
        with connection.cursor() as cursor:
            cursor.execute(sql, parameters)
            rows = cursor.fetchall()
        for row in rows:
            values = list(row)
            for place, convert, one in self._converted:
                values[place] = convert(values[place], one.cached_col, connection)
            yield [
                model.from_db(connection.alias, names, values[part])
                for model, part, names in self._parts
            ]


def write_columns(row: models.Model, attnames: Sequence[str]) -> None:
    """Write these columns of a stored row. One statement, as save(update_fields=…) makes it."""
    fields = [one for one in row._meta.concrete_fields if one.attname in attnames]
    columns = ", ".join(f'"{one.column}" = %s' for one in fields)
    values = [one.get_db_prep_save(getattr(row, one.attname), connection) for one in fields]
    with connection.cursor() as cursor:
        cursor.execute(
            f'UPDATE "{row._meta.db_table}" SET {columns} WHERE id = %s', [*values, row.pk]
        )
