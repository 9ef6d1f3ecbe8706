"""Results of surveys made ready to read: class, points, lacking indicators, and why."""

from dataclasses import dataclass, field

from django.db.models import Exists, OuterRef, Prefetch

from households.choices import SurveyState
from households.models import (
    Assessment,
    Household,
    PovertyStandard,
    RecognitionDecision,
    Survey,
)
from households.scoring import IndicatorResult, Result
from households.services import rounds, standards, survey_facts
from households.services.deciding_standards import why_only_trial
from households.views.explanations import Wording, in_language


@dataclass(frozen=True)
class IndicatorLine:
    """One indicator: `state` is lacking, fine or unknown; `reasons` say who or what."""

    position: int
    name: str
    state: str
    reasons: list[str]


@dataclass(frozen=True)
class DimensionStrip:
    """A service with its indicators, for the strip of twelve."""

    name: str
    indicators: list[IndicatorLine]


@dataclass(frozen=True)
class QuestionLine:
    """One question of form B with its answer; `is_derived` when other facts answered it."""

    number: int
    name: str
    answer: str
    points: int | None
    is_derived: bool


@dataclass(frozen=True)
class Explained:
    """A survey under one standard, in sentences."""

    standard: PovertyStandard
    standard_name: str
    trial: str  # why nobody is decided on by it, "" of any other
    result: Result
    is_decided: bool
    dimensions: list[DimensionStrip]
    lacking: list[IndicatorLine]
    open_indicators: list[IndicatorLine]
    questions: list[QuestionLine]
    lines: list[str]
    open_because: list[str]
    paper_differences: list[str]


@dataclass
class Summary:
    """A survey of a household with its stored assessments, for the list by round."""

    survey: Survey
    assessments: list[Assessment] = field(default_factory=list)

    @property
    def trial_id(self) -> int | None:
        """The standard that is a trial in the review beside another; None where there is none."""
        last = self.assessments[-1] if len(self.assessments) > 1 else None
        return last.standard_id if last and standards.why_trial(last.standard) else None

    @property
    def newest(self) -> Assessment | None:
        """Under the newest standard that is no trial."""
        trial = self.trial_id
        known = [one for one in self.assessments if one.standard_id != trial]
        return known[-1] if known else None

    @property
    def is_complete(self) -> bool:
        return self.survey.state == SurveyState.COMPLETE


def decisions_of_assessment() -> Exists:
    """Whether a decision stands behind an Assessment row: its commune's, of round and standard,
    that did not leave the household out."""
    return Exists(
        RecognitionDecision.objects.on_household(OuterRef("survey__household")).filter(
            commune=OuterRef("commune"), round=OuterRef("round"), standard=OuterRef("standard")
        )
    )


def of_household(household: Household) -> list[Summary]:
    """The surveys of a household, the newest first. Two queries."""
    scored = (
        Assessment.objects.select_related("standard")
        .annotate(is_decided=decisions_of_assessment())
        .order_by("standard__valid_from")
    )
    found = (
        household.surveys.select_related("round", "village", "surveyed_by")
        .prefetch_related(Prefetch("assessments", queryset=scored))
        .order_by("-as_of", "-pk")
    )
    return [Summary(survey=survey, assessments=list(survey.assessments.all())) for survey in found]


def explained(survey: Survey) -> list[Explained]:
    """The survey under each standard of its round, the opening one last."""
    return [_under(survey, standard) for standard in rounds.scored_under(survey.round)]


def _under(survey: Survey, standard: PovertyStandard) -> Explained:
    rules = standards.rules_of(standard)
    table = standards.table_in_force(standard)
    point_rules = standards.rules_of_table(table) if table else None
    result = survey_facts.explain(survey, standard)
    names = {member.member_no: member.full_name for member in survey.members.all()}
    wording = Wording(standard=rules, table=point_rules, names=names)
    lines = {found.code: indicator_line(found, wording) for found in result.indicators}
    decided = RecognitionDecision.objects.on_household(survey.household_id).filter(
        commune=survey.commune_id, round=survey.round_id, standard=standard
    )
    # Causes stand beside their indicators; the explanation below tells income and class.
    told = [note for note in result.explanation if not note.code.startswith("cause_")]
    return Explained(
        standard=standard,
        standard_name=in_language(rules.name),
        trial=why_only_trial(survey.round, standard) or "",
        result=result,
        is_decided=decided.exists(),
        dimensions=[
            DimensionStrip(
                name=in_language(dimension.name),
                indicators=[
                    lines[one.code] for one in rules.indicators if one.dimension == dimension.code
                ],
            )
            for dimension in rules.dimensions
        ],
        lacking=[line for line in lines.values() if line.state == "lacking"],
        open_indicators=[line for line in lines.values() if line.state == "unknown"],
        questions=_questions(result, wording),
        lines=[wording.sentence(note) for note in told],
        open_because=[wording.sentence(note) for note in result.open_because],
        paper_differences=[wording.sentence(note) for note in result.paper_differences],
    )


_STATES = {True: "lacking", False: "fine", None: "unknown"}


def indicator_line(found: IndicatorResult, wording: Wording) -> IndicatorLine:
    notes = found.causes or found.missing
    return IndicatorLine(
        position=found.position + 1,
        name=wording.indicator(found.code),
        state=_STATES[found.deprived],
        reasons=[wording.sentence(note) for note in notes],
    )


def _questions(result: Result, wording: Wording) -> list[QuestionLine]:
    lines = []
    for points in result.questions:
        question = wording.table.question(points.question) if wording.table else None
        if question is None:
            continue
        option = question.option(points.option) if points.option else None
        lines.append(
            QuestionLine(
                number=question.number,
                name=in_language(question.name),
                answer=in_language(option.name) if option else "",
                points=points.points,
                is_derived=not points.is_asked,
            )
        )
    return lines
