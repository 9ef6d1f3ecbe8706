"""Poor and near-poor households by the groups that policies name. Groups overlap."""

from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from reports.queries.rows import Row
from reports.views.behind_links import behind
from reports.views.blocks import Block, Cell, Column, Kind, Line
from reports.views.figure_scope import FigureScope
from reports.views.figures import bar_layout
from reports.views.figures.bar_layout import Bar, Group
from reports.views.figures.missing import without
from reports.views.figures.parts import base, counted, households, share, share_in_words

KEY = "groups"
_GROUPS: Final = {
    "ethnic_minority": gettext_lazy("Ethnic minority households"),
    "no_labour": gettext_lazy("Households without labour capacity"),
    "merit": gettext_lazy("Households with a person of merit"),
    "other": gettext_lazy("In none of these groups"),
}
_CLASSES: Final = {"poor": "poor", "near_poor": "near-poor"}


def block(scope: FigureScope) -> Block:
    """Of both classes."""
    row = households(scope, "T8", scope.whole)
    measure = _("Poor and near-poor households by group, %(round)s") % {
        "round": scope.whole.round.key
    }
    poor, near_poor = row.figures["poor_total"], row.figures["near_poor_total"]
    why = row.reasons.get("poor_ethnic_minority", "")
    if why or not (poor or near_poor):
        why = why or _("No poor or near-poor household is on record.")
        name = _("Poor and near-poor households by group")
        return without(scope, key=KEY, name=name, measure=measure, why=why)
    return Block(
        key=KEY,
        finding=_finding(row),
        measure=measure,
        rows_are=_("Group"),
        columns=(
            Column(_("Poor households")),
            Column(_("Of the poor (%)"), Kind.RATE),
            Column(_("Near-poor households")),
            Column(_("Of the near-poor (%)"), Kind.RATE),
        ),
        lines=tuple(_lines(scope, row)),
        base=base(scope, poor, near_poor),
        template="reports/_bars.html",
        picture=bar_layout.laid_out(_drawn(row)),
        notes=(_("A household can be in several groups."),),
        list_href=behind(
            scope, scope.whole, "T8", "poor_ethnic_minority", row.unit.key,
            row.figures["poor_ethnic_minority"],
        ),
    )  # fmt: skip


def _finding(row: Row) -> str:
    words = {
        word: share_in_words(row.figures[f"{word}_ethnic_minority"], row.figures[f"{word}_total"])
        for word in _CLASSES
    }
    if not words["poor"]:
        return _("Poor and near-poor households by group")
    return _("%(poor)s of the poor are ethnic minority households, %(labour)s have no labour") % {
        "poor": words["poor"],
        "labour": share_in_words(row.figures["poor_no_labour"], row.figures["poor_total"]),
    }


def _lines(scope: FigureScope, row: Row) -> list[Line]:
    def line(key: str, name: str) -> Line:
        cells: list[Cell] = []
        for word in _CLASSES:
            of_all = share(row.figures[f"{word}_{key}"], row.figures[f"{word}_total"])
            cells += [counted(scope, "T8", row, f"{word}_{key}"), Cell(of_all, Kind.RATE)]
        return Line(name, tuple(cells), is_sum=key == "total")

    told = [line(key, str(name)) for key, name in _GROUPS.items()]
    return [*told, line("total", _("Together"))]


def _drawn(row: Row) -> list[Group]:
    names = {"poor": _("poor"), "near_poor": _("near-poor")}

    def bar(word: str, key: str) -> Bar:
        count, whole = row.figures[f"{word}_{key}"], row.figures[f"{word}_total"]
        of_all = share_in_words(count, whole)
        words = f"{Cell(count).shown} {names[word]}" + (f" ({of_all})" if of_all else "")
        return Bar(count, words, _CLASSES[word])

    return [
        Group(str(name), tuple(bar(word, key) for word in _CLASSES))
        for key, name in _GROUPS.items()
    ]
