"""From which year a commune's lists are complete, as it has said."""

from collections.abc import Iterable

from django.db import connection

from households.services.complete_lists import VERB

_SAID = """
SELECT DISTINCT ON (area_id) area_id, (details ->> 'year')::int
FROM households_auditevent WHERE verb = %(verb)s AND area_id = ANY(%(communes)s)
ORDER BY area_id, id DESC
"""


def complete_from(communes: Iterable[int]) -> dict[int, int]:
    """The year of the first periodic review whose list, and every one since, is whole in povreg; a
    commune that has not said is left out. One query."""
    with connection.cursor() as cursor:
        cursor.execute(_SAID, {"verb": VERB, "communes": list(communes)})
        return {pk: year for pk, year in cursor.fetchall() if year is not None}
