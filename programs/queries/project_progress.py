"""Projects with where each stands on a day: what the board, the counts and reminders read."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, Q, QuerySet, Sum

from programs.choices.projects import ParticipantStanding
from programs.models import (
    ProcedureStep,
    Project,
    ProjectParticipant,
    ProjectPayment,
    ProjectReminder,
    ProjectStep,
)
from programs.workflow import VOID_STATES
from programs.workflow.projects import Progress, progress

#: Whose benefit was taken back as a mistake takes no part.
TARGET = Q(standing=ParticipantStanding.TARGET) & ~Q(benefit__state__in=sorted(VOID_STATES))


@dataclass(frozen=True)
class Standing:
    """A project on a day. `paid_vnd`: money paid out by the day; `committed_vnd`: approved by the
    day; `target` and `others`: households that take part since the day or before, entitled and
    not (those outside the register among the latter)."""

    project: Project
    progress: Progress
    steps: dict[int, ProcedureStep]
    stay: ProjectStep | None
    paid_vnd: int
    committed_vnd: int
    target: int
    others: int
    reminders: list[ProjectReminder] = field(default_factory=list)

    @property
    def households(self) -> int:
        return self.target + self.others

    @property
    def target_percent(self) -> int | None:
        """Share of the entitled among all that take part, rounded; None where nobody does."""
        return round(100 * self.target / self.households) if self.households else None

    @property
    def step(self) -> ProcedureStep | None:
        """The one it lies in or waits for."""
        return self.steps.get(self.progress.at) if self.progress.at else None

    @property
    def waits_at(self) -> str:
        """The office it lies with; of a step not entered yet, who acts there."""
        if self.stay and self.step and self.stay.step_id == self.step.pk:
            return self.stay.office
        return self.step.by if self.step else ""

    @property
    def paid_percent(self) -> int:
        planned = self.project.planned_vnd
        return round(100 * self.paid_vnd / planned) if planned else 0


def standings(projects: QuerySet[Project], on: dt.date) -> list[Standing]:
    """In the order of the projects. Seven queries, whatever their number."""
    found = list(projects.select_related("commune__parent", "procedure"))
    keys = [one.pk for one in found]
    steps = _steps(found)
    stays = _by_project(
        ProjectStep.objects.filter(project__in=keys).select_related("step").order_by("pk")
    )
    reminders = _by_project(
        ProjectReminder.objects.filter(project__in=keys, reminded_on__lte=on).order_by(
            "-reminded_on", "-pk"
        )
    )
    paid = dict(
        ProjectPayment.objects.filter(project__in=keys, void_reason="", paid_on__lte=on)
        .values_list("project")
        .annotate(Sum("amount_vnd"))
    )
    people = _households(keys, on)
    return [
        _standing(
            one, steps[one.procedure_id], stays[one.pk], on, paid.get(one.pk, 0),
            people.get(one.pk, (0, 0)), reminders[one.pk],
        )
        for one in found
    ]  # fmt: skip


def of_project(project: Project, on: dt.date) -> Standing:
    """Six queries."""
    (found,) = standings(Project.objects.filter(pk=project.pk), on)
    return found


def _standing(
    project: Project,
    steps: Sequence[ProcedureStep],
    stays: Sequence[ProjectStep],
    on: dt.date,
    paid_vnd: int,
    people: tuple[int, int],
    reminders: list[ProjectReminder],
) -> Standing:
    known = [one for one in stays if one.entered_on <= on]
    is_committed = project.committed_on is not None and project.committed_on <= on
    target, others = people
    return Standing(
        project=project,
        progress=progress(
            [one.norm for one in steps], [one.entry for one in stays], project.season_deadline, on
        ),
        steps={one.number: one for one in steps},
        stay=known[-1] if known else None,
        paid_vnd=paid_vnd,
        committed_vnd=(project.committed_vnd or 0) if is_committed else 0,
        target=target,
        others=others + project.outside_households,
        reminders=reminders,
    )


def _steps(projects: Iterable[Project]) -> dict[int, list[ProcedureStep]]:
    by_procedure: dict[int, list[ProcedureStep]] = defaultdict(list)
    procedures = {one.procedure_id for one in projects}
    for step in ProcedureStep.objects.filter(procedure__in=procedures).order_by("number"):
        by_procedure[step.procedure_id].append(step)
    return by_procedure


def _by_project(rows: Iterable[Any]) -> dict[int, list[Any]]:
    by_project: dict[int, list[Any]] = defaultdict(list)
    for row in rows:
        by_project[row.project_id].append(row)
    return by_project


def _households(keys: list[int], on: dt.date) -> dict[int, tuple[int, int]]:
    takes_part = ProjectParticipant.objects.filter(project__in=keys, joined_on__lte=on)
    counted = takes_part.values("project").annotate(
        target=Count("pk", filter=TARGET),
        others=Count("pk", filter=Q(standing=ParticipantStanding.OTHER)),
    )
    return {row["project"]: (row["target"], row["others"]) for row in counted}


@dataclass(frozen=True)
class BoardFigures:
    """The figures above a board; sums in đồng. `households` counts each once, even in two
    projects; `target_households` the entitled among them; those outside the register are counted
    apart, for nobody can say whether they are the same."""

    projects: int
    will_miss: list[Standing]
    over_norm: list[Standing]
    planned_vnd: int
    committed_vnd: int
    paid_vnd: int
    households: int
    target_households: int
    outside_households: int

    @property
    def paid_percent(self) -> int:
        return round(100 * self.paid_vnd / self.planned_vnd) if self.planned_vnd else 0

    @property
    def target_percent(self) -> int | None:
        everybody = self.households + self.outside_households
        return round(100 * self.target_households / everybody) if everybody else None


def figures(rows: Sequence[Standing], on: dt.date) -> BoardFigures:
    """One query."""
    keys = [one.project.pk for one in rows]
    part = ProjectParticipant.objects.filter(project__in=keys, joined_on__lte=on)
    counted = part.aggregate(
        everybody=Count(
            "household",
            distinct=True,
            filter=TARGET | Q(standing=ParticipantStanding.OTHER),
        ),
        target=Count("household", distinct=True, filter=TARGET),
    )
    return BoardFigures(
        projects=len(rows),
        will_miss=[one for one in rows if one.progress.will_miss],
        over_norm=[one for one in rows if one.progress.over_days],
        planned_vnd=sum(one.project.planned_vnd for one in rows),
        committed_vnd=sum(one.committed_vnd for one in rows),
        paid_vnd=sum(one.paid_vnd for one in rows),
        households=counted["everybody"],
        target_households=counted["target"],
        outside_households=sum(one.project.outside_households for one in rows),
    )
