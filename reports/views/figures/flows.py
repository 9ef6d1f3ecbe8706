"""Households between the classes of the list before and of this one."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from households.errors import Invalid
from households.models.area_reach import branches_through_time
from reports.choices import FigureStatus
from reports.queries import behind_moves, movements
from reports.queries.class_moves import State, way_in, way_out
from reports.queries.questions import Question
from reports.queries.rows import Row
from reports.views.behind_links import behind
from reports.views.blocks import Block, Cell, Column, Line, standing
from reports.views.figure_scope import FigureScope
from reports.views.figures import flow_layout, parts
from reports.views.figures.flow_layout import Band, Flows, Node
from reports.views.figures.missing import without

KEY = "flows"

_LISTED: Final = (State.POOR, State.NEAR_POOR)
_NOWHERE: Final = (State.NOT_LISTED, State.ELSEWHERE)
_CSS: Final = {
    State.POOR: "poor",
    State.NEAR_POOR: "near-poor",
    State.AVERAGE: "average",
    State.NOT_POOR: "not-poor",
    State.NOT_LISTED: "past",
    State.ELSEWHERE: "past",
}
_NOT_REVIEWED = pgettext_lazy("flows", "Not reviewed")
_NOT_POOR = pgettext_lazy("flows", "Not poor")
#: Tables of changes by their class: its sums of the matrix are their opening and closing.
_TABLES: Final = {State.POOR: "T2", State.NEAR_POOR: "T3"}


@dataclass(frozen=True)
class Moves:
    """What is kept: households by pair; of the poor who left the class and who came into it, as the
    tables tell it; `why_not` where nothing can be told."""

    matrix: Mapping[tuple[State, State], int]
    escaped: int = 0
    fell: int = 0
    why_not: str = ""


@dataclass(frozen=True)
class Compared:
    """The area in two rounds, the one before as the table of changes opens."""

    scope: FigureScope
    before: Question

    def name(self, state: State, question: Question) -> str:
        """In a round; by results alone nothing is known of whom it did not review."""
        if state == State.NOT_LISTED and question.status == FigureStatus.PRELIMINARY:
            return str(_NOT_REVIEWED)
        if state == State.NOT_POOR:
            return str(_NOT_POOR)
        return str(state.label)

    def name_before(self, state: State) -> str:
        return self.name(state, self.before)

    def name_now(self, state: State) -> str:
        return self.name(state, self.scope.whole)

    def changes(self, table: str) -> Row:
        """The area's line of T2 or T3, households."""
        return parts.households(self.scope, table, self.scope.whole)


def block(scope: FigureScope) -> Block:
    """From the closing before, under the same standard; else why there is none."""
    if scope.before is None:
        return _without(scope, scope.whole.no_opening)
    of = Compared(scope, scope.before)
    moves = _moves(of)
    drawn = {pair: count for pair, count in moves.matrix.items() if count and _is_drawn(pair)}
    if not drawn:
        return _without(scope, moves.why_not or _("No household was reviewed or listed."))
    then, now = of.before.round.key, scope.whole.round.key
    return Block(
        key=KEY,
        finding=_finding(moves),
        measure=_("Households by class, %(before)s to %(after)s, one move of each")
        % {"before": then, "after": now},
        rows_are=_("Class in %(round)s") % {"round": then},
        columns=(*(Column(f"{now}: {of.name_now(one)}") for one in State), Column(_("Together"))),
        lines=tuple(_lines(of, moves.matrix)),
        base=_base(of, sum(drawn.values())),
        template="reports/_flows.html",
        picture=_picture(of, drawn),
        notes=tuple(_notes(of, moves)),
        width=7,
    )


def _without(scope: FigureScope, why: str) -> Block:
    return without(
        scope, key=KEY, name=_("Out of poverty and into it"),
        measure=_("Households by class in two rounds"), why=why, width=7,
    )  # fmt: skip


def _is_drawn(pair: tuple[State, State]) -> bool:
    return pair[0] in _LISTED or pair[1] in _LISTED


def _moves(of: Compared) -> Moves:
    """No query where they are kept."""
    asked = of.scope.whole
    found: Moves = of.scope.kept.answer(
        KEY,
        of.scope.kept.every,
        (of.scope.area.pk, asked.standard.pk, asked.round.pk, asked.status),
        lambda: _worked_out(of),
    )
    return found


def _worked_out(of: Compared) -> Moves:
    area, asked = of.scope.area, of.scope.whole
    branches = branches_through_time([area.pk]).get(area.pk, [area.inner_path])
    try:
        found = movements.between(
            before=of.before.round, after=asked.round, standard=asked.standard,
            branches=branches, status=asked.status, question=asked,
        )  # fmt: skip
    except Invalid as fault:
        return Moves({}, why_not=str(fault.message))
    poor = found.poor
    return Moves(
        found.matrix, poor.escaped_to_near_poor + poor.escaped, poor.from_other_list + poor.added
    )


