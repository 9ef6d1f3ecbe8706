"""What poor, near-poor or both households lack, by part of the area: shares, the most lacked first,
and how many households each is."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from households.services import standards
from households.views.explanations import in_language
from reports.choices import OfClass
from reports.queries.questions import Question
from reports.queries.rows import NO_HOUSEHOLDS, Figure, Row
from reports.views.behind_links import behind
from reports.views.blocks import Block, Cell, Column, Kind, Line, standing
from reports.views.figure_scope import FigureScope
from reports.views.figures import heat_layout
from reports.views.figures.heat_layout import Heat, HeatGrid, Named
from reports.views.figures.missing import without
from reports.views.figures.parts import by_rate, households, share

KEY = "lacks"
#: With more parts than this they are the rows of the picture.
_MOST_COLUMNS: Final = 14


@dataclass(frozen=True)
class _Words:
    """Of a class: the table that counts it, and what is said of it."""

    table: str
    name: str | Promise
    measure: str | Promise
    base: str | Promise
    nobody: str | Promise
    in_all: str | Promise
    note: str | Promise


_OF: Final = {
    OfClass.POOR: _Words(
        "T4",
        gettext_lazy("What poor households lack"),
        gettext_lazy("Poor households lacking each service, %(round)s, per cent"),
        gettext_lazy("Base: %(count)s poor households"),
        gettext_lazy("No poor household is on record."),
        gettext_lazy("Poor households (number)"),
        gettext_lazy("of each place: its own poor households"),
    ),
    OfClass.NEAR_POOR: _Words(
        "T6",
        gettext_lazy("What near-poor households lack"),
        gettext_lazy("Near-poor households lacking each service, %(round)s, per cent"),
        gettext_lazy("Base: %(count)s near-poor households"),
        gettext_lazy("No near-poor household is on record."),
        gettext_lazy("Near-poor households (number)"),
        gettext_lazy("of each place: its own near-poor households"),
    ),
    OfClass.BOTH: _Words(
        "L",
        gettext_lazy("What poor and near-poor households lack"),
        gettext_lazy("Poor and near-poor households lacking each service, %(round)s, per cent"),
        gettext_lazy("Base: %(count)s poor and near-poor households"),
        gettext_lazy("No poor or near-poor household is on record."),
        gettext_lazy("Poor and near-poor households (number)"),
        gettext_lazy("of each place: its own poor and near-poor households"),
    ),
}


@dataclass(frozen=True)
class _Lacked:
    """The counts of the class: the area's, and those of its parts, the highest poverty rate first.
    `names` are the indicators' by code, `codes` the most lacked first."""

    scope: FigureScope
    of: _Words
    names: Mapping[str, str]
    codes: Sequence[str]
    whole: Row
    parts: Sequence[Row]

    @property
    def rows(self) -> tuple[Row, ...]:
        return (self.whole, *self.parts)

    @property
    def has_many_places(self) -> bool:
        """The places are the rows of table and picture then; else the services are."""
        return len(self.rows) > _MOST_COLUMNS


def block(scope: FigureScope) -> Block:
    """The whole first, then its parts, of the class that is asked for."""
    of = _OF[scope.typed.of_class]
    whole = households(scope, of.table, scope.whole)
    measure = str(of.measure) % {"round": scope.whole.round.key}
    names = _names(scope)
    missing = [whole.reasons[one] for one in names if one in whole.reasons]
    why = missing[0] if len(missing) == len(names) else ""
    if not whole.figures["households"]:
        why = str(of.nobody)
    if why:
        return without(
            scope, key=KEY, name=str(of.name), measure=measure, why=why, width=12,
            extra=_classes(scope),
        )  # fmt: skip
    codes = sorted(names, key=lambda one: -Fraction(whole.figures[one] or 0))
    parts = by_rate(scope, scope.rows(of.table, scope.parts))
    lacked = _Lacked(scope, of, names, codes, whole, parts)
    drawn = [one for one in parts if one.figures["households"]]
    said = str(of.base) % {"count": Cell(whole.figures["households"]).shown}
    return Block(
        key=KEY,
        finding=_finding(lacked),
        measure=measure,
        rows_are=str(scope.parts.level.label) if lacked.has_many_places else _("Service"),
        columns=tuple(_columns(lacked)),
        lines=tuple(_lines(lacked)),
        base=f"{said} · {standing(scope)}",
        template="reports/_heat.html",
        picture=_picture(lacked, drawn),
        notes=tuple(_notes(of, len(parts) - len(drawn))),
        width=12,
        extra=_classes(scope),
    )


def _columns(lacked: _Lacked) -> list[Column]:
    if not lacked.has_many_places:
        return [_column(one.unit.name) for one in lacked.rows]
    return [
        *(_column(lacked.names[one]) for one in lacked.codes),
        Column(_("Lacks of a household on average (number)"), Kind.TENTHS),
        Column(str(lacked.of.in_all)),
    ]


