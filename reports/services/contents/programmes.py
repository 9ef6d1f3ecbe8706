"""What the programmes of a year came to: by what was given, by unit, and their money."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from typing import Final

from django.utils import translation

from households import clock
from programs.choices.results import ResultLine
from programs.models import Programme
from programs.queries import results
from programs.queries.money import Money, money_of
from programs.queries.reach import Reach, reaches
from programs.queries.results import Result, YearResults
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
        on = _last_day(asked)
        (reach,) = reaches([asked.area], [asked.round.province.inner_path])
        found = results.of_year(reach, year, on)
        sheets = [
            _results(definition, asked, found),
            _units(definition, asked, found),
            _money(definition, asked, reach, on),
        ]
    return Content(asked.head(definition, needs_lists=False), sheets)


def _last_day(asked: Asked) -> dt.date:
    return min(clock.today(), dt.date(asked.round.year, 12, 31))


def _sheet(
    definition: ReportDefinition, asked: Asked, name: str, first: str, columns: tuple[Column, ...],
    notes: Sequence[str] = (),
) -> Sheet:  # fmt: skip
    return Sheet(
        title=definition.sheets[name].format(year=asked.round.year),
        columns=columns,
        names=("STT", first),
        paper=definition.paper,
        notes=tuple(notes),
        # Only where the sheet counts what the rate is of: sums of money are published.
        rates=tuple(one for one in definition.rates_of(columns) if one[0] and one[1]),
    )


def _results(
    definition: ReportDefinition, asked: Asked, found: YearResults
) -> tuple[Sheet, list[Line]]:
    keys = [rule.column for rule in definition.columns if rule.sheet == "results"]
    columns = definition.columns_for(keys, {}, "results")
    shown = [one for one in found.lines if not one.is_empty]
    lines = [
        _line("entry", at, str(one.line.label), columns, _numbers(one))
        for at, one in enumerate(shown, start=1)
    ]
    notes = [f"Số liệu ghi nhận đến {_last_day(asked):%d/%m/%Y}."]
    return _sheet(definition, asked, "results", "Nội dung hỗ trợ", columns, notes), lines


def _numbers(one: Result) -> dict[str, CellValue]:
    """Of a plan in the same unit as what is counted: the sum over the line's programmes."""
    told: dict[str, CellValue] = {
        "planned": one.planned,
        "number": one.counted,
        "percent": _percent(one.reached_of_plan, one.planned),
    }
    if not one.is_elsewhere:
        told |= {
            "households": one.distinct.households, "persons": one.distinct.persons,
            "outside": one.distinct.outside, "amount_vnd": one.amount_vnd,
            "without_amount": one.without_amount,
        }  # fmt: skip
    return told


def _units(
    definition: ReportDefinition, asked: Asked, found: YearResults
) -> tuple[Sheet, list[Line]]:
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
    return _sheet(definition, asked, "units", "Đơn vị", columns), lines


def _of_unit(own: Iterable[Result]) -> dict[str, CellValue]:
    own = list(own)
    told: dict[str, CellValue] = {one.line.value: one.counted for one in own}
    parts = (one for one in own if one.line not in _GROUNDS)
    return told | {"amount_vnd": sum(one.amount_vnd for one in parts)}


def _money(
    definition: ReportDefinition, asked: Asked, reach: Reach, on: dt.date
) -> tuple[Sheet, list[Line]]:
    keys = [rule.column for rule in definition.columns if rule.sheet == "money"]
    columns = definition.columns_for(keys, {}, "money")
    booked = money_of(asked.round.year, [reach], on)
    programmes = {one.pk: one for one in Programme.objects.all()}
    own = [(programmes[pk], money) for (pk, area), money in booked.items() if area == asked.area.pk]
    own.sort(key=lambda one: (-(one[1].allocated_vnd or 0), one[0].name))
    lines = [
        _line("entry", at, programme.name, columns, _of_money(money))
        for at, (programme, money) in enumerate(own, start=1)
    ]
    return _sheet(definition, asked, "money", "Chương trình", columns), lines


def _of_money(money: Money) -> dict[str, CellValue]:
    return {
        "allocated_vnd": money.allocated_vnd, "committed_vnd": money.committed_vnd,
        "disbursed_vnd": money.disbursed_vnd,
        "percent": _percent(money.disbursed_vnd, money.allocated_vnd),
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
