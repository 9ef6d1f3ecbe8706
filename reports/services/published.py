"""Aggregates as they were given to everybody: of the newest editions that were weighed, small
numbers left out.

Read from what is kept of editions, so that no number is told that was not weighed with all others,
and the same edition tells the same for ever.
"""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Final

from households.models import Area, PovertyStandard, ReviewRound
from reports.choices import FigureLevel, FigureStatus
from reports.choices import Unit as Counted
from reports.contents import canonical
from reports.contents.content import CellValue, Content, Kind, Line, Sheet
from reports.contents.frame import SMALL
from reports.models import Edition
from reports.queries.aggregates import RATE, Cut, EditionOf, Lack, Part, PartHead, Told, lack_of
from reports.queries.rows import Figure, Row
from reports.queries.units import Unit
from reports.services import public_patterns

#: What a report counts beside its rates: it stands in the table of counts too.
_BESIDE: Final = ("households", "deprivations")


def parts(
    cut: Cut,
    area: Area,
    level: FigureLevel,
    asked: Sequence[tuple[ReviewRound, PovertyStandard]],
    status: FigureStatus | None,
) -> list[Part]:
    """Of the rounds and standards that have such an edition; without a status official where there
    is one. Two or three statements each."""
    found = (_part(cut, area, level, round, standard, status) for round, standard in asked)
    return [one for one in found if one is not None]


def _part(
    cut: Cut,
    area: Area,
    level: FigureLevel,
    round: ReviewRound,
    standard: PovertyStandard,
    status: FigureStatus | None,
) -> Part | None:
    statuses = [status] if status else [FigureStatus.OFFICIAL, FigureStatus.PRELIMINARY]
    for one in statuses:
        of = Edition.objects.filter(area=area, round=round, standard=standard, status=one)
        edition = of.filter(report=cut.table, weighed__isnull=False).order_by("-number").first()
        if edition is None:
            continue
        sheets = [_public(edition)]
        if cut.rates:
            beside = of.filter(report=cut.rates, weighed__isnull=False).order_by("-number").first()
            if beside is None:
                continue
            sheets.append(_public(beside))
        return _made(cut, level, edition, sheets)
    return None


def pinned(edition: Edition, cut: Cut, level: FigureLevel, *, is_exact: bool) -> Part | None:
    """One edition's counts, whatever came after it; None where everybody asks and it was not
    weighed."""
    content: Content | None = canonical.unpack(bytes(edition.content))
    assert content
    if not is_exact:
        content = public_patterns.public(edition, content)
    return None if content is None else _made(cut, level, edition, [_Table(content)])


def _public(edition: Edition) -> "_Table":
    given = public_patterns.public(edition, canonical.unpack(bytes(edition.content)))
    assert given is not None  # it was weighed
    return _Table(given)


class _Table:
    """The table of an edition."""

    def __init__(self, content: Content) -> None:
        self.sheet: Sheet
        self.sheet, lines = next(iter(content.sheets))
        self.lines: list[Line] = list(lines)

    def at(self, level: FigureLevel) -> list[Line]:
        return [one for one in self.lines if one.level == level.value and one.key is not None]


def _made(cut: Cut, level: FigureLevel, edition: Edition, sheets: Sequence[_Table]) -> Part:
    counts, *rates = sheets
    keys = tuple(column.key for column in counts.sheet.columns)
    shares = [
        column.key for one in rates for column in one.sheet.columns if column.key not in _BESIDE
    ]

    def rows() -> Iterator[Told]:
        beside = {(line.key, line.counted): line for one in rates for line in one.at(level)}
        for line in counts.at(level):
            told = _cells(line, counts.sheet)
            other = beside.get((line.key, line.counted))
            if other is not None:
                own = _cells(other, rates[0].sheet)
                told |= {f"{one}{RATE}": own[one] for one in shares}
            yield _told(line, told)

    head = PartHead(
        edition.round,
        edition.standard,
        FigureStatus(edition.status),
        level,
        edition.round.as_of,
        undecided=edition.missing,
        edition=EditionOf(
            edition.pk,
            edition.number,
            hasattr(edition, "signature"),
            edition.definition_version,
        ),
    )
    return Part(head, cut, (*keys, *(f"{one}{RATE}" for one in shares)), rows)


Cell = tuple[Figure | Decimal, str]


def _cells(line: Line, sheet: Sheet) -> dict[str, Cell]:
    """By column its figure, and why there is none."""
    return {
        column.key: (_figure(cell, column.kind), line.reasons.get(column.key, ""))
        for column, cell in zip(sheet.columns, line.cells, strict=True)
    }


def _figure(cell: CellValue, kind: Kind) -> Figure | Decimal:
    return Decimal(cell) if kind is Kind.RATE and isinstance(cell, str) else _count(cell)


def _count(cell: CellValue) -> int | None:
    return cell if isinstance(cell, int) else None


def _told(line: Line, cells: Mapping[str, Cell]) -> Told:
    assert line.key is not None
    counted = Counted(line.counted) if line.counted else None
    figures = {name: value for name, (value, _why) in cells.items()}
    unit = Unit(line.key, line.code, line.name)
    lacks = {
        name: (Lack.SUPPRESSED if why == SMALL else lack_of(why), why)
        for name, (value, why) in cells.items()
        if value is None
    }
    return Told(Row(unit, {}, {}, counted), figures, lacks)