def _column(name: str) -> Column:
    counts = _("%(name)s (households)") % {"name": name}
    return Column(_("%(name)s (%%, households)") % {"name": name}, Kind.SHARE, counts)


def _classes(scope: FigureScope) -> dict[str, object]:
    """Of whom it can be told, each with its address; it stays in the address of everything."""
    return {
        "classes": [
            (scope.query(**{"class": one.value}), one.label, one == scope.typed.of_class)
            for one in OfClass
        ]
    }


def _notes(of: _Words, left_out: int) -> list[str]:
    notes = [str(of.note)]
    if left_out:
        notes.append(
            ngettext(
                "%(n)s place without such a household is not drawn",
                "%(n)s places without such a household are not drawn",
                left_out,
            )
            % {"n": left_out}
        )
    return notes


def _names(scope: FigureScope) -> dict[str, str]:
    """By code, in the standard's order."""
    rules = standards.rules_of(scope.whole.standard)
    return {one.code: in_language(one.name) for one in rules.indicators}


def _finding(lacked: _Lacked) -> str:
    """What is lacked most, and where most of all."""
    most = lacked.codes[0]
    told = {
        "what": lacked.names[most],
        "share": Cell(_share(lacked.whole, most), Kind.SHARE).shown,
    }
    known = [(share, one) for one in lacked.parts if (share := _share(one, most)) is not None]
    if len(known) < 2:
        return _("Most often lacked: %(what)s, %(share)s %%") % told
    highest, top = max(known, key=lambda pair: pair[0])
    told |= {"place": top.unit.name, "most": Cell(highest, Kind.SHARE).shown}
    return _("Most often lacked: %(what)s, %(share)s %%; in %(place)s %(most)s %%") % told


def _share(row: Row, code: str) -> Fraction | None:
    return share(row.figures[code], row.figures["households"])


def _lines(lacked: _Lacked) -> list[Line]:
    scope, table = lacked.scope, lacked.of.table

    def link(row: Row, column: str) -> str:
        question: Question = scope.whole if row is lacked.whole else scope.parts
        return behind(scope, question, table, column, row.unit.key, row.figures[column])

    def cell(row: Row, code: str) -> Cell:
        count, of_all = row.figures[code], _share(row, code)
        reason = row.reasons.get(code, str(NO_HOUSEHOLDS))
        counted = count if isinstance(count, int) else None
        return Cell(of_all, Kind.SHARE, reason, link(row, code), counted)

    def cells(row: Row) -> tuple[Cell, ...]:
        number = Cell(row.figures["households"], href=link(row, "households"))
        lacks = (cell(row, code) for code in lacked.codes)
        return (*lacks, Cell(_average(row), Kind.TENTHS), number)

    by_place = [cells(one) for one in lacked.rows]
    if lacked.has_many_places:
        return [
            Line(row.unit.name, of_place, is_sum=row is lacked.whole)
            for row, of_place in zip(lacked.rows, by_place, strict=True)
        ]
    *lacks, average, number = zip(*by_place, strict=True)
    return [
        *(Line(lacked.names[code], of) for code, of in zip(lacked.codes, lacks, strict=True)),
        Line(_("Lacks of a household on average (number)"), average, is_sum=True),
        Line(str(lacked.of.in_all), number),
    ]


def _average(row: Row) -> Figure:
    lacks, count = row.figures["deprivations"], row.figures["households"]
    return None if lacks is None or not count else Fraction(lacks) / Fraction(count)


def _picture(lacked: _Lacked, drawn: Sequence[Row]) -> HeatGrid:
    """Services are the rows; the places are, where they are many."""
    places = [Named(one.unit.name, at == 0) for at, one in enumerate((lacked.whole, *drawn))]
    services = [
        *(Named(lacked.names[one]) for one in lacked.codes),
        Named(_("Lacks on average"), True),
    ]
    by_place = [
        [
            *(_heat(lacked, one, code) for code in lacked.codes),
            Heat(None, Cell(_average(one), Kind.TENTHS).shown),
        ]
        for one in (lacked.whole, *drawn)
    ]
    if lacked.has_many_places:
        return heat_layout.laid_out(places, services, by_place)
    by_service = [list(of) for of in zip(*by_place, strict=True)]
    return heat_layout.laid_out(services, places, by_service)


def _heat(lacked: _Lacked, row: Row, code: str) -> Heat:
    """With what is told on hover."""
    value = _share(row, code)
    shown = Cell(value, Kind.SHARE).shown
    told = _("%(place)s, %(what)s: %(share)s %%, %(count)s of %(base)s households") % {
        "place": row.unit.name,
        "what": lacked.names[code],
        "share": shown,
        "count": Cell(row.figures[code]).shown,
        "base": Cell(row.figures["households"]).shown,
    }
    return Heat(value, shown, told)
