"""From which year communes say that their lists are complete in povreg."""

from collections.abc import Iterable

from django.db import connection

#: The act is the record: the latest of a commune counts, and no year takes it back.
VERB = "lists.complete_from"

_SAID = """
SELECT DISTINCT ON (area_id) area_id, (details ->> 'year')::int
FROM households_auditevent WHERE verb = %(verb)s AND area_id = ANY(%(communes)s)
ORDER BY area_id, id DESC
"""


def said(communes: Iterable[int]) -> dict[int, int]:
    """The year of each commune that said one and did not take it back. One query."""
    with connection.cursor() as cursor:
        cursor.execute(_SAID, {"verb": VERB, "communes": list(communes)})
        return {pk: year for pk, year in cursor.fetchall() if year is not None}
