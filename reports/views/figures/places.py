"""Poor households by place: a map, tiles or a ranking of the same table."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from django.urls import reverse
from django.utils.translation import gettext as _

from households.models import Area
from reports.choices import FigureLevel, PlaceView
from reports.maps import Figure, FilledMap, filled
from reports.queries import maps
from reports.queries.rows import Row
from reports.queries.units import NOWHERE
from reports.views.behind_links import behind
from reports.views.blocks import Block, Cell, Column, Kind, Line, standing
from reports.views.figure_scope import FigureScope

KEY = "places"


def block(scope: FigureScope) -> Block:
    """The parts of the area, the highest rate first; a part without a rate stands last."""
    rows = scope.rows("T1", scope.parts)
    before = scope.parts_before
    then = {one.unit.key: one for one in scope.rows("T1", before)} if before else {}
    ordered = sorted(rows, key=_rank)
    lines = [_line(scope, row, then.get(row.unit.key)) for row in ordered]
    whole_then = scope.rows("T1", scope.before)[0] if scope.before else None
    lines.append(_line(scope, scope.row, whole_then, is_sum=True))
    drawn = _map(scope, ordered)
    return Block(
        key=KEY,
        finding=_finding(ordered),
        measure=_("Poor households of all resident households, %(year)s, per cent")
        % {"year": scope.whole.round.key},
        rows_are=str(scope.parts.level.label),
        columns=(
            Column(_("Resident households")),
            Column(_("Poor households")),
            Column(_("Rate (%)"), Kind.RATE),
            Column(_("Rate before (%)"), Kind.RATE),
            Column(_("Change (points)"), Kind.POINTS),
            Column(_("Near-poor households")),
            Column(_("Near-poor rate (%)"), Kind.RATE),
        ),
        lines=tuple(lines),
        base=_base(scope),
        template="reports/_places.html" if drawn else "reports/_ranking.html",
        picture=drawn,
        width=7,
        rows=2,
        extra=({} if drawn else _ranking(scope, ordered)) | _views(scope),
        list_href=behind(
            scope, scope.whole, "T1", "poor_households", scope.row.unit.key,
            scope.row.figures["poor_households"],
        ),
    )  # fmt: skip


def _rank(row: Row) -> tuple[bool, bool, Fraction, str]:
    """What lies in no one unit of the map stands last."""
    rate = row.figures["poor_rate"]
    return row.unit.key == NOWHERE, rate is None, -Fraction(rate or 0), row.unit.name


def _line(scope: FigureScope, row: Row, then: Row | None, *, is_sum: bool = False) -> Line:
    question = scope.whole if is_sum else scope.parts
    rate, rate_then = row.figures["poor_rate"], then.figures["poor_rate"] if then else None
    change = None if rate is None or rate_then is None else Fraction(rate) - Fraction(rate_then)

    def cell(column: str, kind: Kind = Kind.COUNT) -> Cell:
        figure = row.figures[column]
        is_listed = kind == Kind.COUNT and not column.startswith("resident")
        href = behind(scope, question, "T1", column, row.unit.key, figure) if is_listed else ""
        return Cell(figure, kind, row.reasons.get(column, ""), href)

    return Line(
        name=row.unit.name,
        cells=(
            cell("resident_households"),
            cell("poor_households"),
            cell("poor_rate", Kind.RATE),
            Cell(rate_then, Kind.RATE, "" if then else scope.whole.no_opening),
            Cell(change, Kind.POINTS),
            cell("near_poor_households"),
            cell("near_poor_rate", Kind.RATE),
        ),
        href="" if is_sum else _to_unit(scope, row),
        is_sum=is_sum,
    )


def _to_unit(scope: FigureScope, row: Row) -> str:
    """The same page of the unit; villages and groups have none."""
    if scope.parts.level in (FigureLevel.VILLAGE, FigureLevel.GROUP) or row.unit.key == NOWHERE:
        return ""
    return f"{reverse('reports:dashboard')}?{scope.query(area=row.unit.key, level=None)}"


@dataclass(frozen=True)
class Bar:
    """A part with its bar; lengths are of the picture's units."""

    name: str
    shown: str
    href: str
    y: int
    text_y: int
    width: int
    value_x: int


