"""Matching the headings of a file to the columns of the format; Vietnamese ones are known too."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from households.exchange.columns import B1_PREFIX, Column
from households.folding import fold


@dataclass(frozen=True, slots=True)
class HeadingProblem:
    """Something wrong with a heading, or one that is missing."""

    column: str
    code: str
    reason: str | Promise
    is_warning: bool = False


@dataclass(slots=True)
class Layout:
    """Which column stands where. `columns` has one entry per heading, None where it is not read."""

    columns: list[Column | None]
    problems: list[HeadingProblem] = field(default_factory=list)

    @property
    def names(self) -> set[str]:
        return {column.name for column in self.columns if column}

    @property
    def is_usable(self) -> bool:
        return all(problem.is_warning for problem in self.problems)


def lay_out(headings: Sequence[str], columns: Iterable[Column]) -> Layout:
    """Find the column of each heading and say what is missing, unknown or there twice.

    A heading that is not of the format is only warned about and its column not read, so that a
    sheet may carry notes; an unknown point question is an error, for its answer would be lost.
    """
    known = _by_heading(columns)
    layout = Layout([known.get(_folded(heading)) for heading in headings])
    for heading, column in zip(headings, layout.columns, strict=True):
        if column is None and heading.strip():
            layout.problems.append(_unknown(heading.strip()))
    _drop_doubles(layout)
    found = layout.names
    for column in columns:
        if not column.heading_may_be_missing and column.name not in found:
            layout.problems.append(
                HeadingProblem(
                    column.name,
                    "missing_heading",
                    _("The heading %(heading)s is missing.") % {"heading": column.name},
                )
            )
    return layout


def share_known(headings: Sequence[str], columns: Iterable[Column]) -> float:
    """How many of the headings belong to the format, 0 to 1."""
    known = _by_heading(columns)
    given = [heading for heading in headings if heading.strip()]
    return sum(_folded(heading) in known for heading in given) / len(given) if given else 0.0


def repeats(headings: Sequence[str], layout: Layout, columns: Iterable[Column]) -> bool:
    """Whether this row says the same headings once more, in the other language."""
    known = _by_heading(columns)
    return any(cell.strip() for cell in headings) and all(
        known.get(_folded(heading)) is column
        for heading, column in zip(headings, layout.columns, strict=False)
        if heading.strip() and column is not None
    )


def _by_heading(columns: Iterable[Column]) -> dict[str, Column]:
    by_heading: dict[str, Column] = {}
    for column in columns:
        by_heading.setdefault(_folded(column.heading_vi), column)
    by_heading |= {column.name: column for column in columns}
    return by_heading


def _folded(heading: str) -> str:
    return fold(heading.strip().strip("*").strip())


def _unknown(heading: str) -> HeadingProblem:
    if _folded(heading).startswith(B1_PREFIX):
        return HeadingProblem(
            heading,
            "unknown_question",
            _("The point table in force asks no such question; derived ones are not asked twice."),
        )
    return HeadingProblem(
        heading,
        "unknown_heading",
        _("This heading is not of the format; its column is not read."),
        is_warning=True,
    )


def _drop_doubles(layout: Layout) -> None:
    met: set[str] = set()
    for place, column in enumerate(layout.columns):
        if column is None:
            continue
        if column.name in met:
            layout.columns[place] = None
            layout.problems.append(
                HeadingProblem(column.name, "heading_twice", _("This heading is there twice."))
            )
        met.add(column.name)
