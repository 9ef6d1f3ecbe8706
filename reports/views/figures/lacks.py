"""What poor households lack, by part of the area: shares, the most lacked first."""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from households.services import standards
from households.views.explanations import in_language
from reports.queries.questions import Question
from reports.queries.rows import Figure, Row
from reports.views.behind_links import behind
from reports.views.blocks import Block, Cell, Column, Kind, Line
from reports.views.figure_scope import FigureScope
from reports.views.figures import heat_layout
from reports.views.figures.heat_layout import Heat, HeatGrid, Named
from reports.views.figures.missing import without
from reports.views.figures.parts import base, by_rate, households

KEY = "lacks"
#: With more parts than this they are the rows of the picture.
_MOST_COLUMNS: Final = 14


def block(scope: FigureScope) -> Block:
    """The whole first, then its parts, the highest poverty rate first."""
    whole = households(scope, "T5", scope.whole)
    measure = _("Poor households lacking each service, %(round)s, per cent") % {
        "round": scope.whole.round.key
    }
    names = _names(scope)
    why = next((whole.reasons[one] for one in names if one in whole.reasons), "")
    if not whole.figures["households"]:
        why = _("No poor household is on record.")
    if why:
        name = _("What poor households lack")
        return without(scope, key=KEY, name=name, measure=measure, why=why, width=12)
    codes = sorted(names, key=lambda one: -Fraction(whole.figures[one] or 0))
    parts = by_rate(scope, scope.rows("T5", scope.parts))
    drawn = [one for one in parts if one.figures["households"]]
    return Block(
        key=KEY,
        finding=_finding(names, codes, whole, parts),
        measure=measure,
        rows_are=_("Service"),
        columns=tuple(Column(f"{one.unit.name} (%)", Kind.SHARE) for one in (whole, *parts)),
        lines=tuple(_lines(scope, names, codes, whole, parts)),
        base=base(scope, whole.figures["households"]),
        template="reports/_heat.html",
        picture=_picture(names, codes, whole, drawn),
        notes=tuple(_notes(len(parts) - len(drawn))),
        width=12,
    )


def _notes(left_out: int) -> list[str]:
    notes = [_("of each place: its own poor households")]
    if left_out:
        notes.append(
            ngettext(
                "%(n)s place without a poor household is not drawn",
                "%(n)s places without a poor household are not drawn",
                left_out,
            )
            % {"n": left_out}
        )
    return notes


def _names(scope: FigureScope) -> dict[str, str]:
    """By code, in the standard's order."""
    rules = standards.rules_of(scope.whole.standard)
    return {one.code: in_language(one.name) for one in rules.indicators}


def _finding(
    names: Mapping[str, str], codes: Sequence[str], whole: Row, parts: Sequence[Row]
) -> str:
    """What is lacked most, and where most of all."""
    most = codes[0]
    told = {
        "what": names[most],
        "share": Cell(whole.figures[most], Kind.SHARE).shown,
    }
    known = [one for one in parts if one.figures[most] is not None]
    if len(known) < 2:
        return _("Most often lacked: %(what)s, %(share)s %%") % told
    top = max(known, key=lambda one: Fraction(one.figures[most] or 0))
    told |= {
        "place": top.unit.name,
        "most": Cell(top.figures[most], Kind.SHARE).shown,
    }
    return _("Most often lacked: %(what)s, %(share)s %%; in %(place)s %(most)s %%") % told


def _lines(
    scope: FigureScope,
    names: Mapping[str, str],
    codes: Sequence[str],
    whole: Row,
    parts: Sequence[Row],
) -> list[Line]:
    def cell(question: Question, row: Row, code: str) -> Cell:
        figure = row.figures[code]
        href = behind(scope, question, "T4", code, row.unit.key, figure)
        return Cell(figure, Kind.SHARE, row.reasons.get(code, ""), href)

    lines = [
        Line(
            names[code],
            (cell(scope.whole, whole, code), *(cell(scope.parts, one, code) for one in parts)),
        )
        for code in codes
    ]
    average = [Cell(_average(one), Kind.TENTHS) for one in (whole, *parts)]
    poor = [Cell(one.figures["households"]) for one in (whole, *parts)]
    return [
        *lines,
        Line(_("Lacks of a household on average (number)"), tuple(average), is_sum=True),
        Line(_("Poor households (number)"), tuple(poor)),
    ]


def _average(row: Row) -> Figure:
    lacks, count = row.figures["deprivations"], row.figures["households"]
    return None if lacks is None or not count else Fraction(lacks) / Fraction(count)


def _picture(
    names: Mapping[str, str], codes: Sequence[str], whole: Row, parts: Sequence[Row]
) -> HeatGrid:
    """Services are the rows; the places are, where they are many."""
    places = [Named(one.unit.name, at == 0) for at, one in enumerate((whole, *parts))]
    services = [*(Named(names[one]) for one in codes), Named(_("Lacks on average"), True)]
    by_place = [
        [
            *(Heat(_exact(one.figures[code]), Cell(one.figures[code], Kind.SHARE).shown)
              for code in codes),
            Heat(None, Cell(_average(one), Kind.TENTHS).shown),
        ]
        for one in (whole, *parts)
    ]  # fmt: skip
    if len(places) > _MOST_COLUMNS:
        return heat_layout.laid_out(places, services, by_place)
    by_service = [list(of) for of in zip(*by_place, strict=True)]
    return heat_layout.laid_out(services, places, by_service)


def _exact(figure: Figure) -> Fraction | None:
    return None if figure is None else Fraction(figure)
