"""What programmes of support came to in a year, as other systems ask for it: by line or programme.

Nothing is counted here: figures are those of programs.queries.results and progress, as the pages
and the yearly summary (CT) show them.
"""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from django.db.models import Min
from django.utils.functional import Promise, lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from households import clock
from programs.choices.money import Counted as Aim
from programs.choices.results import ResultLine
from programs.models import Benefit, MoneyEntry, Programme, Target
from programs.queries import coverage_state, progress, results
from programs.queries.progress import Progress
from programs.queries.reach import Reach
from programs.queries.results import Result
from programs.queries.year_figures import YearFigures
from reports.choices import FigureLevel
from reports.queries.aggregates import Cut, Lack, Part
from reports.queries.rows import NO_HOUSEHOLDS, Figure
from reports.queries.support_parts import Cells, Column, Known, Period, head, nothing, part, rate

_BASE: Final = "benefits_of_the_year"
CUTS: Final[dict[str, Cut]] = {
    "line": Cut("CT", _BASE, is_weighed=False),
    "programme": Cut("PROGRAMMES", _BASE, is_weighed=False),
}
_NO_PLAN: Final = _("No plan is entered")
_NO_MONEY: Final = _("No allocation is entered")
_NOT_OF_GROUNDS: Final = _("Plans are made for the whole programme")
_NO_BENEFIT: Final = _("Counted on the spot, nobody is named")
_NOT_COUNTED: Final = _("Not counted here")

_PLANNED: Final = _("Planned for the year: %(what)s")
_REACHED: Final = _("Reached of the plan: %(what)s")


def _of_aim(words: Promise, aim: Aim) -> str:
    return str(words) % {"what": aim.label}


#: In the language of whoever reads it.
_told = lazy(_of_aim, str)

_AMOUNTS: Final = (
    Column("amount_vnd", _("Amounts of recorded benefits (VND)"), "vnd"),
    Column("without_amount", _("Times without an amount"), "times"),
)
_RECIPIENTS: Final = (
    Column("households", _("Distinct households"), "households"),
    Column("persons", _("Distinct persons of the register"), "persons"),
    Column("outside", _("Persons outside the register"), "persons"),
)
_OF_LINE: Final = (
    Column("planned", _("Planned for the year"), "number"),
    Column("number", _("Times served, or what is counted on the spot"), "number"),
    Column(
        "planned_rate", _("Reached of the plan, per cent"), "per_cent", "planned",
        "100 * reached of what is planned / planned",
    ),
    _RECIPIENTS[0],
    Column("without_labour", _("Of them without labour capacity"), "households"),
    Column("labour_unknown", _("Labour capacity not known"), "households"),
    *_RECIPIENTS[1:],
    *_AMOUNTS,
)  # fmt: skip
_OF_PROGRAMME: Final = (
    Column("times", pgettext_lazy("counted", "Times served"), "times"),
    *_RECIPIENTS,
    *_AMOUNTS,
    *(Column(f"planned_{one.value.lower()}", _told(_PLANNED, one), "number") for one in Aim),
    *(Column(f"reached_{one.value.lower()}", _told(_REACHED, one), "number") for one in Aim),
    Column("allocated_vnd", _("Money allocated (VND)"), "vnd"),
    Column("committed_vnd", _("Money committed (VND)"), "vnd"),
    Column("disbursed_vnd", _("Money disbursed (VND)"), "vnd"),
    Column(
        "disbursed_rate", _("Disbursed of what is allocated, per cent"), "per_cent",
        "allocated_vnd", "100 * disbursed_vnd / allocated_vnd",
    ),
)  # fmt: skip


def columns(by: str) -> tuple[Column, ...]:
    """Of a cut."""
    return _OF_PROGRAMME if by == "programme" else _OF_LINE


def parts(
    by: str, whole: Reach, level: FigureLevel, units: Sequence[Reach], years: Sequence[int]
) -> list[Part]:
    """A part for each year, the newest first, and line or programme in their order. Known up to
    today, of a year that is over up to its end. Each year costs as results.of_areas, or as
    progress.of_units."""
    told = _of_programmes if by == "programme" else _of_lines
    return [one for year in sorted(years, reverse=True) for one in told(whole, level, units, year)]


def years() -> list[int]:
    """From the first of which anything is recorded to this one. Three queries."""
    served = Benefit.objects.aggregate(first=Min("served_on"))["first"]
    known = [model.objects.aggregate(first=Min("year"))["first"] for model in (Target, MoneyEntry)]
    first = [one for one in (served and served.year, *known) if one]
    today = clock.today().year
    return list(range(min([*first, today]), today + 1))


def _period(year: int) -> Period:
    return Period(str(year), min(clock.today(), dt.date(year, 12, 31)))


