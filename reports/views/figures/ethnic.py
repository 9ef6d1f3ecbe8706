"""Poor households by the ethnic group that their form states."""

from typing import Final

from django.utils.translation import gettext as _

from households.models import EthnicGroup
from reports.queries.rows import Figure, Row
from reports.views.behind_links import behind
from reports.views.blocks import Block, Cell, Column, Kind, Line
from reports.views.figure_scope import FigureScope
from reports.views.figures import bar_layout
from reports.views.figures.bar_layout import Bar, Group
from reports.views.figures.missing import without
from reports.views.figures.parts import base, counted, households, share, share_in_words

KEY = "ethnic"
_KINH: Final = "01"
#: So many groups have a bar of their own; the others are one.
_SHOWN: Final = 6


def block(scope: FigureScope) -> Block:
    """The largest first, the smallest together as "other groups". One query beside the table's."""
    row = households(scope, "T9", scope.whole)
    all_poor = row.figures["poor_total"]
    measure = _("Poor households by ethnic group, %(round)s") % {"round": scope.whole.round.key}
    name = _("Poor households by ethnic group")
    why = row.reasons.get("poor_minority", "")
    if why or not all_poor:
        why = why or _("No poor household is on record.")
        return without(scope, key=KEY, name=name, measure=measure, why=why)
    groups = _groups(row)
    first, *__ = groups
    return Block(
        key=KEY,
        finding=_("%(share)s of the poor households are %(group)s; minorities together %(all)s")
        % {
            "share": share_in_words(first[2], all_poor),
            "group": first[1],
            "all": share_in_words(row.figures["poor_minority"], all_poor),
        },
        measure=measure,
        rows_are=_("Ethnic group"),
        columns=(
            Column(_("Poor households")),
            Column(_("Of the poor (%)"), Kind.RATE),
            Column(_("Near-poor households")),
            Column(_("Of the near-poor (%)"), Kind.RATE),
        ),
        lines=tuple(_lines(scope, row, groups)),
        base=base(scope, all_poor),
        template="reports/_bars.html",
        picture=bar_layout.laid_out(_drawn(groups, all_poor)),
        list_href=behind(
            scope, scope.whole, "T9", "poor_minority", row.unit.key, row.figures["poor_minority"]
        ),
    )  # fmt: skip


def _groups(row: Row) -> list[tuple[str, str, int]]:
    """Column, name and poor households of each group that has any, the largest first; last those
    whose forms state none, in no column."""
    columns = {f"poor_{code}": name for code, name in _names()}
    columns["poor_kinh"] = columns.pop(f"poor_{_KINH}", _("Kinh"))
    found = [
        (column, name, count)
        for column, name in columns.items()
        if isinstance(count := row.figures.get(column), int) and count
    ]
    found.sort(key=lambda one: (-one[2], one[1]))
    unstated = _unstated(row, "poor")
    return [*found, ("", _("Not stated"), unstated)] if unstated else found


def _unstated(row: Row, word: str) -> int:
    total, *stated = (row.figures[f"{word}_{key}"] for key in ("total", "kinh", "minority"))
    return int(total or 0) - sum(int(one or 0) for one in stated)


def _names() -> list[tuple[str, str]]:
    return list(EthnicGroup.objects.order_by("code").values_list("code", "name"))


def _lines(scope: FigureScope, row: Row, groups: list[tuple[str, str, int]]) -> list[Line]:
    lines = [
        _line(scope, row, column.removeprefix("poor_"), name)
        for column, name, __ in groups
        if column
    ]
    lines.append(_line(scope, row, "minority", _("All minorities")))
    unstated = [_unstated(row, word) for word in ("poor", "near_poor")]
    if any(unstated):
        cells = [
            (Cell(count), Cell(share(count, row.figures[f"{word}_total"]), Kind.RATE))
            for word, count in zip(("poor", "near_poor"), unstated, strict=True)
        ]
        lines.append(Line(_("Not stated"), (*cells[0], *cells[1])))
    return [*lines, _line(scope, row, "total", _("Together"), is_sum=True)]


def _line(
    scope: FigureScope, row: Row, key: str, name: str, *, is_sum: bool = False
) -> Line:  # fmt: skip
    def cells(word: str) -> tuple[Cell, Cell]:
        column = f"{word}_{key}"
        of_all = share(row.figures[column], row.figures[f"{word}_total"])
        return counted(scope, "T9", row, column), Cell(of_all, Kind.RATE)

    return Line(name, (*cells("poor"), *cells("near_poor")), is_sum=is_sum)


def _drawn(groups: list[tuple[str, str, int]], all_poor: Figure) -> list[Group]:
    def group(name: str, count: int, css: str) -> Group:
        words = f"{Cell(count).shown} ({share_in_words(count, all_poor)})"
        return Group(name, (Bar(count, words, css),))

    drawn = [
        group(name, count, "poor" if column else "past") for column, name, count in groups[:_SHOWN]
    ]
    others = sum(count for __, __name, count in groups[_SHOWN:])
    if others:
        drawn.append(group(_("Other groups"), others, "past"))
    return drawn
