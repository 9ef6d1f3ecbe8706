"""What evaluations of projects and models say together: to be mended, kept, worth repeating."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import QuerySet

from programs.choices.projects import WorthRepeating
from programs.models import Activity, ActivityEvaluation, Evaluation, Project, ProjectEvaluation
from programs.queries.project_progress import standings

_VERDICTS = list(WorthRepeating.values)


@dataclass(frozen=True)
class Evaluated:
    """An evaluation as it is read on a day. `kept_known_from`: the first day on which anybody can
    say who kept it, None while the inputs are not there."""

    evaluation: Evaluation
    on: dt.date
    kept_known_from: dt.date | None

    @property
    def key(self) -> tuple[str, int]:
        """Of what is evaluated."""
        return self.evaluation.OF, self.evaluation.of.pk

    @property
    def is_model(self) -> bool:
        return isinstance(self.evaluation, ActivityEvaluation)

    @property
    def kept_percent(self) -> int | None:
        """Of the households that began, those that kept it; None where nobody says, or none
        began."""
        one = self.evaluation
        if one.kept_households is None or not one.started_households:
            return None
        return round(100 * one.kept_households / one.started_households)

    @property
    def is_early(self) -> bool:
        """It says who kept it after twelve months, before twelve months were over."""
        since = self.kept_known_from
        one = self.evaluation
        if one.kept_households is None:
            return False
        return since is None or one.evaluated_on < since

    @property
    def is_mended(self) -> bool:
        mended_on = self.evaluation.mended_on
        return mended_on is not None and mended_on <= self.on

    @property
    def is_overdue(self) -> bool:
        due = self.evaluation.mend_by
        return due is not None and due < self.on and not self.is_mended


@dataclass(frozen=True)
class Evaluations:
    """`to_mend`: shortcomings nobody has mended, those overdue first; `rows`: all, those worth
    repeating first and then the newest. `started` and `kept` households of the newest evaluation
    of each of `kept_of` projects and models that say it once twelve months are over."""

    to_mend: list[Evaluated]
    rows: list[Evaluated]
    kept_of: int
    started: int
    kept: int

    @property
    def projects(self) -> int:
        return len({one.key for one in self.rows if not one.is_model})

    @property
    def models(self) -> int:
        return len({one.key for one in self.rows if one.is_model})

    @property
    def overdue(self) -> int:
        return sum(one.is_overdue for one in self.to_mend)

    @property
    def kept_percent(self) -> int | None:
        return round(100 * self.kept / self.started) if self.started else None


def evaluations(
    projects: QuerySet[Project], activities: QuerySet[Activity], on: dt.date
) -> Evaluations:
    """What was evaluated by the day; without models taken back. Eight queries, whatever the
    number."""
    rows = [*_of_projects(projects, on), *_of_models(activities, on)]
    rows.sort(key=lambda one: (one.evaluation.evaluated_on, one.evaluation.pk), reverse=True)
    known = _newest_that_say(rows)
    to_mend = [one for one in rows if one.evaluation.shortcoming and not one.is_mended]
    return Evaluations(
        to_mend=sorted(to_mend, key=lambda one: one.evaluation.mend_by or on),
        rows=sorted(rows, key=lambda one: _VERDICTS.index(one.evaluation.worth_repeating)),
        kept_of=len(known),
        started=sum(one.evaluation.started_households for one in known),
        kept=sum(one.evaluation.kept_households or 0 for one in known),
    )


def _of_projects(projects: QuerySet[Project], on: dt.date) -> list[Evaluated]:
    found = ProjectEvaluation.objects.filter(project__in=projects, evaluated_on__lte=on)
    told = list(found.select_related("project__commune"))
    evaluated = Project.objects.filter(pk__in=[one.project_id for one in told])
    known = {one.project.pk: one.progress.kept_known_from for one in standings(evaluated, on)}
    return [Evaluated(one, on, known[one.project_id]) for one in told]


def _of_models(activities: QuerySet[Activity], on: dt.date) -> list[Evaluated]:
    held = activities.filter(cancelled_because="")
    found = ActivityEvaluation.objects.filter(activity__in=held, evaluated_on__lte=on)
    return [
        Evaluated(one, on, one.activity.kept_known_from)
        for one in found.select_related("activity__commune")
    ]


def of_project(project: Project, kept_known_from: dt.date | None, on: dt.date) -> list[Evaluated]:
    """Of one project, the newest first. One query."""
    found = ProjectEvaluation.objects.filter(project=project)
    return [Evaluated(one, on, kept_known_from) for one in found]


def of_model(activity: Activity, on: dt.date) -> list[Evaluated]:
    """Of one model, the newest first. One query."""
    found = ActivityEvaluation.objects.filter(activity=activity)
    return [Evaluated(one, on, activity.kept_known_from) for one in found]


def _newest_that_say(rows: Sequence[Evaluated]) -> list[Evaluated]:
    """Of each project and model one; `rows` the newest first."""
    newest: dict[tuple[str, int], Evaluated] = {}
    for one in rows:
        if one.evaluation.kept_households is not None and not one.is_early:
            newest.setdefault(one.key, one)
    return list(newest.values())
