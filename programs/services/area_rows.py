"""Rows of a sheet, each with a unit and a figure, against the units they may be about."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from households.folding import fold
from households.models import Area
from programs.exchange.area_sheet import TypedFigure

_CODE_DIGITS = 5


@dataclass(frozen=True)
class RowProblem:
    """What is wrong in a row."""

    row: int
    value: str
    reason: str


@dataclass(frozen=True)
class ReadRows:
    """Figures by unit (its id), and what is wrong with other rows."""

    figures: dict[int, int]
    problems: list[RowProblem]


def read_rows(
    rows: Iterable[TypedFigure], units: Sequence[Area], number_of: Callable[[str], int | None]
) -> ReadRows:
    """Each row's unit by code or name, its figure by `number_of`. A unit that is not among
    `units`, stands twice, or has no readable figure is told with its line. No query."""
    by_word: dict[str, list[Area]] = {}
    for one in units:
        for word in {one.code, fold(one.name)} - {""}:
            by_word.setdefault(word, []).append(one)
    figures: dict[int, int] = {}
    problems: list[RowProblem] = []
    for row in rows:
        found = _units_of(row.unit, by_word)
        number = number_of(row.figure)
        if len(found) != 1:
            told = (
                _("Several units have this name; use codes.")
                if found
                else _("No unit of this table has this code or name.")
            )
            problems.append(RowProblem(row.line, row.unit, told))
        elif found[0].pk in figures:
            problems.append(RowProblem(row.line, row.unit, _("The unit stands here twice.")))
        elif row.is_doubtful:
            told = _("A thousand or a decimal point? Write the number without a point.")
            problems.append(RowProblem(row.line, row.figure, told))
        elif number is None:
            problems.append(RowProblem(row.line, row.figure, _("This is no number.")))
        else:
            figures[found[0].pk] = number
    return ReadRows(figures, problems)


def _units_of(typed: str, by_word: dict[str, list[Area]]) -> list[Area]:
    """By code, leading zeros lost or not, else by name."""
    digits = [typed.zfill(length) for length in (3, _CODE_DIGITS) if typed.isdecimal()]
    return next((by_word[word] for word in (typed, *digits, fold(typed)) if word in by_word), [])
