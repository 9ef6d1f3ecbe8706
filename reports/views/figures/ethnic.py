"""Poor households by the ethnic group that their form states."""

from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from households.models import EthnicGroup
from reports.queries import ethnic_groups
from reports.queries.rows import Row
from reports.views.behind_links import behind
from reports.views.blocks import Block, Cell, Column, Kind, Line
from reports.views.figure_scope import FigureScope
from reports.views.figures import bar_layout
from reports.views.figures.bar_layout import Bar, Group
from reports.views.figures.missing import without
from reports.views.figures.parts import base, counted, households, share, share_in_words

KEY = "ethnic"
_KINH: Final = "01"
_OTHERS: Final = "other_minority"
#: So many groups have a bar of their own; the others are one.
_SHOWN: Final = 6


@dataclass(frozen=True)
class _Counted:
    """A group with its households; `key` stands in the names of its columns."""

    key: str
    name: str
    poor: int
    near_poor: int

    @property
    def is_any(self) -> bool:
        return bool(self.poor or self.near_poor)


def block(scope: FigureScope) -> Block:
    """The largest first; minorities that the province does not list apart are together. Two
    queries beside the table's."""
    row = households(scope, "T9", scope.whole)
    all_poor = row.figures["poor_total"]
    measure = _("Poor households by ethnic group, %(round)s") % {"round": scope.whole.round.key}
    name = _("Poor households by ethnic group")
    why = row.reasons.get("poor_minority", "")
    if why or not all_poor:
        why = why or _("No poor household is on record.")
        return without(scope, key=KEY, name=name, measure=measure, why=why)
    groups = _groups(scope, row)
    return Block(
        key=KEY,
        finding=_finding(groups, row) or name,
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
        picture=bar_layout.laid_out(_drawn(groups, row)),
        list_href=behind(
            scope, scope.whole, "T9", "poor_minority", row.unit.key, row.figures["poor_minority"]
        ),
    )  # fmt: skip


def _finding(groups: list[_Counted], row: Row) -> str:
    """The largest group; "" where no group has a name."""
    first = groups[0] if groups else None
    if first is None or not first.poor or first.key == _OTHERS:
        return ""
    return _("%(share)s of the poor households are %(group)s; minorities together %(all)s") % {
        "share": share_in_words(first.poor, row.figures["poor_total"]),
        "group": first.name,
        "all": share_in_words(row.figures["poor_minority"], row.figures["poor_total"]),
    }


def _groups(scope: FigureScope, row: Row) -> list[_Counted]:
    """Those that have any poor or near-poor household, the largest first, and the others of the
    minorities behind them."""
    apart = ethnic_groups.listed_apart(scope.whole)
    names = {code: name for code, name in _names() if not apart or code in apart}
    names.pop(_KINH, None)
    found = [
        one
        for key, name in {"kinh": _("Kinh"), **names}.items()
        if (one := _counted(row, key, name)).is_any
    ]
    found.sort(key=lambda one: (-one.poor, one.name))
    others = _counted(row, _OTHERS, pgettext("minorities not listed apart", "Other"))
    return [*found, others] if others.is_any else found


def _counted(row: Row, key: str, name: str) -> _Counted:
    poor, near_poor = (int(row.figures.get(f"{word}_{key}") or 0) for word in ("poor", "near_poor"))
    return _Counted(key, name, poor, near_poor)


def _names() -> list[tuple[str, str]]:
    return list(EthnicGroup.objects.order_by("code").values_list("code", "name"))


def _lines(scope: FigureScope, row: Row, groups: list[_Counted]) -> list[Line]:
    unstated = _counted(row, "unstated", _("Not stated"))
    return [
        *(_line(scope, row, one.key, one.name) for one in groups),
        _line(scope, row, "minority", _("All minorities")),
        *([_line(scope, row, "unstated", unstated.name)] if unstated.is_any else []),
        _line(scope, row, "total", _("Together"), is_sum=True),
    ]


def _line(
    scope: FigureScope, row: Row, key: str, name: str, *, is_sum: bool = False
) -> Line:  # fmt: skip
    def cells(word: str) -> tuple[Cell, Cell]:
        column = f"{word}_{key}"
        of_all = share(row.figures[column], row.figures[f"{word}_total"])
        return counted(scope, "T9", row, column), Cell(of_all, Kind.RATE)

    return Line(name, (*cells("poor"), *cells("near_poor")), is_sum=is_sum)


def _drawn(groups: list[_Counted], row: Row) -> list[Group]:
    """Of the poor. Small groups that are apart in the table are one bar; what no form states has
    its own."""

    def group(name: str, count: int, css: str) -> Group:
        words = f"{Cell(count).shown} ({share_in_words(count, row.figures['poor_total'])})"
        return Group(name, (Bar(count, words, css),))

    apart = [one for one in groups if one.poor and one.key != _OTHERS]
    drawn = [group(one.name, one.poor, "poor") for one in apart[:_SHOWN]]
    rest = [one for one in groups if one not in apart[:_SHOWN]]
    others = sum(one.poor for one in rest)
    if others:
        drawn.append(group(_("Other groups"), others, "past"))
    unstated = _counted(row, "unstated", _("Not stated"))
    return [*drawn, group(unstated.name, unstated.poor, "past")] if unstated.poor else drawn
