"""How many projects had reached which step on a day, by owner, kind or place."""

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from django.db.models import QuerySet

from programs.models import Project, ProjectCycle
from programs.queries.project_progress import Standing, standings

#: The steps of all procedures in one order; those that stand for the same share a place. Whoever
#: has done a step has passed all places before it, whether or not his procedure names them.
STAGES: tuple[tuple[str, ...], ...] = (
    ("announce", "assign"),
    ("dossier",),
    ("check", "opinion"),
    ("appraisal",),
    ("approval",),
    ("contract",),
    ("disbursement",),
    ("acceptance",),
)
_PLACE = {code: place for place, codes in enumerate(STAGES) for code in codes}
_APPROVAL = _PLACE["approval"]


@dataclass
class StepCounts:
    """Projects of one group. `passed[i]`: those that had done stage i of STAGES by the day, from
    approval on without those rejected since (is_approved: what targets count is the same);
    `waiting[i]`: those that lay in it on the day; `later_cycle`: those in their second cycle or a
    later one."""

    name: str
    projects: int = 0
    passed: list[int] = field(default_factory=lambda: [0] * len(STAGES))
    waiting: list[int] = field(default_factory=lambda: [0] * len(STAGES))
    rejected: int = 0
    later_cycle: int = 0


def passed_stage(one: Standing) -> int:
    """The place in STAGES of the furthest step done; -1 for none."""
    done = [step for number, step in one.steps.items() if number <= one.progress.done]
    return max((_PLACE.get(step.code, -1) for step in done), default=-1)


def is_approved(one: Standing) -> bool:
    """The one meaning of an approved project, wherever it is counted: the step of approval is done
    by the day, and the project is not rejected. A sum with a decision is not it: that is money."""
    return passed_stage(one) >= _APPROVAL and not one.progress.is_rejected


def waiting_stage(one: Standing) -> int | None:
    """The place in STAGES of the step it lies in; None when all are done or it was rejected."""
    return _PLACE.get(one.step.code) if one.step else None


#: By what the counts are grouped: the words of a group from a project.
GROUPS: dict[str, Callable[[Project], str]] = {
    "owner_kind": lambda project: str(project.get_owner_kind_display()),
    "kind": lambda project: str(project.get_kind_display()),
    "owner": lambda project: project.lead_unit,
    "commune": lambda project: project.commune.name,
    "district": lambda project: project.commune.parent.name if project.commune.parent else "",
    "year": lambda project: str(project.year),
}


def step_counts(
    projects: QuerySet[Project], on: dt.date, *, by: Sequence[str] = ("owner_kind",)
) -> list[StepCounts]:
    """By the groups of GROUPS named in `by`, one row for each that has a project, by name. Eight
    queries."""
    rows = standings(projects, on)
    later = set(
        ProjectCycle.objects.filter(
            project__in=[one.project.pk for one in rows], number__gte=2, started_on__lte=on
        ).values_list("project", flat=True)
    )
    found: dict[tuple[str, ...], StepCounts] = defaultdict(lambda: StepCounts(""))
    for one in rows:
        words = tuple(GROUPS[name](one.project) for name in by)
        group = found[words]
        group.name = " · ".join(words)
        _add(group, one, is_later=one.project.pk in later)
    return [found[words] for words in sorted(found)]


def _add(group: StepCounts, one: Standing, *, is_later: bool) -> None:
    group.projects += 1
    group.later_cycle += is_later
    group.rejected += one.progress.is_rejected
    for place in range(passed_stage(one) + 1):
        group.passed[place] += place < _APPROVAL or is_approved(one)
    waiting = waiting_stage(one)
    if waiting is not None:
        group.waiting[waiting] += 1
