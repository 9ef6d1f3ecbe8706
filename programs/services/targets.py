"""Setting what areas are to reach of a programme in a year."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from households import clock
from households.errors import Invalid, Refused
from households.models import Area, User
from households.services import audit
from households.services.constraint_messages import told_plainly
from programs.choices import ProgrammeKind
from programs.choices.money import Counted
from programs.models import Programme, Target
from programs.policies.money import why_not_keep_money
from programs.services.money_checks import check_year
from programs.workflow.money import PLANNED

MOST = 10_000_000


@dataclass(frozen=True)
class Aim:
    """A number for an area."""

    area: Area
    number: int


@dataclass(frozen=True)
class PlanDecision:
    """The paper that sets targets."""

    number: str
    decided_on: dt.date


def set_targets(
    *, programme: Programme, year: int, counts: Counted, aims: Sequence[Aim],
    decision: PlanDecision, by: User,
) -> int:  # fmt: skip
    """Write the targets of a decision, all or none; gives how many are new or changed. A decision
    of another day is a revision beside the earlier one; one of the same day corrects it.

    Raises Refused (no right there), Invalid (what the programme does not count, a number, a day to
    come, no decision). Three statements beside the audit.
    """
    _check(programme, year, counts, decision)
    for aim in aims:
        if reason := why_not_keep_money(by, aim.area):
            raise Refused(f"{aim.area.name}: {reason}")
        if not 0 <= aim.number <= MOST:
            raise Invalid(_("%(area)s: a whole number is needed.") % {"area": aim.area.name})
    kept = Target.objects.filter(
        programme=programme, year=year, counts=counts, area__in=[aim.area for aim in aims],
        decided_on__lte=decision.decided_on,
    ).order_by("area_id", "-decided_on").distinct("area_id")  # fmt: skip
    now = {row.area_id: (row.number, row.decision_number) for row in kept}
    number = decision.number.strip()
    changed = [aim for aim in aims if now.get(aim.area.pk) != (aim.number, number)]
    if not changed:
        return 0
    with told_plainly(Target), audit.act(
        by=by, verb="target.set", area=changed[0].area, subject=programme,
        details={"programme": programme.code, "year": year, "counts": counts, "rows": len(changed)},
    ):  # fmt: skip
        Target.objects.bulk_create(
            [
                Target(
                    programme=programme, area=aim.area, year=year, counts=counts,
                    number=aim.number, decision_number=number, decided_on=decision.decided_on,
                    set_by=by,
                )
                for aim in changed
            ],
            update_conflicts=True,
            unique_fields=["programme", "area", "year", "counts", "decided_on"],
            update_fields=["number", "decision_number", "set_by"],
        )  # fmt: skip
    return len(changed)


def _check(programme: Programme, year: int, counts: Counted, decision: PlanDecision) -> None:
    check_year(year)
    if counts not in PLANNED[ProgrammeKind(programme.kind)]:
        raise Invalid(_("This programme is not planned in this."))
    if not decision.number.strip():
        raise Invalid(
            _("The number of the decision is missing."),
            fields={"decision_number": [_("This is missing.")]},
        )
    if decision.decided_on > clock.today():
        raise Invalid(
            _("This day is still to come."),
            fields={"decided_on": [_("This day is still to come.")]},
        )
