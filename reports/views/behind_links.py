"""Addresses of the households behind a figure."""

from urllib.parse import urlencode

from django.urls import reverse

from reports.choices import Unit as Counted
from reports.queries.questions import Question
from reports.queries.rows import Figure
from reports.views.figure_scope import FigureScope


def behind(
    scope: FigureScope, question: Question, table: str, column: str, unit: int, figure: Figure,
    counted: Counted | None = None,
) -> str:  # fmt: skip
    """The list of a cell: the households counted in a column of a table, in one of its units; of a
    row of persons, with `counted`. "" for who may not see households, and where nobody is counted.
    No query."""
    if not scope.may_list or not figure:
        return ""
    asked = {
        "area": question.area.pk,
        "round": question.round.key,
        "standard": question.standard.code,
        "status": question.status.value,
        "level": question.level.value,
        "on": question.on.isoformat(),
        "table": table,
        "column": column,
        "unit": unit,
    }
    if counted:
        asked["counted"] = counted.value
    return f"{reverse('reports:behind')}?{urlencode(asked)}"