_ROW: Final = 24
_LONGEST: Final = 330
_BARS_FROM: Final = 158


def _ranking(scope: FigureScope, rows: Sequence[Row]) -> dict[str, object]:
    """Bars from 0, the longest is the highest rate."""
    rates = [Fraction(one.figures["poor_rate"] or 0) for one in rows]
    most = max(rates, default=Fraction(0)) or Fraction(1)
    bars = []
    for at, (row, rate) in enumerate(zip(rows, rates, strict=True)):
        width = round(_LONGEST * rate / most)
        shown = Cell(row.figures["poor_rate"], Kind.RATE).shown
        bars.append(
            Bar(
                row.unit.name, shown, _to_unit(scope, row), at * _ROW + 5, at * _ROW + 17, width,
                _BARS_FROM + width + 6,
            )
        )  # fmt: skip
    return {"bars": bars, "height": _ROW * max(len(bars), 1)}


def _map(scope: FigureScope, rows: Sequence[Row]) -> FilledMap | None:
    """As it was asked for: outlines where all parts have one, else tiles; None: a ranking. Villages
    have no place. Two queries."""
    is_ranked = scope.typed.view == PlaceView.RANKING or not rows
    if is_ranked or scope.parts.level in (FigureLevel.VILLAGE, FigureLevel.GROUP):
        return None
    found = Area.objects.in_bulk([one.unit.key for one in rows])
    areas = [found[one.unit.key] for one in rows if one.unit.key in found]
    picture = maps.outlines(areas) if scope.typed.view == PlaceView.MAP else None
    figures = {one.unit.key: _on_map(scope, one) for one in rows}
    no_figure = str(_("no figure"))
    return filled(picture or maps.tiles(areas), figures, no_figure=no_figure)


def _on_map(scope: FigureScope, row: Row) -> Figure:
    """The rate with one decimal; the households in the line that is read out."""
    rate = row.figures["poor_rate"]
    if rate is None:
        return Figure(
            None, "–", f"{row.unit.name}: {row.reasons['poor_rate']}", _to_unit(scope, row)
        )
    title = _("%(name)s: %(rate)s %%, %(count)s of %(base)s households") % {
        "name": row.unit.name,
        "rate": Cell(rate, Kind.RATE).shown,
        "count": Cell(row.figures["poor_households"]).shown,
        "base": Cell(row.figures["resident_households"]).shown,
    }
    return Figure(Fraction(rate), Cell(rate, Kind.TENTHS).shown, title, _to_unit(scope, row))


def _views(scope: FigureScope) -> dict[str, object]:
    """The other ways of looking, as addresses."""
    return {
        "views": PlaceView.choices,
        **{f"to_{one.value}": scope.query(view=one.value) for one in PlaceView},
    }


def _finding(ordered: list[Row]) -> str:
    """Who stands out: the highest against the lowest, where two have a rate."""
    known = [
        one for one in ordered if one.figures["poor_rate"] is not None and one.unit.key != NOWHERE
    ]
    if len(known) < 2:
        return _("Poor households by place")
    top, low = known[0], known[-1]
    return _("%(top)s has the highest rate, %(rate)s %%; %(low)s the lowest, %(least)s %%") % {
        "top": top.unit.name,
        "rate": Cell(top.figures["poor_rate"], Kind.RATE).shown,
        "low": low.unit.name,
        "least": Cell(low.figures["poor_rate"], Kind.RATE).shown,
    }


def _base(scope: FigureScope) -> str:
    residents = scope.row.figures["resident_households"]
    if residents is None:
        return f"{scope.row.reasons['resident_households']} · {standing(scope)}"
    said = _("Base: %(count)s resident households") % {"count": Cell(residents).shown}
    return f"{said} · {standing(scope)}"
