"""Households that became poor anew, by what happened to them and in which month."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from households.models import ListEntry
from programs.models.programmes import in_language
from reports.queries import behind_hardships, hardships
from reports.queries.hardships import Arisen
from reports.queries.questions import Question
from reports.views.behind_links import behind
from reports.views.blocks import Block, Cell, Column, Line, standing
from reports.views.figure_scope import FigureScope
from reports.views.figures import bar_layout
from reports.views.figures.bar_layout import Bar, Group
from reports.views.figures.missing import without

KEY = "arisen"


def block(scope: FigureScope) -> Block:
    """As T2 counts them, together; what a form does not name is "not stated"."""
    measure = _("Newly arisen and re-fallen poor households by what happened, %(round)s") % {
        "round": scope.whole.round.key
    }
    name = _("Households that became poor anew")
    if scope.before is None:
        why = scope.whole.no_opening
        return without(scope, key=KEY, name=name, measure=measure, why=why)
    found = _found(scope, scope.before)
    total = sum(one.households for one in found)
    if not total:
        why = _("No household became poor since %(round)s.") % {"round": scope.before.round.key}
        return without(scope, key=KEY, name=name, measure=measure, why=why)
    names = _names(found)
    months = sorted({one.month for one in found if one.month})
    return Block(
        key=KEY,
        finding=_finding(found, names, total),
        measure=measure,
        rows_are=_("What happened"),
        columns=(
            *(Column(f"{one[5:]}/{one[:4]}") for one in months),
            Column(_("Month not stated")),
            Column(_("Together")),
        ),
        lines=tuple(_lines(scope, found, names, months)),
        base=f"{_base(total)} · {standing(scope)}",
        template="reports/_bars.html",
        picture=bar_layout.laid_out(_drawn(found, names)),
        notes=(_("The month is that of the hardship, as the form states it."),),
    )


def _found(scope: FigureScope, before: Question) -> list[Arisen]:
    """No query where it is kept."""
    asked = scope.whole
    found: list[Arisen] = scope.kept.answer(
        KEY,
        # Forms of rounds on request may name what happened.
        scope.kept.every,
        (scope.area.pk, asked.round.pk, asked.standard.pk, asked.status, before.status, asked.on),
        lambda: hardships.of(asked),
    )
    return found


def _names(found: Sequence[Arisen]) -> dict[str, str]:
    """Of what happened, the most frequent first; what is not stated last. One query."""
    entries = ListEntry.objects.filter(list_code="shocks")
    known = {one.code: in_language(one.name_vi, one.name_en) for one in entries}
    counts = {shock: _count(found, shock) for shock in {one.shock for one in found if one.shock}}
    ordered = sorted(counts, key=lambda one: (-counts[one], one))
    names = {one: known.get(one, one) for one in ordered}
    return names | {"": _("Not stated")}


def _count(found: Sequence[Arisen], shock: str | None, month: str | None = None) -> int:
    """None: of any."""
    return sum(
        one.households for one in found if shock in (None, one.shock) and month in (None, one.month)
    )


def _lines(
    scope: FigureScope, found: Sequence[Arisen], names: dict[str, str], months: Sequence[str]
) -> list[Line]:
    unit = scope.row.unit.key

    def line(name: str, shock: str | None, *, is_sum: bool = False) -> Line:
        def cell(month: str | None) -> Cell:
            count = _count(found, shock, month)
            column = behind_hardships.column(shock, month)
            table = behind_hardships.TABLE
            return Cell(count, href=behind(scope, scope.whole, table, column, unit, count))

        return Line(name, (*(cell(one) for one in (*months, "")), cell(None)), is_sum=is_sum)

    told = [line(name, shock) for shock, name in names.items()]
    return [*told, line(_("Together"), None, is_sum=True)]


def _finding(found: Sequence[Arisen], names: dict[str, str], total: int) -> str:
    stated = next((shock for shock in names if shock), "")
    told = {"count": Cell(total).shown}
    if not stated:
        return _("%(count)s households became poor anew; no form says what happened") % told
    return _("%(count)s households became poor anew; most often: %(what)s (%(most)s)") % {
        **told,
        "what": names[stated],
        "most": Cell(_count(found, stated)).shown,
    }


def _base(total: int) -> str:
    return _("Base: %(count)s households poor now, on neither list before") % {
        "count": Cell(total).shown
    }


def _drawn(found: Sequence[Arisen], names: dict[str, str]) -> list[Group]:
    return [
        Group(name, (Bar(count, Cell(count).shown, "poor" if shock else "past"),))
        for shock, name in names.items()
        if (count := _count(found, shock)) or shock
    ]
