"""What happened to households that became poor since the closing before, and in which month."""

from dataclasses import dataclass

from django.db import connection

from reports.queries import list_changes
from reports.queries.list_changes_sql import ARISEN
from reports.queries.questions import Question


@dataclass(frozen=True)
class Arisen:
    """Households that T2 counts as newly arisen or re-fallen. `shock`: code of the list of sudden
    hardships, "" where no form since the round before names one; `month`: 2023-07, "" without a
    day. `fell_back`: by the lists that povreg has."""

    shock: str
    month: str
    fell_back: bool
    households: int


def of(question: Question) -> list[Arisen]:
    """Of the whole area of the question; nothing without a closing before. One statement."""
    if question.opening is None:
        return []
    with connection.cursor() as cursor:
        cursor.execute(*list_changes.asked(question, "POOR", ARISEN))
        return [Arisen(*row) for row in cursor.fetchall()]
