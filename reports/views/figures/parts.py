"""What figures of one area share: its line of a table, shares of a whole, their base."""

from collections.abc import Sequence
from fractions import Fraction

from django.utils.translation import gettext as _

from reports.choices import Unit as Counted
from reports.queries.questions import Question
from reports.queries.rows import Figure, Row
from reports.views.behind_links import behind
from reports.views.blocks import Cell, Kind, standing
from reports.views.figure_scope import FigureScope


def households(scope: FigureScope, code: str, question: Question) -> Row:
    """The line of a question of the area as one row; of tables that count persons too, the one of
    households."""
    rows = scope.rows(code, question)
    return next(one for one in rows if one.counted in (None, Counted.HOUSEHOLDS))


def by_rate(scope: FigureScope, rows: Sequence[Row]) -> list[Row]:
    """Rows of the parts, the highest poverty rate first; who has none stands last."""
    rates = {one.unit.key: one.figures["poor_rate"] for one in scope.rows("T1", scope.parts)}

    def rank(row: Row) -> tuple[bool, Fraction, str]:
        rate = rates.get(row.unit.key)
        return rate is None, -Fraction(rate or 0), row.unit.name

    return sorted(rows, key=rank)


def share(part: Figure, whole: Figure) -> Fraction | None:
    """In per cent; None where one is not known or there is nothing to divide by."""
    if part is None or not whole:
        return None
    return Fraction(100 * part) / Fraction(whole)


def share_in_words(part: Figure, whole: Figure) -> str:
    """12,3 %, or nothing."""
    found = share(part, whole)
    return "" if found is None else f"{Cell(found, Kind.TENTHS).shown} %"


def counted(scope: FigureScope, code: str, row: Row, column: str) -> Cell:
    """A number of households of the area's line, with the list of them."""
    return counted_of(scope, scope.whole, code, row, column)


def counted_of(scope: FigureScope, question: Question, code: str, row: Row, column: str) -> Cell:
    """As `counted`, of a line of another question, such as the round before."""
    figure = row.figures[column]
    href = behind(scope, question, code, column, row.unit.key, figure)
    return Cell(figure, reason=row.reasons.get(column, ""), href=href)


def base(scope: FigureScope, poor: Figure, near_poor: Figure = None) -> str:
    """Of how many households the shares are, and how final they are."""
    said = _("Base: %(count)s poor households") % {"count": Cell(poor).shown}
    if near_poor is not None:
        said = _("Base: %(poor)s poor, %(near_poor)s near-poor households") % {
            "poor": Cell(poor).shown,
            "near_poor": Cell(near_poor).shown,
        }
    return f"{said} · {standing(scope)}"
