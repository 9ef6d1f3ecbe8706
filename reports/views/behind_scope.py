"""What a page of the households behind a figure is asked for, and whom of them the user sees."""

from dataclasses import dataclass

from django.http import Http404, HttpRequest
from django.utils.translation import gettext as _

from households import policies
from households.choices import PovertyClass
from households.errors import DomainError
from households.views import access
from reports.choices import FigureStatus
from reports.choices import Unit as Counted
from reports.forms.figure_questions import typed_cell
from reports.policies.figures import why_not_see_figures
from reports.queries import (
    behind,
    behind_hardships,
    behind_list,
    behind_moves,
    column_words,
    questions,
)
from reports.queries.behind import Behind
from reports.queries.cells import CountedHousehold
from reports.queries.class_moves import State
from reports.queries.questions import Question
from reports.views.figure_scope import FigureScope, NoFigures, asked_scope

#: Tables that tell where a household stood before and where it stands now.
_OF_CHANGES = ("T2", "T3", behind_moves.TABLE, behind_hardships.TABLE)


@dataclass(frozen=True)
class BehindScope:
    """A cell with its figure. `found` are its households, `seen` those of them that live in the
    user's areas today, in the order of the list; both empty where there is no figure (`reason`)."""

    scope: FigureScope
    question: Question
    cell: Behind
    figure: int | None
    reason: str
    found: tuple[CountedHousehold, ...]
    seen: tuple[CountedHousehold, ...]

    @property
    def title(self) -> str:
        """What the figure is of."""
        if isinstance(self.cell, behind_moves.MoveCell):
            return column_words.of_move(*(one.label for one in self.cell.move))
        if isinstance(self.cell, behind_hardships.HardshipCell):
            return column_words.of_hardship(self.cell.shock, self.cell.month)
        return column_words.of(self.cell.table, self.question)[self.cell.column].full

    @property
    def elsewhere(self) -> int:
        return len(self.found) - len(self.seen)

    @property
    def counted(self) -> int:
        """What the households found add up to: the figure, unless it changed meanwhile."""
        return sum(one.amount for one in self.found)

    @property
    def adds(self) -> str:
        """What each household adds; "" where a household is counted as one."""
        table, column = self.cell.table, self.cell.column
        if self.cell.counted == Counted.PERSONS or (table == "T1" and column.endswith("_persons")):
            return _("Persons")
        if table == "T11":
            return _("Children")
        return _("Indicators lacked") if column == "deprivations" else ""

    @property
    def has_both(self) -> bool:
        """Whether the list tells the class before too."""
        return self.cell.table in _OF_CHANGES

    @property
    def now_is(self) -> str:
        """Where the class comes from."""
        if self.question.status == FigureStatus.OFFICIAL:
            return _("Official list")
        return _("Result of the review")

    @property
    def before_is(self) -> str:
        opening = self.question.opening
        return _("Before, %(round)s") % {"round": opening.round.key if opening else "–"}

    def class_words(self, code: str | None) -> str:
        """Of a class or a state of movements; None is nowhere to be found."""
        if code is None:
            is_list = self.question.status == FigureStatus.OFFICIAL
            return str(State.NOT_LISTED.label) if is_list else "–"
        choices = PovertyClass if code in PovertyClass.values else State
        return str(choices(code).label)

    @property
    def filters(self) -> dict[str, object]:
        """What was asked, as it is kept with a list that leaves."""
        return {
            "list": "behind", "table": self.cell.table, "column": self.cell.column,
            "unit": self.cell.unit.key, "counted": self.cell.counted,
            "area": self.question.area.pk, "round": self.question.round.key,
            "standard": self.question.standard.code, "status": self.question.status.value,
            "level": self.question.level.value, "on": self.question.on.isoformat(),
        }  # fmt: skip


def asked_behind(request: HttpRequest) -> BehindScope | None:
    """None: the address asks for nothing. 403 for who sees no figures or reads no households, 404
    for an area that is not the user's and for a table, column or unit that is not there. Raises
    NoFigures as asked_scope. Some forty small queries, few of them where the figure is kept."""
    for why_not in (why_not_see_figures, policies.why_not_read_households):
        access.refuse_if(why_not(request.user))
    if not request.GET:
        return None
    scope = asked_scope(request)
    question = _question(scope)
    wanted = typed_cell(request.GET)
    cell = behind.find(question, wanted.table, wanted.column, wanted.unit, wanted.counted)
    if cell is None:
        raise Http404
    told = (cell.table, cell.column, cell.unit.key, cell.counted)
    figure, reason = scope.kept.about("cell", question, told, lambda: cell.figure(scope.rows))
    found: list[CountedHousehold] = []
    if figure:
        found = scope.kept.about("behind", question, told, cell.households)
    cards = policies.visible_cards(request.user)
    seen = behind_list.in_order(cards, found) if found else []
    return BehindScope(scope, question, cell, figure, reason, tuple(found), tuple(seen))


def _question(scope: FigureScope) -> Question:
    """By the level that the address names; the area as a whole where it names none."""
    level = scope.typed.level or scope.whole.level
    for known in (scope.whole, scope.parts):
        if known.level == level:
            return known
    try:
        return questions.asked(
            round=scope.whole.round, area=scope.area, level=level, standard=scope.whole.standard,
            status=scope.whole.status, areas_on=scope.typed.on,
        )  # fmt: skip
    except DomainError as fault:
        raise NoFigures(str(fault.message), scope.area) from fault
