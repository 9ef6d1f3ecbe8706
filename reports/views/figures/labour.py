"""Poor households with and without anybody able to work, now and in the closing before."""

from fractions import Fraction

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from reports.queries.rows import Figure, Row
from reports.views.behind_links import behind
from reports.views.blocks import Block, Cell, Column, Kind, Line
from reports.views.figure_scope import FigureScope
from reports.views.figures import bar_layout
from reports.views.figures.bar_layout import Bar, Group
from reports.views.figures.missing import without
from reports.views.figures.parts import base, counted, households, share, share_in_words

KEY = "labour"
_WITHOUT, _ALL = "poor_no_labour", "poor_total"


def block(scope: FigureScope) -> Block:
    """Of the poor. Where a form does not say it, the household counts among those with."""
    row = households(scope, "T8", scope.whole)
    measure = _("Poor households by whether anybody is able to work, %(round)s") % {
        "round": scope.whole.round.key
    }
    name = _("Poor households with and without labour capacity")
    why = row.reasons.get(_WITHOUT, "")
    if why or not row.figures[_ALL]:
        why = why or _("No poor household is on record.")
        return without(scope, key=KEY, name=name, measure=measure, why=why, width=5)
    then = households(scope, "T8", scope.before) if scope.before else None
    return Block(
        key=KEY,
        finding=_finding(scope, row, then),
        measure=measure,
        rows_are=_("Households"),
        columns=_columns(scope),
        lines=tuple(_lines(scope, row, then)),
        base=base(scope, row.figures[_ALL]),
        template="reports/_bars.html",
        picture=bar_layout.laid_out(_groups(scope, row, then)),
        notes=tuple(_notes(scope, row)),
        width=5,
        list_href=behind(
            scope, scope.whole, "T8", _WITHOUT, row.unit.key, row.figures[_WITHOUT]
        ),
    )  # fmt: skip


def _with(row: Row | None) -> Figure:
    out, every = (row.figures[_WITHOUT], row.figures[_ALL]) if row else (None, None)
    return None if out is None or every is None else every - out


def _columns(scope: FigureScope) -> tuple[Column, ...]:
    now = scope.whole.round.key
    before = scope.before.round.key if scope.before else pgettext("figures", "Before")
    return (
        Column(before),
        Column(now),
        Column(_("Change"), Kind.CHANGE),
        Column(_("Change (%)"), Kind.POINTS),
        Column(_("Of the poor, %(round)s (%%)") % {"round": before}, Kind.RATE),
        Column(_("Of the poor, %(round)s (%%)") % {"round": now}, Kind.RATE),
    )


def _lines(scope: FigureScope, row: Row, then: Row | None) -> list[Line]:
    every = row.figures[_ALL]
    every_then, out_then = (then.figures[_ALL], then.figures[_WITHOUT]) if then else (None, None)
    why_then = scope.whole.no_opening or (then.reasons.get(_WITHOUT, "") if then else "")

    def line(name: str, was: Figure, now: Figure, cell: Cell, *, is_sum: bool = False) -> Line:
        change, relative = _change(was, now)
        cells = (
            Cell(was, reason=why_then), cell,
            Cell(change, Kind.CHANGE), Cell(relative, Kind.POINTS),
            Cell(share(was, every_then), Kind.RATE), Cell(share(now, every), Kind.RATE),
        )  # fmt: skip
        return Line(name, cells, is_sum=is_sum)

    able, out = _with(row), row.figures[_WITHOUT]
    return [
        line(_("With labour capacity"), _with(then), able, Cell(able)),
        line(_("Without labour capacity"), out_then, out, counted(scope, "T8", row, _WITHOUT)),
        line(_("All poor households"), every_then, every, counted(scope, "T8", row, _ALL),
             is_sum=True),
    ]  # fmt: skip


def _change(was: Figure, now: Figure) -> tuple[int | None, Fraction | None]:
    """In households, and in per cent of what was."""
    if not isinstance(was, int) or not isinstance(now, int):
        return None, None
    return now - was, share(now - was, was)


def _groups(scope: FigureScope, row: Row, then: Row | None) -> list[Group]:
    def group(name: str, was: Figure, now: Figure, css: str) -> Group:
        __, relative = _change(was, now)
        words = f"{scope.whole.round.key}: {Cell(now).shown}"
        if relative is not None:
            sign = "+" if relative > 0 else ""
            words += f" · {sign}{Cell(relative, Kind.TENTHS).shown} %"
        bars = [Bar(now, words, css, strong=True)]
        if was is not None and scope.before:
            earlier = f"{scope.before.round.key}: {Cell(was).shown}"
            bars.insert(0, Bar(was, earlier, "past"))
        return Group(name, tuple(bars))

    out_then = then.figures[_WITHOUT] if then else None
    return [
        group(_("With labour capacity"), _with(then), _with(row), "poor"),
        group(_("Without labour capacity"), out_then, row.figures[_WITHOUT], "attention"),
    ]


def _finding(scope: FigureScope, row: Row, then: Row | None) -> str:
    """How the two groups went; their share where nothing can be compared."""
    if then and scope.before:
        __, with_percent = _change(_with(then), _with(row))
        __, without_percent = _change(then.figures[_WITHOUT], row.figures[_WITHOUT])
        if with_percent is not None and without_percent is not None:
            return _(
                "Poor households without labour capacity: %(without)s %% since %(round)s,"
                " with it: %(with)s %%"
            ) % {
                "without": _signed(without_percent),
                "round": scope.before.round.key,
                "with": _signed(with_percent),
            }
    return _("%(share)s of the poor households are without labour capacity") % {
        "share": share_in_words(row.figures[_WITHOUT], row.figures[_ALL])
    }


def _signed(value: Fraction) -> str:
    return ("+" if value > 0 else "") + Cell(value, Kind.TENTHS).shown


def _notes(scope: FigureScope, row: Row) -> list[str]:
    return [
        _("Without labour capacity: %(share)s of the poor households")
        % {"share": share_in_words(row.figures[_WITHOUT], row.figures[_ALL])},
        _("Support for production and jobs asks for somebody who is able to work."),
    ]
