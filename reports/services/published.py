"""Aggregates as they were given to everybody: of the newest editions that were weighed, small
numbers left out.

Read from what is kept of editions, so that no number is told that was not weighed with all others,
and the same edition tells the same for ever.
"""

from collections.abc import Iterator, Mapping, Sequence
from copy import copy
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
        of = of.filter(areas_on=None)
        edition = of.filter(report=cut.table, weighed__isnull=False).order_by("-number").first()
        if edition is None:
            continue
        rates = None
        if cut.rates:
            beside = of.filter(report=cut.rates, weighed__isnull=False).order_by("-number").first()
            if beside is None:
                continue
            rates = beside, _public(beside)
        return _made(cut, level, (edition, _public(edition)), rates)
    return None


def pinned(
    editions: Sequence[Edition], cut: Cut, level: FigureLevel, *, is_exact: bool
) -> Part | None:
    """What one edition has, or two of the same round with counts and shares, whatever came after
    them; None where everybody asks and one was not weighed. Of shares alone it has the counts that
    stand beside them."""
    found: dict[str, tuple[Edition, Content]] = {}
    for one in editions:
        content: Content | None = canonical.unpack(bytes(one.content))
        assert content
        if not is_exact:
            content = public_patterns.public(one, content)
        if content is None:
            return None
        found[one.report] = one, content
    shares = found.get(cut.rates)
    rates = (shares[0], _Table(shares[1])) if shares else None
    if counts := found.get(cut.table):
        return _made(cut, level, (counts[0], _Table(counts[1])), rates)
    assert rates  # one of the two tables, or both
    return _made(cut, level, (rates[0], rates[1].only(_BESIDE)), rates)


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
        self.keys = tuple(column.key for column in self.sheet.columns)

    def only(self, keys: Sequence[str]) -> "_Table":
        """With these columns of it."""
        found = copy(self)
        found.keys = tuple(one for one in self.keys if one in keys)
        return found

    def at(self, level: FigureLevel) -> list[Line]:
        return [one for one in self.lines if one.level == level.value and one.key is not None]


#: An edition with its table.
_Of = tuple[Edition, _Table]


def _made(cut: Cut, level: FigureLevel, of: _Of, of_rates: _Of | None) -> Part:
    edition, counts = of
    rates = of_rates[1] if of_rates else None
    shares = [one for one in rates.keys if one not in _BESIDE] if rates else []

    def rows() -> Iterator[Told]:
        lines = rates.at(level) if rates else []
        beside = {(line.key, line.counted): line for line in lines}
        for line in counts.at(level):
            cells = _cells(line, counts.sheet)
            told = {name: cells[name] for name in counts.keys}
            other = beside.get((line.key, line.counted))
            if rates and other is not None:
                own = _cells(other, rates.sheet)
                told |= {f"{one}{RATE}": own[one] for one in shares}
            yield _told(line, told)

    head = PartHead(
        edition.round,
        edition.standard,
        FigureStatus(edition.status),
        level,
        edition.round.as_of,
        undecided=edition.missing,
        edition=_edition_of(edition),
        edition_of_rates=_edition_of(of_rates[0]) if of_rates else None,
    )
    return Part(head, cut, (*counts.keys, *(f"{one}{RATE}" for one in shares)), rows)


def _edition_of(edition: Edition) -> EditionOf:
    is_signed = hasattr(edition, "signature")
    return EditionOf(edition.pk, edition.number, is_signed, edition.definition_version)


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
