"""Poor households with and without anybody able to work, now and in the closing before."""

from fractions import Fraction

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from reports.queries.rows import Figure, Row
from reports.views.behind_links import behind
from reports.views.blocks import Block, Cell, Column, Kind, Line
from reports.views.figure_scope import FigureScope
from reports.views.figures import bar_layout, headline
from reports.views.figures.bar_layout import Bar, Group
from reports.views.figures.missing import without
from reports.views.figures.parts import (
    base,
    counted,
    counted_of,
    households,
    share,
    share_in_words,
)

KEY = "labour"
_WITH, _WITHOUT, _ALL = "poor_labour", "poor_no_labour", "poor_total"


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
    # In a review under way fewer households are not fewer poor ones.
    bases_differ = headline.headlines(scope)[0].bases_differ
    return Block(
        key=KEY,
        finding=_finding(scope, row, None if bases_differ else then),
        measure=measure,
        rows_are=_("Households"),
        columns=_columns(scope),
        lines=tuple(_lines(scope, row, then)),
        base=base(scope, row.figures[_ALL]),
        template="reports/_bars.html",
        picture=bar_layout.laid_out(_groups(scope, row, then, compares=not bases_differ)),
        notes=tuple(_notes(row, bases_differ)),
        width=5,
        list_href=behind(
            scope, scope.whole, "T8", _WITHOUT, row.unit.key, row.figures[_WITHOUT]
        ),
    )  # fmt: skip


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
    before = scope.before

    def earlier(column: str) -> Cell:
        if then is None or before is None:
            return Cell(None, reason=scope.whole.no_opening)
        return counted_of(scope, before, "T8", then, column)

    def line(name: str, column: str, *, is_sum: bool = False) -> Line:
        was, now = earlier(column), counted(scope, "T8", row, column)
        change, relative = _change(then.figures[column] if then else None, row.figures[column])
        of_then = share(then.figures[column], then.figures[_ALL]) if then else None
        cells = (
            was, now, Cell(change, Kind.CHANGE), Cell(relative, Kind.POINTS),
            Cell(of_then, Kind.RATE),
            Cell(share(row.figures[column], row.figures[_ALL]), Kind.RATE),
        )  # fmt: skip
        return Line(name, cells, is_sum=is_sum)

    return [
        line(_("With labour capacity"), _WITH),
        line(_("Without labour capacity"), _WITHOUT),
        line(_("All poor households"), _ALL, is_sum=True),
    ]


def _change(was: Figure, now: Figure) -> tuple[int | None, Fraction | None]:
    """In households, and in per cent of what was."""
    if not isinstance(was, int) or not isinstance(now, int):
        return None, None
    return now - was, share(now - was, was)


def _groups(scope: FigureScope, row: Row, then: Row | None, *, compares: bool) -> list[Group]:
    """`compares`: with the change in per cent."""

    def group(name: str, was: Figure, now: Figure, css: str) -> Group:
        __, relative = _change(was, now)
        words = f"{scope.whole.round.key}: {Cell(now).shown}"
        if compares and relative is not None:
            sign = "+" if relative > 0 else ""
            words += f" · {sign}{Cell(relative, Kind.TENTHS).shown} %"
        bars = [Bar(now, words, css, strong=True)]
        if was is not None and scope.before:
            earlier = f"{scope.before.round.key}: {Cell(was).shown}"
            bars.insert(0, Bar(was, earlier, "past"))
        return Group(name, tuple(bars))

    with_then, out_then = (then.figures[_WITH], then.figures[_WITHOUT]) if then else (None, None)
    return [
        group(_("With labour capacity"), with_then, row.figures[_WITH], "poor"),
        group(_("Without labour capacity"), out_then, row.figures[_WITHOUT], "attention"),
    ]


def _finding(scope: FigureScope, row: Row, then: Row | None) -> str:
    """How the two groups went; their share where nothing can be compared."""
    if then and scope.before:
        __, with_percent = _change(then.figures[_WITH], row.figures[_WITH])
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


def _notes(row: Row, bases_differ: str) -> list[str]:
    share_of_all = share_in_words(row.figures[_WITHOUT], row.figures[_ALL])
    notes = [
        _("Without labour capacity: %(share)s of the poor households") % {"share": share_of_all},
        _("Support for production and jobs asks for somebody who is able to work."),
    ]
    return [bases_differ, *notes] if bases_differ else notes
