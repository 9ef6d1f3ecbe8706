"""The villages that a list names, in its commune: found by name, or planned as new."""

import re
from typing import Any, Final

from django.db import connection
from django.utils.translation import gettext as _
from psycopg2.extras import execute_values

from households.exchange.unit_names import bare_village
from households.folding import fold
from households.models import Area
from households.services.imports.problems import LISTED, ProblemLog
from households.services.imports.villages import NewVillage

#: "Thôn Nà Lẻ, xã Thử": what comes after the village.
_REST_OF_ADDRESS: Final = re.compile(r"\s*[,;–]|\s+-\s+")


def find(commune: Area, day: Any, log: ProblemLog) -> list[NewVillage]:
    """Set the village of each head; give those to be made. Four statements."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT village, min(line) FROM listed_head WHERE village IS NOT NULL"
            " GROUP BY village ORDER BY min(line)"
        )
        named = cursor.fetchall()
    known: dict[str, int] = {}
    by_bare_name: dict[str, list[int]] = {}
    for village in Area.objects.filter(parent=commune).on(day):
        known[fold(village.name)] = village.pk
        by_bare_name.setdefault(bare_village(village.name), []).append(village.pk)
    ids: dict[str, int] = {}
    new: dict[str, NewVillage] = {}
    free = _new_ids(len(named))
    for name, line in named:
        short = _REST_OF_ADDRESS.split(name)[0]
        found = _found(name, known, by_bare_name) or _found(short, known, by_bare_name)
        if found is None:
            key = fold(short)
            if key not in new:
                new[key] = NewVillage(free[len(new)], commune.pk, short, None)
                log.add(
                    LISTED, line, "village", "new_village",
                    _("The register has no such village; it is entered with the list."),
                    short, is_warning=True,
                )  # fmt: skip
            found = new[key].id
        ids[name] = found
    _place(ids)
    return list(new.values())


def _found(name: str, known: dict[str, int], by_bare_name: dict[str, list[int]]) -> int | None:
    """The village of this name; one written without its type where that leaves no doubt."""
    if (same := known.get(fold(name))) is not None:
        return same
    alike = by_bare_name.get(bare_village(name), [])
    return alike[0] if len(alike) == 1 and fold(name) == bare_village(name) else None


def _new_ids(number: int) -> list[int]:
    """From the table's own sequence."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT nextval(pg_get_serial_sequence('households_area', 'id'))"
            " FROM generate_series(1, %s)",
            [number],
        )
        return [row[0] for row in cursor.fetchall()]


def _place(ids: dict[str, int]) -> None:
    if not ids:
        return
    with connection.cursor() as cursor:
        execute_values(
            cursor.cursor,
            "UPDATE listed_head h SET village_id = n.id::bigint FROM (VALUES %s) AS n (name, id)"
            " WHERE h.village = n.name",
            list(ids.items()),
        )
