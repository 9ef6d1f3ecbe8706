"""Households between the classes of the list before and of this one."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import Final

from django.db.models import Max
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from households.errors import Invalid
from households.models import HouseholdEvent
from households.models.area_reach import branches_through_time
from reports.choices import FigureStatus
from reports.queries import movements
from reports.queries.class_moves import State
from reports.queries.questions import Question
from reports.queries.rows import Row
from reports.views.behind_links import behind
from reports.views.blocks import Block, Cell, Column, Line, standing
from reports.views.figure_scope import FigureScope
from reports.views.figures import flow_layout, parts
from reports.views.figures.flow_layout import Band, Flows, Node
from reports.views.figures.missing import without

KEY = "flows"
Matrix = Mapping[tuple[State, State], int]

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
#: Pairs of the matrix to the column of T2 that lists the same households.
_IN_T2: Final = {
    (State.POOR, State.NEAR_POOR): "to_near_poor",
    (State.NEAR_POOR, State.POOR): "from_near_poor",
}


@dataclass(frozen=True)
class Compared:
    """The area in two rounds. `is_official`: both by decided lists, else by results of reviews, in
    which nothing is known of whom a round did not review."""

    scope: FigureScope
    before: Question

    @property
    def is_official(self) -> bool:
        return {self.scope.whole.status, self.before.status} == {FigureStatus.OFFICIAL}

    @property
    def status(self) -> FigureStatus:
        return FigureStatus.OFFICIAL if self.is_official else FigureStatus.PRELIMINARY

    @property
    def out(self) -> Collection[State]:
        """Where a household stands that left poverty by what is known."""
        known = (State.NEAR_POOR, State.AVERAGE, State.NOT_POOR)
        return (*known, State.NOT_LISTED) if self.is_official else known

    def name(self, state: State) -> str:
        if state == State.NOT_LISTED and not self.is_official:
            return str(_NOT_REVIEWED)
        if state == State.NOT_POOR:
            return str(_NOT_POOR)
        return str(state.label)

    @property
    def changes(self) -> Row:
        """The area's line of T2, households."""
        return parts.households(self.scope, "T2", self.scope.whole)


def block(scope: FigureScope) -> Block:
    """From the closing before, under the same standard; else why there is none."""
    if scope.before is None:
        return _without(scope, scope.whole.no_opening)
    of = Compared(scope, scope.before)
    matrix, why = _matrix(of)
    drawn = {pair: count for pair, count in matrix.items() if count and _is_drawn(pair)}
    if not drawn:
        return _without(scope, why or _("No household was reviewed or listed."))
    then, now = of.before.round.key, scope.whole.round.key
    return Block(
        key=KEY,
        finding=_finding(of, matrix),
        measure=_("Households by class, %(before)s to %(after)s, one move of each")
        % {"before": then, "after": now},
        rows_are=_("Class in %(round)s") % {"round": then},
        columns=(*(Column(f"{now}: {of.name(one)}") for one in State), Column(_("Together"))),
        lines=tuple(_lines(of, matrix)),
        base=_base(of, sum(drawn.values())),
        template="reports/_flows.html",
        picture=_picture(of, drawn),
        notes=tuple(_notes(of, matrix)),
        width=7,
    )


def _without(scope: FigureScope, why: str) -> Block:
    return without(
        scope, key=KEY, name=_("Out of poverty and into it"),
        measure=_("Households by class in two rounds"), why=why, width=7,
    )  # fmt: skip


def _is_drawn(pair: tuple[State, State]) -> bool:
    return pair[0] in _LISTED or pair[1] in _LISTED


def _matrix(of: Compared) -> tuple[Matrix, str]:
    """Households by pair, or nothing and why. One query where it is kept."""
    asked = of.scope.whole
    # A move between villages marks only rounds under way, and this looks at homes on past days.
    last_event = HouseholdEvent.objects.aggregate(last=Max("pk"))["last"]
    found: tuple[Matrix, str] = of.scope.kept.answer(
        KEY,
        [asked.round.pk, of.before.round.pk],
        (of.scope.area.pk, asked.standard.pk, asked.round.pk, of.is_official, last_event),
        _worked_out(of),
    )
    return found


