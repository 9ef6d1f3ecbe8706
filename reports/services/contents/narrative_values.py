"""The figures that the text of the yearly report names, by name: of the area as a whole."""

from collections.abc import Mapping
from fractions import Fraction
from typing import Final

from reports.choices import Unit as Counted
from reports.contents.content import CellValue
from reports.queries import list_changes, questions
from reports.queries.questions import Question
from reports.queries.rows import Figure, Row, bases_differ
from reports.services.contents.asked import Asked
from reports.services.contents.frame import cell

_CLASSES: Final = ("poor", "near_poor")
#: Of T8: what is told of poor households beside their number.
_GROUPS: Final = ("ethnic_minority", "no_labour")


def of(asked: Asked) -> dict[str, CellValue]:
    """None where a figure is not known; why stands in `…_why`."""
    row = row_of(asked, "T1")
    earlier = before(asked, asked.whole)
    was = asked.kept.rows("T1", earlier)[0] if earlier else None
    values = _totals(row)
    values["before"] = earlier.round.key if earlier else ""
    values["before_why"] = asked.whole.no_opening
    values |= _changes(row, was) | _moves(asked) | _groups(asked)
    return values


def row_of(asked: Asked, table: str) -> Row:
    """The area's own line; of a table with two that of households."""
    rows = asked.kept.rows(table, asked.whole)
    return next(one for one in rows if one.counted in (None, Counted.HOUSEHOLDS))


def before(asked: Asked, question: Question) -> Question | None:
    """The same units in the closing before, as this one opens; None where there is nothing to
    compare with (`question.no_opening` says why). A dozen small queries."""
    opening = question.opening
    if opening is None:
        return None
    return questions.asked(
        round=opening.round, area=asked.area, level=question.level, standard=asked.standard,
        status=opening.status, areas_on=question.on,
    )  # fmt: skip


def change(now: Figure, was: Figure) -> Figure:
    """In points: of unrounded rates (I8)."""
    return None if now is None or was is None else Fraction(now) - Fraction(was)


def count(figure: Figure) -> int | None:
    return figure if isinstance(figure, int) else None


def _totals(row: Row) -> dict[str, CellValue]:
    """Residents; poor, near-poor and both together, with their persons and rates."""
    values: dict[str, CellValue] = {
        f"resident_{what}": cell(row.figures[f"resident_{what}"])
        for what in ("households", "persons")
    }
    values["rate_why"] = row.reasons.get("poor_rate", "")
    for what, rate in (("households", "rate"), ("persons", "persons_rate")):
        for word in _CLASSES:
            values[f"{word}_{what}"] = cell(row.figures[f"{word}_{what}"])
            values[f"{word}_{rate}"] = cell(row.figures[f"{word}_{rate}"])
        both = [count(row.figures[f"{word}_{what}"]) or 0 for word in _CLASSES]
        values[f"both_{what}"] = sum(both)
        values[f"both_{rate}"] = cell(_both(row.figures, rate))
    return values


def _both(figures: Mapping[str, Figure], rate: str) -> Figure:
    poor, near = (figures[f"{word}_{rate}"] for word in _CLASSES)
    return None if poor is None or near is None else Fraction(poor) + Fraction(near)


def _changes(row: Row, was: Row | None) -> dict[str, CellValue]:
    """Since the closing before under the same standard; the residents of then only where they
    differ so much that rates do not compare by themselves."""
    if was is None:
        return {}
    values: dict[str, CellValue] = {}
    for word in _CLASSES:
        here = count(row.figures[f"{word}_households"])
        there = count(was.figures[f"{word}_households"])
        values[f"{word}_households_before"] = there
        values[f"{word}_rate_before"] = cell(was.figures[f"{word}_rate"])
        values[f"{word}_change"] = None if here is None or there is None else here - there
        points = change(row.figures[f"{word}_rate"], was.figures[f"{word}_rate"])
        values[f"{word}_points"] = cell(points)
    points = change(_both(row.figures, "rate"), _both(was.figures, "rate"))
    values["both_points"] = cell(points)
    now, then = (count(one.figures["resident_households"]) for one in (row, was))
    if bases_differ(now, then):
        values["resident_households_before"] = then
    return values


def _moves(asked: Asked) -> dict[str, CellValue]:
    """Of T2 and T3, in households: who left, who fell back, who is new."""
    values: dict[str, CellValue] = {}
    poor, near = row_of(asked, "T2"), row_of(asked, "T3")
    values["escaped"], __ = list_changes.sum_of(poor, "escaped")
    values["fell"], __ = list_changes.sum_of(poor, "fell")
    values["near_poor_escaped"] = count(near.figures["to_not_poor"])
    for word, row in (("poor", poor), ("near_poor", near)):
        for column in ("relapsed", "new_entry"):
            values[f"{word}_{column}"] = count(row.figures[column])
    values["history_why"] = poor.reasons.get("relapsed", "")
    return values


def _groups(asked: Asked) -> dict[str, CellValue]:
    """Of T8: how many are of minorities, how many have nobody who can work, of a hundred."""
    row = row_of(asked, "T8")
    values: dict[str, CellValue] = {}
    for word in _CLASSES:
        total = count(row.figures[f"{word}_total"])
        for group in _GROUPS:
            part = count(row.figures[f"{word}_{group}"])
            values[f"{word}_{group}"] = part
            if part is not None and total:
                values[f"{word}_{group}_share"] = cell(Fraction(100 * part, total))
    values["groups_why"] = row.reasons.get(f"poor_{_GROUPS[0]}", "")
    return values