def _of_lines(
    whole: Reach, level: FigureLevel, units: Sequence[Reach], year: int
) -> Iterator[Part]:
    period = _period(year)
    lines, figures = results.of_areas(units, year, period.as_of)
    found = {area.pk: of_area for area, of_area in lines}
    known = Known(figures.behind, figures.oldest, figures.uncounted)
    uncounted = _holding(whole, units, figures)
    for line in ResultLine:

        def cells(unit: Reach, line: ResultLine = line) -> Cells | None:
            if unit.area.pk in uncounted:
                return nothing(_OF_LINE)
            own = found[unit.area.pk]
            if not is_shown(unit, period.as_of, all(one.is_empty for one in own)):
                return None
            return _line(next(one for one in own if one.line == line))

        about = (("line", line.value.lower()),)
        yield part(head(period, level, about, known), CUTS["line"], _OF_LINE, units, cells)


def is_shown(unit: Reach, on: dt.date, is_empty: bool) -> bool:
    """A unit that is no more stands there while it has figures."""
    return not is_empty or unit.area.valid_to is None or unit.area.valid_to >= on


def _holding(whole: Reach, units: Sequence[Reach], figures: YearFigures) -> set[int]:
    """Units with a commune that was never counted. One query where there is one."""
    if not figures.uncounted:
        return set()
    paths = [
        path for pk, path in coverage_state.communes_of(whole.branches) if pk in figures.uncounted
    ]
    return {one.area.pk for one in units if any(path.startswith(one.branches) for path in paths)}


def _line(one: Result) -> Cells:
    figures: dict[str, Figure] = {
        "planned": one.planned,
        "number": one.counted,
        "planned_rate": rate(one.reached_of_plan, one.planned),
        "households": one.distinct.households,
        "without_labour": one.distinct.without_labour,
        "labour_unknown": one.distinct.labour_unknown,
        "persons": one.distinct.persons,
        "outside": one.distinct.outside,
        "amount_vnd": one.amount_vnd,
        "without_amount": one.without_amount,
    }
    lacks: dict[str, tuple[Lack, str]] = {}
    if one.planned is None:
        why = (Lack.NOT_COLLECTED, str(_NO_PLAN))
        if results.is_of_a_ground(one.line):
            why = (Lack.NOT_APPLICABLE, str(_NOT_OF_GROUNDS))
        lacks["planned"] = why
    if figures["planned_rate"] is None:
        lacks["planned_rate"] = (Lack.NO_DENOMINATOR, str(NO_HOUSEHOLDS))
    if one.is_elsewhere:
        benefits = [*_RECIPIENTS, *_AMOUNTS, *_OF_LINE[4:6]]
        why = (Lack.NOT_APPLICABLE, str(_NO_BENEFIT))
        lacks |= dict.fromkeys((column.code for column in benefits), why)
        if one.number is None:
            lacks["number"] = (Lack.NOT_COLLECTED, str(_NOT_COUNTED))
    return {**figures, **dict.fromkeys(lacks)}, lacks


def _of_programmes(
    whole: Reach, level: FigureLevel, units: Sequence[Reach], year: int
) -> Iterator[Part]:
    """Counted from the benefits themselves, so nothing lags behind."""
    period = _period(year)
    found = progress.of_units(units, year, period.as_of)
    known = Known(0, None, frozenset())
    for programme in Programme.objects.all():
        own = {unit.area.pk: found[programme.pk, unit.area.pk] for unit in units}

        def cells(unit: Reach, own: Mapping[int, Progress] = own) -> Cells | None:
            one = own[unit.area.pk]
            return _programme(one) if is_shown(unit, period.as_of, one.is_empty) else None

        about = (("programme", programme.code),)
        yield part(
            head(period, level, about, known), CUTS["programme"], _OF_PROGRAMME, units, cells
        )


def _programme(one: Progress) -> Cells:
    total, money = one.total, one.money
    figures: dict[str, Figure] = {
        name: getattr(total, name) if total else 0
        for name in ("times", *(c.code for c in (*_RECIPIENTS, *_AMOUNTS)))
    }
    lacks: dict[str, tuple[Lack, str]] = {}
    aims = {aim.planned.counts: aim for aim in one.reached}
    for counts in Aim:
        planned, reached = f"planned_{counts.value.lower()}", f"reached_{counts.value.lower()}"
        aim = aims.get(counts)
        figures[planned] = aim.planned.number if aim else None
        figures[reached] = aim.number if aim else None
        if aim is None:
            lacks |= dict.fromkeys((planned, reached), (Lack.NOT_COLLECTED, str(_NO_PLAN)))
        elif aim.number is None:
            lacks[reached] = (Lack.NOT_COLLECTED, str(_NOT_COUNTED))
    figures |= {
        "allocated_vnd": money.allocated_vnd,
        "committed_vnd": money.committed_vnd,
        "disbursed_vnd": money.disbursed_vnd,
        "disbursed_rate": rate(money.disbursed_vnd, money.allocated_vnd),
    }
    if money.allocated_vnd is None:
        lacks["allocated_vnd"] = (Lack.NOT_COLLECTED, str(_NO_MONEY))
    if figures["disbursed_rate"] is None:
        lacks["disbursed_rate"] = (Lack.NO_DENOMINATOR, str(_NO_MONEY))
    return figures, lacks
