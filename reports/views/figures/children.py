"""What the children of poor and near-poor households lack themselves: children are counted."""

from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from reports.queries.rows import NO_INDICATOR, Figure, Row
from reports.views.blocks import Block, Cell, Column, Kind, Line, standing
from reports.views.figure_scope import FigureScope
from reports.views.figures import bar_layout
from reports.views.figures.bar_layout import Bar, Group
from reports.views.figures.missing import without
from reports.views.figures.parts import counted, households, share, share_in_words

KEY = "children"
_LACKS: Final = {
    "health_ins": gettext_lazy("Without health insurance"),
    "nutrition": gettext_lazy("Undernourished"),
    "child_school": gettext_lazy("Not at school of their age"),
}
#: Prefix of the columns to the colour of the class.
_CLASSES: Final = {"": "poor", "near_poor_": "near-poor"}


def block(scope: FigureScope) -> Block:
    """Of both classes; what the standard does not ask about a child is left out."""
    row = households(scope, "T11", scope.whole)
    children = [row.figures[f"{prefix}children"] for prefix in _CLASSES]
    measure = _("Children of poor and near-poor households by what they lack, %(round)s") % {
        "round": scope.whole.round.key
    }
    if not any(children):
        why = row.reasons.get("children", "") or _("No child lives in these households.")
        name = _("What children lack")
        return without(scope, key=KEY, name=name, measure=measure, why=why)
    asked = [one for one in _LACKS if row.reasons.get(one, "") != str(NO_INDICATOR)]
    poor, near_poor = children
    said = _("Base: %(poor)s children of poor, %(near_poor)s of near-poor households") % {
        "poor": Cell(poor).shown, "near_poor": Cell(near_poor).shown,
    }  # fmt: skip
    return Block(
        key=KEY,
        finding=_finding(row, asked),
        measure=measure,
        rows_are=_("What is lacked"),
        columns=(
            Column(_("Children of poor households")),
            Column(_("Of these children (%)"), Kind.RATE),
            Column(_("Children of near-poor households")),
            Column(_("Of these children (%)"), Kind.RATE),
        ),
        lines=tuple(_lines(scope, row, asked)),
        base=f"{said} · {standing(scope)}",
        template="reports/_bars.html",
        picture=bar_layout.laid_out(_drawn(row, asked)),
    )


def _finding(row: Row, asked: list[str]) -> str:
    """What most children of poor households lack."""
    told = [(one, share(row.figures[one], row.figures["children"])) for one in asked]
    known = [(one, of_all) for one, of_all in told if of_all]
    if not known:
        return _("What children lack")
    most, __ = max(known, key=lambda pair: pair[1])
    return _("Children of poor households: %(what)s %(share)s") % {
        "what": str(_LACKS[most]).lower(),
        "share": share_in_words(row.figures[most], row.figures["children"]),
    }


def _lines(scope: FigureScope, row: Row, asked: list[str]) -> list[Line]:
    def line(key: str, name: str) -> Line:
        cells: list[Cell] = []
        for prefix in _CLASSES:
            of_all = share(row.figures[f"{prefix}{key}"], row.figures[f"{prefix}children"])
            cells += [counted(scope, "T11", row, f"{prefix}{key}"), Cell(of_all, Kind.RATE)]
        return Line(name, tuple(cells), is_sum=key == "children")

    told = [line(key, str(_LACKS[key])) for key in asked]
    return [*told, line("children", _("All children"))]


def _drawn(row: Row, asked: list[str]) -> list[Group]:
    """Shares, so that the two classes compare."""
    names = {"": _("poor"), "near_poor_": _("near-poor")}

    def bar(prefix: str, key: str) -> Bar:
        count: Figure = row.figures[f"{prefix}{key}"]
        of_all = share(count, row.figures[f"{prefix}children"])
        shown = share_in_words(count, row.figures[f"{prefix}children"]) or "–"
        return Bar(of_all, f"{shown} {names[prefix]}", _CLASSES[prefix])

    return [
        Group(str(_LACKS[key]), tuple(bar(prefix, key) for prefix in _CLASSES)) for key in asked
    ]
