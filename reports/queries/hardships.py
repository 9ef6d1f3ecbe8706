"""What happened to households that became poor since the closing before, and in which month."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import chain
from typing import Any, Final

from django.db import connection

from reports.queries import kept_communes, list_changes, units
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
_COUNTED: Final = f"""
SELECT unit_id, a.shock, a.month, a.cell = 'relapsed' AS fell_back, count(*)::int AS households
FROM ({_ARISEN}) a {{here}} GROUP BY 1, 2, 3, 4
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
    """Of the whole area of the question; nothing without a closing before. One
    statement; by commune where parts are kept."""
    if question.opening is None:
        return []
    asked = list_changes.source(question, "POOR")
    values = asked.values_with(question)
    if not kept_communes.answers(question):
        return _summed(_counted(asked.rows, values).values())
    parts = kept_communes.of_rows(
        question,
        [_COUNTED, *asked.told(question)],
        lambda share: _counted(share.rows(asked.rows), values | share.values),
    )
    return _summed(part for part in parts.values() if part)


def _counted(rows: str, values: dict[str, Any]) -> dict[int, list[Arisen]]:
    found: dict[int, list[Arisen]] = {}
    with connection.cursor() as cursor:
        cursor.execute(_COUNTED.format(rows=rows, here=units.HERE), values)
        for unit, *told in cursor:
            found.setdefault(unit, []).append(Arisen(*told))
    return found


def _summed(parts: Iterable[list[Arisen]]) -> list[Arisen]:
    total: dict[tuple[str, str, bool], int] = {}
    for one in chain.from_iterable(parts):
        key = (one.shock, one.month, one.fell_back)
        total[key] = total.get(key, 0) + one.households
    return [Arisen(*key, households) for key, households in sorted(total.items())]
