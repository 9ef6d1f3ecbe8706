"""Households worked out by hand, entered beside a point table to check it."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from households import policies
from households.choices import PointTableState
from households.errors import Invalid, Refused, Words
from households.models import PointTable, User, WorkedHousehold
from households.scoring import PointTable as PointRules
from households.scoring import Question
from households.services import audit
from households.services.confirmations import in_words
from households.services.standards import rules_of_table

_MOST_POINTS = 9999


@dataclass(frozen=True)
class Check:
    """One worked household against the table: what is expected and what the table gives."""

    worked: WorkedHousehold
    computed: int | None
    #: Question, option and points, in the table's order.
    lines: tuple[tuple[str, str, int], ...]
    problem: str = ""

    @property
    def agrees(self) -> bool:
        return self.computed == self.worked.expected_b1_points


def add(
    *,
    table: PointTable,
    name: str,
    variant: str,
    answers: Mapping[str, str],
    expected_b1_points: int,
    by: User,
) -> WorkedHousehold:
    """Enter a household with its answer to every question and the B1 total worked out by hand.

    Raises Refused (no right, the table is past its draft), Invalid naming each answer.
    """
    if reason := why_not_change_draft(by, table):
        raise Refused(reason)
    _check(rules_of_table(table), name, variant, answers, expected_b1_points)
    with audit.act(by=by, verb="point_table.add_worked", subject=table):
        return WorkedHousehold.objects.create(
            point_table=table,
            name=name.strip(),
            variant=variant,
            answers=dict(answers),
            expected_b1_points=expected_b1_points,
        )


def remove(*, worked: WorkedHousehold, by: User) -> None:
    """Take a worked household away again. Raises Refused."""
    if reason := why_not_change_draft(by, worked.point_table):
        raise Refused(reason)
    with audit.act(by=by, verb="point_table.remove_worked", subject=worked.point_table):
        worked.delete()


def why_not_change_draft(by: User, table: PointTable) -> str | None:
    """Why this user may not change this table now."""
    if reason := policies.why_not_confirm(by, table.standard):
        return reason
    if table.state != PointTableState.DRAFT:
        return _("Only a table that is being entered may change.")
    return None


def check(table: PointTable) -> list[Check]:
    """Every worked household of the table with what the table gives. One query."""
    rules = rules_of_table(table)
    return [_checked(rules, worked) for worked in table.worked_households.order_by("pk")]


def _checked(rules: PointRules, worked: WorkedHousehold) -> Check:
    if worked.variant not in rules.variants:
        return Check(worked, None, (), _("The table has no such variant."))
    column = rules.variants.index(worked.variant)
    lines = []
    for question in rules.questions:
        option = question.option(worked.answers.get(question.code, ""))
        if option is None and not may_stay_open(question):
            told = _("The answer to “%(question)s” is not in the table.")
            return Check(worked, None, (), told % {"question": in_words(question.name)})
        points = option.points[column] if option else 0
        answer = in_words(option.name) if option else _("no points")
        lines.append((in_words(question.name), answer, points))
    return Check(worked, sum(points for *__, points in lines), tuple(lines))


def may_stay_open(question: Question) -> bool:
    """A question whose points are nothing for some households (only children, old people and
    those unable to work): there the answer is left empty."""
    return getattr(question.derivation, "zero_when_all", None) is not None


def _check(
    rules: PointRules, name: str, variant: str, answers: Mapping[str, str], expected: int
) -> None:
    fields: dict[str, list[Words]] = {}
    if not name.strip() or len(name.strip()) > 120:
        fields["name"] = [_("Give the household a name of at most 120 letters.")]
    if variant not in rules.variants:
        fields["variant"] = [_("The table has no such variant.")]
    if not -_MOST_POINTS <= expected <= _MOST_POINTS:
        fields["expected_b1_points"] = [_("A whole number of points is needed.")]
    for question in rules.questions:
        code = answers.get(question.code, "")
        if question.option(code) is None and not (may_stay_open(question) and code == ""):
            fields[f"answers.{question.code}"] = [_("Choose an answer.")]
    if unknown := set(answers) - {question.code for question in rules.questions}:
        fields["answers"] = [_("Form B has no such question.") + " " + ", ".join(sorted(unknown))]
    if fields:
        raise Invalid(_("The worked household is not complete."), fields=fields)