def _worked_out(of: Compared) -> Callable[[], tuple[Matrix, str]]:
    def work_out() -> tuple[Matrix, str]:
        area = of.scope.area
        branches = branches_through_time([area.pk]).get(area.pk, [area.inner_path])
        try:
            found = movements.between(
                before=of.before.round, after=of.scope.whole.round, branches=branches,
                standard=of.scope.whole.standard, status=of.status,
            )  # fmt: skip
        except Invalid as fault:
            return {}, str(fault.message)
        return dict(found.matrix), ""

    return work_out


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


def _picture(of: Compared, drawn: Matrix) -> Picture:
    flows = flow_layout.laid_out(
        [one.value for one in State], {(str(a), str(b)): n for (a, b), n in drawn.items()}
    )

    def node(one: Node) -> DrawnNode:
        state = State(one.key)
        return DrawnNode(one, _CSS[state], of.name(state), Cell(one.count).shown)

    def band(one: Band) -> DrawnBand:
        was, became = State(one.source), State(one.target)
        shown = Cell(one.count).shown
        told = _("%(before)s → %(after)s: %(count)s households") % {
            "before": of.name(was), "after": of.name(became), "count": shown,
        }  # fmt: skip
        return DrawnBand(one, _kind(of, was, became), told, shown)

    return Picture(
        flows, of.before.round.key, of.scope.whole.round.key, tuple(map(node, flows.left)),
        tuple(map(node, flows.right)), tuple(map(band, flows.bands)),
    )  # fmt: skip


def _kind(of: Compared, was: State, became: State) -> str:
    if was == became:
        return "stay"
    if became == State.POOR and was != State.ELSEWHERE:
        return "into"
    return "out" if was == State.POOR and became in of.out else "other"


def _lines(of: Compared, matrix: Matrix) -> list[Line]:
    """Every pair; who is nowhere on both sides is not counted at all."""
    scope, told = of.scope, of.changes

    def cell(was: State, became: State) -> Cell:
        if was in _NOWHERE and became in _NOWHERE:
            return Cell(None, reason=_("On no list and not reviewed in either round"))
        count = matrix.get((was, became), 0)
        column = _IN_T2.get((was, became), "")
        # The list of T2 stands behind only where it holds as many.
        is_same = bool(column) and told.figures[column] == count
        href = behind(scope, scope.whole, "T2", column, told.unit.key, count) if is_same else ""
        return Cell(count, href=href)

    lines = [
        Line(
            of.name(was),
            (*(cell(was, one) for one in State), Cell(_sum(matrix, (was,), State))),
        )
        for was in State
    ]
    below = (*(_sum(matrix, State, (one,)) for one in State), sum(matrix.values()))
    return [*lines, Line(_("Together"), tuple(map(Cell, below)), is_sum=True)]


def _sum(matrix: Matrix, before: Collection[State], after: Collection[State]) -> int:
    return sum(matrix.get((was, became), 0) for was in before for became in after)


def _left(of: Compared, matrix: Matrix) -> int:
    return _sum(matrix, (State.POOR,), of.out)


def _finding(of: Compared, matrix: Matrix) -> str:
    """Of the poor: who stayed, who left the class, who came into it. Coming from another place and
    going there are neither."""
    came = [one for one in State if one not in (State.POOR, State.ELSEWHERE)]
    return _("%(stayed)s households stayed poor; %(left)s left, %(came)s came in") % {
        "stayed": Cell(matrix.get((State.POOR, State.POOR), 0)).shown,
        "left": Cell(_left(of, matrix)).shown,
        "came": Cell(_sum(matrix, came, (State.POOR,))).shown,
    }


def _base(of: Compared, households: int) -> str:
    said = _("Base: %(count)s households that were poor or near-poor in one of the two rounds") % {
        "count": Cell(households).shown
    }
    source = _("lists of both rounds") if of.is_official else _("results of both reviews")
    return f"{said} · {source} · {standing(of.scope)}"


def _notes(of: Compared, matrix: Matrix) -> list[str]:
    notes = [_("Households on neither list in both rounds are not drawn.")]
    told = [of.changes.figures[one] for one in ("to_near_poor", "to_not_poor")]
    if sum(one for one in told if isinstance(one, int)) != _left(of, matrix):
        notes.append(
            _("The table of changes counts who moved between communes, split or merged apart.")
        )
    return notes
