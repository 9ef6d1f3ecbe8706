"""The households that became poor anew, by what happened to them and in which month."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any, Final

from reports.choices import Unit as Counted
from reports.queries import cells, hardships
from reports.queries.cells import Cell, CountedHousehold
from reports.queries.questions import Question
from reports.queries.units import Unit

#: Its name among the tables; a column is illness@2023-07. Before and after the sign, nothing is
#: what no form states, and ANY is all of it.
TABLE: Final = "H"
ANY: Final = "any"
_SIGN: Final = "@"


@dataclass(frozen=True)
class HardshipCell:
    """Who came onto the list of the poor from outside of both, as T2 counts them together. `shock`
    and `month` are None for all of them, "" for what is not stated."""

    question: Question
    column: str
    unit: Unit
    shock: str | None
    month: str | None
    table: str = TABLE
    counted: Counted | None = None

    def figure(self, _rows_of: Callable[..., Any]) -> tuple[int | None, str]:
        """None and why where there is no closing before. One query."""
        if self.question.opening is None:
            return None, self.question.no_opening
        return sum(
            one.households
            for one in hardships.of(self.question)
            if self.shock in (None, one.shock) and self.month in (None, one.month)
        ), ""

    def households(self) -> list[CountedHousehold]:
        """One query."""
        asked = hardships.source(self.question)
        wanted = {"shock": self.shock, "month": self.month}
        source = replace(asked, values={**asked.values, **wanted})
        cell = Cell(
            "(%(shock)s::text IS NULL OR a.shock = %(shock)s)"
            " AND (%(month)s::text IS NULL OR a.month = %(month)s)"
        )
        return cells.households(source, cell, self.question, self.unit.key)


def column(shock: str | None, month: str | None) -> str:
    """Its name in an address."""
    return _SIGN.join(ANY if one is None else one for one in (shock, month))


def find(question: Question, column: str, unit: Unit) -> HardshipCell | None:
    """None: no such column, or an area that is divided. A hardship nobody names counts nobody."""
    names = column.split(_SIGN)
    if len(names) != 2 or len(question.units.rows) != 1:
        return None
    shock, month = (None if one == ANY else one for one in names)
    return HardshipCell(question, column, unit, shock, month)
