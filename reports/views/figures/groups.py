"""Poor and near-poor households by the groups that policies name. Groups overlap."""

from collections.abc import Mapping
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from reports.queries.rows import Figure, Row
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
    "other": gettext_lazy("In none of these three groups"),
}
_FEMALE_HEAD: Final = gettext_lazy("Households whose head is a woman")
#: Of a class, the table that tells whose head is a woman.
_TABLES: Final = {"poor": "T12", "near_poor": "T13"}
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
    heads = {word: households(scope, table, scope.whole) for word, table in _TABLES.items()}
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
        lines=tuple(_lines(scope, row, heads)),
        base=base(scope, poor, near_poor),
        template="reports/_bars.html",
        picture=bar_layout.laid_out(_drawn(row, heads)),
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


def _lines(scope: FigureScope, row: Row, heads: Mapping[str, Row]) -> list[Line]:
    def cells(word: str, count: Cell) -> tuple[Cell, Cell]:
        return count, Cell(share(_exact(count), row.figures[f"{word}_total"]), Kind.RATE)

    def line(key: str, name: str) -> Line:
        each = [cells(word, counted(scope, "T8", row, f"{word}_{key}")) for word in _CLASSES]
        return Line(name, (*each[0], *each[1]), is_sum=key == "total")

    led = [
        cells(word, counted(scope, table, heads[word], _head_column(word)))
        for word, table in _TABLES.items()
    ]
    return [
        *(line(key, str(name)) for key, name in _GROUPS.items()),
        Line(str(_FEMALE_HEAD), (*led[0], *led[1])),
        line("total", _("Together")),
    ]


def _exact(cell: Cell) -> int | None:
    return cell.value if isinstance(cell.value, int) else None


def _head_column(word: str) -> str:
    return f"{word}_female_head_households"


def _drawn(row: Row, heads: Mapping[str, Row]) -> list[Group]:
    names = {"poor": _("poor"), "near_poor": _("near-poor")}

    def bar(word: str, count: Figure) -> Bar:
        of_all = share_in_words(count, row.figures[f"{word}_total"])
        words = f"{Cell(count).shown} {names[word]}" + (f" ({of_all})" if of_all else "")
        return Bar(count, words, _CLASSES[word])

    return [
        *(
            Group(str(name), tuple(bar(word, row.figures[f"{word}_{key}"]) for word in _CLASSES))
            for key, name in _GROUPS.items()
        ),
        Group(
            str(_FEMALE_HEAD),
            tuple(bar(word, heads[word].figures[_head_column(word)]) for word in _CLASSES),
        ),
    ]