@dataclass(frozen=True)
class DrawnNode:
    node: Node
    css: str
    name: str
    shown: str


@dataclass(frozen=True)
class DrawnBand:
    """`kind`: stay, into poverty, out of it, other. `told` is read aloud and on hover."""

    band: Band
    kind: str
    told: str
    shown: str


@dataclass(frozen=True)
class Picture:
    flows: Flows
    before: str
    after: str
    left: tuple[DrawnNode, ...]
    right: tuple[DrawnNode, ...]
    bands: tuple[DrawnBand, ...]


def _picture(of: Compared, drawn: Mapping[tuple[State, State], int]) -> Picture:
    flows = flow_layout.laid_out(
        [one.value for one in State], {(a.value, b.value): n for (a, b), n in drawn.items()}
    )

    def node(one: Node, name: Callable[[State], str]) -> DrawnNode:
        state = State(one.key)
        return DrawnNode(one, _CSS[state], name(state), Cell(one.count).shown)

    def band(one: Band) -> DrawnBand:
        was, became = State(one.source), State(one.target)
        shown = Cell(one.count).shown
        told = _("%(before)s → %(after)s: %(count)s households") % {
            "before": of.name_before(was), "after": of.name_now(became), "count": shown,
        }  # fmt: skip
        return DrawnBand(one, _kind(of, was, became), told, shown)

    return Picture(
        flows, of.before.round.key, of.scope.whole.round.key,
        tuple(node(one, of.name_before) for one in flows.left),
        tuple(node(one, of.name_now) for one in flows.right), tuple(map(band, flows.bands)),
    )  # fmt: skip


def _kind(of: Compared, was: State, became: State) -> str:
    """Out of poverty only by what the tables count as that."""
    if was == became:
        return "stay"
    if became == State.POOR:
        return "other" if way_in(became, was) == "entered" else "into"
    if was == State.POOR and way_out(was, became, of.scope.whole.status) != "left":
        return "out"
    return "other"


def _lines(of: Compared, matrix: Mapping[tuple[State, State], int]) -> list[Line]:
    """Every pair; who is nowhere on both sides is not counted at all."""
    scope, unit = of.scope, of.scope.row.unit.key
    # On the map of another day the area can be part of another unit.
    has_lists = unit == scope.area.pk

    def link(table: str, column: str, count: int) -> str:
        return behind(scope, scope.whole, table, column, unit, count) if has_lists else ""

    def cell(was: State, became: State) -> Cell:
        if was in _NOWHERE and became in _NOWHERE:
            return Cell(None, reason=_("On no list and not reviewed in either round"))
        count = matrix.get((was, became), 0)
        column = f"{was.value}-{became.value}"
        return Cell(count, href=link(behind_moves.TABLE, column, count))

    def total(state: State, column: str, count: int) -> Cell:
        """The list of T2 or T3 stands behind only where it holds as many."""
        table = _TABLES.get(state, "")
        is_same = bool(table) and of.changes(table).figures[column] == count
        return Cell(count, href=link(table, column, count) if is_same else "")

    lines = [
        Line(
            of.name_before(was),
            (
                *(cell(was, one) for one in State),
                total(was, "opening", _sum(matrix, (was,), State)),
            ),
        )
        for was in State
    ]
    below = (
        *(total(one, "closing", _sum(matrix, State, (one,))) for one in State),
        Cell(sum(matrix.values())),
    )
    return [*lines, Line(_("Together"), below, is_sum=True)]


def _sum(
    matrix: Mapping[tuple[State, State], int], before: Collection[State], after: Collection[State]
) -> int:
    return sum(matrix.get((was, became), 0) for was in before for became in after)


def _finding(moves: Moves) -> str:
    """Of the poor: who stayed, who left the class, who came into it. Coming from another place and
    going there are neither."""
    return _("%(stayed)s households stayed poor; %(left)s left, %(came)s came in") % {
        "stayed": Cell(moves.matrix.get((State.POOR, State.POOR), 0)).shown,
        "left": Cell(moves.escaped).shown,
        "came": Cell(moves.fell).shown,
    }


def _base(of: Compared, households: int) -> str:
    said = _("Base: %(count)s households that were poor or near-poor in one of the two rounds") % {
        "count": Cell(households).shown
    }
    if of.scope.whole.status == FigureStatus.OFFICIAL:
        source = _("lists of both rounds")
    elif of.before.status == FigureStatus.OFFICIAL:
        source = _("list of the round before, results of this review")
    else:
        source = _("results of both reviews")
    return f"{said} · {source} · {standing(of.scope)}"


def _notes(of: Compared, moves: Moves) -> list[str]:
    notes = [_("Households on neither list in both rounds are not drawn.")]
    told = [of.changes("T2").figures[one] for one in ("to_near_poor", "to_not_poor")]
    if sum(one for one in told if isinstance(one, int)) != moves.escaped:
        notes.append(_("The table of changes counts who moved between communes apart."))
    return notes
