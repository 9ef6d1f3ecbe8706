"""Addresses of the households behind a figure."""

import datetime as dt
from functools import lru_cache
from urllib.parse import quote_plus, urlencode

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
    begun = _begun(
        question.area.pk, question.round.key, question.standard.code, question.status.value,
        question.level.value, question.on,
    )  # fmt: skip
    ends = f"&counted={counted.value}" if counted else ""
    return f"{begun}&table={quote_plus(table)}&column={quote_plus(column)}&unit={unit}{ends}"


# All cells of a table begin alike, and a page has thousands.
@lru_cache(maxsize=256)
def _begun(area: int, round: str, standard: str, status: str, level: str, on: dt.date) -> str:
    asked = {
        "area": area,
        "round": round,
        "standard": standard,
        "status": status,
        "level": level,
        "on": on.isoformat(),
    }
    return f"{reverse('reports:behind')}?{urlencode(asked)}"
