"""What stands beside the form while somebody types: what is missing, and what is lacking.

The server's own rules say it; the page computes nothing. Points, class and the distance to a
line are not among it: the tool helps to be complete, it does not coach.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from households.exchange.columns import HOUSEHOLD_COLUMN
from households.exchange.problems import Problem
from households.forms import fields
from households.forms.fields import Field, Words
from households.forms.survey_form import Fault, SurveyForm
from households.models import PovertyStandard, Survey
from households.scoring import IndicatorResult, Result
from households.scoring.facts_read import indicators_reading
from households.services import rounds, standards, survey_checks, survey_facts
from households.services.deciding_standards import decided_under
from households.views.explanations import Wording, in_language
from households.views.survey_results import IndicatorLine, indicator_line

MEMBERS = "members"
FORM_A = "form-a"
#: Missing answers named on the card; the rest is counted.
NAMED = 6


@dataclass(frozen=True)
class Step:
    """A part of the form in the list at its side. `missing` counts what it still lacks."""

    code: str
    mark: str
    title: Words
    missing: int
    errors: int


@dataclass(frozen=True)
class Strip:
    """The indicators of one standard of the round."""

    standard: str
    is_trial: bool
    lines: list[IndicatorLine]

    @property
    def lacking(self) -> int:
        return sum(line.state == "lacking" for line in self.lines)


@dataclass(frozen=True)
class LiveCard:
    steps: list[Step]
    named: list[Fault]
    missing: int
    strips: list[Strip]
    stops_at_form_a: bool

    @property
    def more(self) -> int:
        return self.missing - len(self.named)


def of(survey: Survey, form: SurveyForm) -> LiveCard:
    """The card of a form that was read (form.is_readable), whether or not all of it could be.

    One query, and those of the point table.
    """
    problems = survey_checks.problems_of(survey, form.values, form.members)
    gaps = [one for one in problems if not one.is_warning]
    facts = survey_facts.typed(survey, form.values, form.members)
    results = [(one, survey_facts.under(facts, one)) for one in rounds.scored_under(survey.round)]
    decided = decided_under(survey.round)
    bears = [found for standard, found in results if standard in decided]
    open_income = [] if _says_income(gaps) else _open_income(bears)
    if form.stops_at_form_a:
        gaps, open_income = [], []
    counted = Counter(_step_of(form, one.path) for one in gaps) + Counter(
        _step_of(form, path) for path in open_income
    )
    if form.is_open_at_form_a:
        counted[FORM_A] += sum(not one.raw for one in form.form_a_fields)
    told = [(one.path, str(one.reason)) for one in gaps]
    told += [(path, _("This is missing.")) for path in open_income]
    order = [MEMBERS, *(section.code for section in form.sections)]
    told.sort(key=lambda one: order.index(_step_of(form, one[0])))
    return LiveCard(
        steps=_steps(form, counted),
        named=[_named(form, path, reason) for path, reason in told[:NAMED]],
        missing=counted.total(),
        strips=[
            _strip(form, gaps, standard, found, is_trial=standard not in decided)
            for standard, found in results
        ],
        stops_at_form_a=form.stops_at_form_a,
    )


def _says_income(gaps: list[Problem]) -> bool:
    return any(one.code == "income_missing" for one in gaps)


def _open_income(results: list[Result]) -> list[str]:
    paths: dict[str, None] = {}
    for result in results:
        paths |= dict.fromkeys(survey_checks.open_income_fields(result))
    return [path.replace("b1_answers.", "b1_") for path in paths]


def _step_of(form: SurveyForm, path: str) -> str:
    if path.startswith("members.") or path in ("head_name", "household_size"):
        return MEMBERS
    for section in form.sections:
        if any(one.path == path for one in section.fields):
            return section.code
    return MEMBERS


def _named(form: SurveyForm, path: str, reason: str) -> Fault:
    """A gap in words, leading to its field; "x: this is missing" says no more than "x"."""
    field = form.at(path)
    if field is None:
        label = fields.capitalised(HOUSEHOLD_COLUMN[path].label)
        return Fault(label if reason == _("This is missing.") else reason, "section-members")
    label = field.label
    if path.startswith("members."):
        number = int(path.split(".")[1])
        who = form.rows[number].name or _("Member %(number)s") % {"number": number + 1}
        label = f"{who}: {label[:1].lower()}{label[1:]}"
    is_plain = reason == _("This is missing.") or field.errors
    return Fault(label if is_plain else f"{label}: {reason}", field.id)


def _steps(form: SurveyForm, counted: Mapping[str, int]) -> list[Step]:
    steps = [
        Step(FORM_A, "A", _("Form A"), counted.get(FORM_A, 0), _errors(form.form_a_fields)),
        Step(
            MEMBERS,
            "1",
            _("Members"),
            counted.get(MEMBERS, 0),
            sum(len(cell.errors) for __, cell in form.cells()),
        ),
    ]
    for number, section in enumerate(form.sections, 2):
        steps.append(
            Step(
                section.code,
                str(number),
                section.title,
                counted.get(section.code, 0),
                section.errors,
            )
        )
    return steps


def _errors(questions: Iterable[Field]) -> int:
    return sum(len(one.errors) for one in questions)


def _strip(
    form: SurveyForm,
    gaps: list[Problem],
    standard: PovertyStandard,
    result: Result,
    *,
    is_trial: bool,
) -> Strip:
    rules = standards.rules_of(standard)
    names = {number: str(row.get("full_name") or "") for number, row in enumerate(form.members, 1)}
    wording = Wording(standard=rules, table=None, names=names)
    unasked = {
        (indicator.code, (one.member_index or 0) + 1)
        for one in gaps
        if one.member_index is not None
        for indicator in indicators_reading(rules, one.path.rpartition(".")[2])
    }
    return Strip(
        standard=in_language(rules.name),
        is_trial=is_trial,
        lines=[indicator_line(_asked(found, unasked), wording) for found in result.indicators],
    )


def _asked(found: IndicatorResult, unasked: set[tuple[str, int]]) -> IndicatorResult:
    """The indicator without members who have not been asked yet: a rule may count "no answer" as
    lacking in a form that is complete, but while one types it only means "not yet"."""
    causes = tuple(
        note
        for note in found.causes
        if note.code != "cause_member"
        or (found.code, int(str(note.params["member_no"]))) not in unasked
    )
    if found.deprived and not causes and found.causes:
        return replace(found, deprived=None, causes=())
    return replace(found, causes=causes)
