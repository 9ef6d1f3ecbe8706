"""What the programmes of a year came to: by what was given, by unit, and their money."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from typing import Final

from django.utils import translation

from households import clock
from households.models import Area, ReviewRound
from programs.choices.results import ResultLine
from programs.models import Programme
from programs.queries import results
from programs.queries.money import Money, money_of
from programs.queries.reach import Reach, reaches
from programs.queries.results import Result, YearResults
from programs.queries.year_figures import YearFigures
from reports.contents import programme_figures
from reports.contents.content import CellValue, Column, Content, Line, Sheet
from reports.definitions import ReportDefinition
from reports.services.contents.asked import Asked
from reports.services.contents.frame import cell

#: Loans by ground are parts of all loans: their money is not added twice.
_GROUNDS: Final = {
    ResultLine.LOANS_POOR, ResultLine.LOANS_NEAR_POOR, ResultLine.LOANS_NEWLY_ESCAPED,
}  # fmt: skip


def content(definition: ReportDefinition, asked: Asked) -> Content:
    """Of the calendar year of the round, as recorded until today or the year's end. As results of a
    year cost (programs.queries.results), and three queries."""
    with translation.override("vi"):
        year = asked.round.year
        on = _last_day(asked.round)
        (reach,) = reaches([asked.area], [asked.round.province.inner_path])
        found = results.of_year(reach, year, on)
        sheets = [
            _results(definition, asked.round, found.lines),
            _units(definition, asked, found),
            *_moneys(definition, asked.round, [reach], found.figures),
        ]
    return Content(asked.head(definition, needs_lists=False), sheets)


#: A sheet with its lines.
_Made = tuple[Sheet, list[Line]]


def of_areas(
    definition: ReportDefinition, round: ReviewRound, areas: Sequence[Area]
) -> Iterator[tuple[Area, _Made, _Made]]:
    """Results and money of many areas, as their reports have them, read together. As results of a
    year cost, and three queries."""
    with translation.override("vi"):
        units = reaches(areas, [round.province.inner_path])
        told, figures = results.of_areas(units, round.year, _last_day(round))
        moneys = _moneys(definition, round, units, figures)
        for (area, lines), money in zip(told, moneys, strict=True):
            yield area, _results(definition, round, lines), money


def _last_day(round: ReviewRound) -> dt.date:
    return min(clock.today(), dt.date(round.year, 12, 31))


def _sheet(
    definition: ReportDefinition, round: ReviewRound, name: str, first: str,
    columns: tuple[Column, ...], notes: Sequence[str] = (),
) -> Sheet:  # fmt: skip
    return Sheet(
        title=definition.sheets[name].format(year=round.year),
        columns=columns,
        names=("STT", first),
        paper=definition.paper,
        notes=tuple(notes),
        # Only where the sheet counts what the rate is of.
        rates=tuple(one for one in definition.rates_of(columns) if one[0] and one[1]),
    )


def _results(definition: ReportDefinition, round: ReviewRound, found: Sequence[Result]) -> _Made:
    keys = [rule.column for rule in definition.columns if rule.sheet == "results"]
    columns = definition.columns_for(keys, {}, "results")
    shown = [one for one in found if not one.is_empty]
    lines = [
        _line("entry", at, str(one.line.label), columns, _numbers(one), code=_code(one.line))
        for at, one in enumerate(shown, start=1)
    ]
    notes = [f"Số liệu ghi nhận đến {_last_day(round):%d/%m/%Y}."]
    return _sheet(definition, round, "results", "Nội dung hỗ trợ", columns, notes), lines


def _code(line: ResultLine) -> str:
    """With what it is told together with."""
    return programme_figures.code(results.line_of_line(line), line)


def _numbers(one: Result) -> dict[str, CellValue]:
    """Of a plan in the same unit as what is counted: the sum over the line's programmes."""
    number = one.number if one.is_elsewhere else one.times
    known = [each for each in one.reached if each.number is not None]
    planned = sum(each.planned.number for each in known) if known else None
    reached = sum(each.number or 0 for each in known)
    told: dict[str, CellValue] = {
        "planned": planned,
        "number": number,
        "percent": _percent(reached, planned),
    }
    if not one.is_elsewhere:
        told |= {
            "households": one.distinct.households, "persons": one.distinct.persons,
            "outside": one.distinct.outside, "amount_vnd": one.amount_vnd,
            "without_amount": one.without_amount,
        }  # fmt: skip
    return told


def _units(definition: ReportDefinition, asked: Asked, found: YearResults) -> _Made:
    shown = [one.line for one in found.lines if one.times or one.number]
    keys = [*(line.value for line in shown), "amount_vnd"]
    columns = definition.columns_for(keys, {one.value: str(one.label) for one in shown}, "units")
    lines = [
        _line(unit.level.lower(), at, unit.name, columns, _of_unit(own), unit.pk, unit.code)
        for at, (unit, own) in enumerate(found.units, start=1)
    ]
    level = asked.own_level.value
    total = _of_unit(found.lines)
    lines.append(
        _line(level, None, asked.area.name, columns, total, asked.area.pk, asked.area.code)
    )
    return _sheet(definition, asked.round, "units", "Đơn vị", columns), lines


def _of_unit(own: Iterable[Result]) -> dict[str, CellValue]:
    own = list(own)
    told: dict[str, CellValue] = {
        one.line.value: one.number if one.is_elsewhere else one.times for one in own
    }
    parts = (one for one in own if one.line not in _GROUNDS)
    return told | {"amount_vnd": sum(one.amount_vnd for one in parts)}


def _moneys(
    definition: ReportDefinition, round: ReviewRound, units: Sequence[Reach], figures: YearFigures
) -> Iterator[_Made]:
    """Of each unit. Two queries."""
    keys = [rule.column for rule in definition.columns if rule.sheet == "money"]
    columns = definition.columns_for(keys, {}, "money")
    sheet = _sheet(definition, round, "money", "Chương trình", columns)
    booked = money_of(round.year, units, _last_day(round))
    times: Counter[tuple[int, int]] = Counter()
    for one in figures.totals:
        if one.ground is None:
            times[one.programme_id, one.area_id] += one.times
    programmes = sorted(Programme.objects.all(), key=lambda one: one.name)
    for unit in units:
        own = [
            (one, booked[key], times[key])
            for one in programmes
            if (key := (one.pk, unit.area.pk)) in booked
        ]
        own.sort(key=lambda one: -(one[1].allocated_vnd or 0))
        yield sheet, [
            _line(
                "entry", at, one.name, columns, _of_money(money, served),
                code=programme_figures.code(results.line_of_kind(one.kind), f"p{one.pk}"),
            )
            for at, (one, money, served) in enumerate(own, start=1)
        ]  # fmt: skip


def _of_money(money: Money, times: int) -> dict[str, CellValue]:
    return {
        "allocated_vnd": money.allocated_vnd, "committed_vnd": money.committed_vnd,
        "disbursed_vnd": money.disbursed_vnd,
        "percent": _percent(money.disbursed_vnd, money.allocated_vnd), "times": times,
    }  # fmt: skip


def _percent(part: int, whole: int | None) -> CellValue:
    """Empty where there is no plan, or 0: nobody divides by it."""
    return cell(Fraction(100 * part, whole)) if whole else None


def _line(
    level: str, at: int | None, name: str, columns: Sequence[Column],
    told: Mapping[str, CellValue], key: int | None = None, code: str = "",
) -> Line:  # fmt: skip
    cells = tuple(told.get(column.key) for column in columns)
    return Line(level, str(at) if at else "", code, name, cells, key)
