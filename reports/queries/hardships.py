"""What happened to households that became poor since the closing before, and in which month."""

from dataclasses import dataclass, replace
from typing import Final

from django.db import connection

from reports.queries import list_changes
from reports.queries.cells import Source
from reports.queries.questions import Question

# Who came onto the list from outside of both (T2), with what happened to him by his forms since
# the round before, those of rounds between included.
_ARISEN: Final = """
SELECT a.*, coalesce(told.shock, '') AS shock,
  coalesce(to_char(told.shock_on, 'YYYY-MM'), '') AS month
FROM ({rows}) a LEFT JOIN LATERAL (
  SELECT s.shock, s.shock_on FROM households_survey s
  WHERE s.household_id = a.household_id AND s.state = 'COMPLETE' AND s.shock <> ''
    AND s.as_of > %(then_as_of)s AND s.as_of <= %(now_as_of)s
  ORDER BY s.as_of DESC, s.id DESC LIMIT 1
) told ON true
WHERE a.cell IN ('relapsed', 'new_entry')
"""


@dataclass(frozen=True)
class Arisen:
    """Households that T2 counts as newly arisen or re-fallen. `shock`: code of the list of sudden
    hardships, "" where no form since the round before names one; `month`: 2023-07, "" without a
    day. `fell_back`: by the lists that povreg has."""

    shock: str
    month: str
    fell_back: bool
    households: int


def source(question: Question) -> Source:
    """The households, by `shock` and `month`; only where there is a closing before."""
    asked = list_changes.source(question, "POOR")
    return replace(asked, rows=_ARISEN.format(rows=asked.rows), cells={})


def of(question: Question) -> list[Arisen]:
    """Of the whole area of the question; nothing without a closing before. One statement."""
    if question.opening is None:
        return []
    asked = source(question)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT a.shock, a.month, a.cell = 'relapsed', count(*)::int"
            f" {asked.placed} GROUP BY 1, 2, 3",
            asked.values_with(question),
        )
        return [Arisen(*row) for row in cursor.fetchall()]
