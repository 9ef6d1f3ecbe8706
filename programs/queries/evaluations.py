"""What evaluations of projects say together: what is to be mended, kept, and worth repeating."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import QuerySet

from programs.choices.projects import WorthRepeating
from programs.models import Project, ProjectEvaluation
from programs.queries.project_progress import Standing, standings

_VERDICTS = list(WorthRepeating.values)


@dataclass(frozen=True)
class Evaluated:
    """An evaluation with where its project stands on the day it is read."""

    evaluation: ProjectEvaluation
    standing: Standing

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
        since = self.standing.progress.kept_known_from
        one = self.evaluation
        if one.kept_households is None:
            return False
        return since is None or one.evaluated_on < since

    @property
    def is_overdue(self) -> bool:
        due = self.evaluation.mend_by
        return due is not None and due < self.standing.progress.on


@dataclass(frozen=True)
class Evaluations:
    """`to_mend`: shortcomings nobody has mended, those overdue first; `rows`: all, those worth
    repeating first and then the newest. `started` and `kept` households of the newest evaluation
    of each of `kept_of` projects that say it once twelve months are over."""

    to_mend: list[Evaluated]
    rows: list[Evaluated]
    kept_of: int
    started: int
    kept: int

    @property
    def projects(self) -> int:
        return len({one.evaluation.project_id for one in self.rows})

    @property
    def overdue(self) -> int:
        return sum(one.is_overdue for one in self.to_mend)

    @property
    def kept_percent(self) -> int | None:
        return round(100 * self.kept / self.started) if self.started else None


def evaluations(projects: QuerySet[Project], on: dt.date) -> Evaluations:
    """What was evaluated by the day. Seven queries, whatever the number."""
    told = list(
        ProjectEvaluation.objects.filter(project__in=projects, evaluated_on__lte=on).order_by(
            "-evaluated_on", "-pk"
        )
    )
    evaluated = Project.objects.filter(pk__in=[one.project_id for one in told])
    stand = {one.project.pk: one for one in standings(evaluated, on)}
    rows = [Evaluated(one, stand[one.project_id]) for one in told]
    to_mend = [one for one in rows if one.evaluation.shortcoming and not _mended(one, on)]
    known = _newest_that_say(rows)
    return Evaluations(
        to_mend=sorted(to_mend, key=lambda one: one.evaluation.mend_by or on),
        rows=sorted(rows, key=lambda one: _VERDICTS.index(one.evaluation.worth_repeating)),
        kept_of=len(known),
        started=sum(one.evaluation.started_households for one in known),
        kept=sum(one.evaluation.kept_households or 0 for one in known),
    )


def _mended(one: Evaluated, on: dt.date) -> bool:
    mended_on = one.evaluation.mended_on
    return mended_on is not None and mended_on <= on


def _newest_that_say(rows: Sequence[Evaluated]) -> list[Evaluated]:
    """Of each project one; `rows` the newest first."""
    newest: dict[int, Evaluated] = {}
    for one in rows:
        if one.evaluation.kept_households is not None and not one.is_early:
            newest.setdefault(one.evaluation.project_id, one)
    return list(newest.values())
