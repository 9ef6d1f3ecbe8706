"""What came of a project: its cycles of production."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Max
from django.utils.translation import gettext as _

from households.errors import Invalid, Refused
from households.models import User
from households.services import audit
from households.services.constraint_messages import told_plainly
from programs.models import Project, ProjectCycle
from programs.policies import projects as policies
from programs.services.projects import check_past, locked


@dataclass(frozen=True)
class Cycle:
    """A cycle of production: quantities in `unit`, money in whole đồng; None: not known yet."""

    started_on: dt.date
    unit: str
    planned_quantity: Decimal
    ended_on: dt.date | None = None
    real_quantity: Decimal | None = None
    sold_vnd: int | None = None
    returned_vnd: int | None = None
    note: str = ""


def keep_cycle(
    *, project: Project, cycle: Cycle, by: User, number: int | None = None
) -> ProjectCycle:
    """Keep the next cycle, or correct the one with `number`. Raises Refused, Invalid (begins before
    the cycle before, ended on a day to come, results of a cycle that goes on), Conflict."""
    if reason := policies.why_not_keep_project(by, project.commune):
        raise Refused(reason)
    check_past(cycle.started_on, "started_on")
    if cycle.ended_on:
        check_past(cycle.ended_on, "ended_on")
    elif cycle.real_quantity is not None or cycle.sold_vnd is not None:
        raise Invalid(
            _("A result has the day the cycle ended."), fields={"ended_on": [_("missing")]}
        )
    with (
        told_plainly(ProjectCycle),
        audit.act(by=by, verb="project.cycle", area=project.commune, subject=project),
    ):
        row = locked(project)
        last = row.cycles.aggregate(last=Max("number"))["last"] or 0
        number = number or last + 1
        before = row.cycles.filter(number=number - 1).first()
        if before and cycle.started_on < before.started_on:
            raise Invalid(
                _("It begins before the cycle before it."), fields={"started_on": [_("too early")]}
            )
        kept, __ = ProjectCycle.objects.update_or_create(
            project=row, number=number,
            defaults=vars(cycle), create_defaults={**vars(cycle), "recorded_by": by},
        )  # fmt: skip
        return kept
