"""Money of the programmes: what is allocated, committed and paid out."""

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from households import clock
from programs.models import Programme
from programs.policies.money import money_branches, why_not_read_money
from programs.queries.money import Money, money_of
from programs.queries.reach import reaches
from reports.views.blocks import Block, Cell, Column, Kind, Line
from reports.views.figure_scope import FigureScope
from reports.views.figures import bar_layout
from reports.views.figures.bar_layout import Bar, Group
from reports.views.figures.missing import without
from reports.views.figures.parts import share, share_in_words

KEY = "disbursement"
_MILLION = 10**6


def block(scope: FigureScope) -> Block | None:
    """Of the year that the round's list is for, at most this one, as booked by today. None for who
    does not read money of the area. Three queries."""
    held = [] if why_not_read_money(scope.user) else money_branches(scope.user)
    if not any(scope.area.inner_path.startswith(one) for one in held):
        return None
    today = clock.today()
    year = min(scope.whole.round.year + 1, today.year)
    measure = _("Allocated and paid out by programme, year %(year)s, million đồng") % {"year": year}
    found = money_of(year, reaches([scope.area], held), today)
    rows = [
        (one, found[one.pk, scope.area.pk])
        for one in Programme.objects.all()
        if (one.pk, scope.area.pk) in found
    ]
    if not rows:
        name = _("Money of the programmes")
        why = _("Nothing is booked for the year %(year)s.") % {"year": year}
        return without(scope, key=KEY, name=name, measure=measure, why=why)
    rows.sort(key=_rank)
    return Block(
        key=KEY,
        finding=_finding(rows),
        measure=measure,
        rows_are=_("Programme"),
        columns=(
            Column(_("Allocated (million đồng)"), Kind.MILLION),
            Column(_("Committed (million đồng)"), Kind.MILLION),
            Column(_("Paid out (million đồng)"), Kind.MILLION),
            Column(_("Paid out of what is allocated (%)"), Kind.RATE),
        ),
        lines=tuple(_lines(scope, rows, year)),
        base=_("Base: what is allocated, as booked by %(day)s") % {"day": f"{today:%d/%m/%Y}"},
        template="reports/_bars.html",
        picture=bar_layout.laid_out([_group(*one) for one in rows]),
        notes=(_("Outline: what is allocated."),),
    )


def _rank(row: tuple[Programme, Money]) -> tuple[Fraction, str]:
    """The largest allocation first."""
    programme, money = row
    return -Fraction(money.allocated_vnd or money.disbursed_vnd), programme.name


def _million(vnd: int | None) -> Cell:
    if vnd is None:
        return Cell(None, Kind.MILLION, _("Nothing is allocated that povreg knows of."))
    return Cell(Decimal(vnd) / _MILLION, Kind.MILLION)


def _lines(scope: FigureScope, rows: Sequence[tuple[Programme, Money]], year: int) -> list[Line]:
    asked = urlencode({"area": scope.area.pk, "year": year})

    def line(name: str, money: Money, href: str = "", *, is_sum: bool = False) -> Line:
        cells = (
            _million(money.allocated_vnd), _million(money.committed_vnd),
            _million(money.disbursed_vnd),
            Cell(share(money.disbursed_vnd, money.allocated_vnd), Kind.RATE),
        )  # fmt: skip
        return Line(name, cells, href, is_sum)

    told = [
        line(one.name, money, f"{reverse('programs:programme_money', args=[one.code])}?{asked}")
        for one, money in rows
    ]
    return [*told, line(_("Together"), _together(rows), is_sum=True)]


def _together(rows: Sequence[tuple[Programme, Money]]) -> Money:
    known = [money.allocated_vnd for __, money in rows if money.allocated_vnd is not None]
    return Money(
        sum(known) if known else None,
        sum(money.committed_vnd for __, money in rows),
        sum(money.disbursed_vnd for __, money in rows),
    )


def _group(programme: Programme, money: Money) -> Group:
    paid = _million(money.disbursed_vnd).shown
    if money.allocated_vnd is None:
        words = _("%(paid)s paid out, nothing allocated") % {"paid": paid}
    else:
        of_all = share_in_words(money.disbursed_vnd, money.allocated_vnd)
        words = f"{of_all} · {paid} / {_million(money.allocated_vnd).shown}".removeprefix(" · ")
    return Group(
        programme.name, (Bar(money.disbursed_vnd, words, "act", plan=money.allocated_vnd),)
    )


def _finding(rows: Sequence[tuple[Programme, Money]]) -> str:
    """Of all, only where each programme with money paid out was allocated some."""
    every = _together(rows)
    if not every.allocated_vnd or any(money.allocated_vnd is None for __, money in rows):
        return _("Money of the programmes")
    shares = [(share(money.disbursed_vnd, money.allocated_vnd), one.name) for one, money in rows]
    known = [(value, name) for value, name in shares if value is not None]
    told = {"share": share_in_words(every.disbursed_vnd, every.allocated_vnd)}
    if len(known) < 2:
        return _("%(share)s of what is allocated is paid out") % told
    least, name = min(known)
    return _("%(share)s of what is allocated is paid out; least: %(programme)s, %(least)s") % {
        **told,
        "programme": name,
        "least": f"{Cell(least, Kind.TENTHS).shown} %",
    }
