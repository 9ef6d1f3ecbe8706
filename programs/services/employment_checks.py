"""Asking, 3 and 12 months on, whether somebody still works."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from households import clock
from households.errors import Invalid, Refused
from households.models import User
from households.services import audit
from households.services.constraint_messages import told_plainly
from programs import policies
from programs.choices.employment import AskedHow, CheckAfter, StillEmployed
from programs.models import Benefit, EmploymentCheck
from programs.queries import employment


@dataclass(frozen=True)
class Answer:
    """Of one person and one term; the wage now, in whole đồng a month, of who still works."""

    benefit_id: int
    after: CheckAfter
    answer: StillEmployed
    wage_vnd: int | None = None


def record(*, answers: Sequence[Answer], asked_how: AskedHow, checked_on: dt.date, by: User) -> int:
    """Keep answers, all or none; one that was kept before is said otherwise. How many.

    Raises Refused (an area of no right), Invalid (not due on that day, a day to come, a wage of
    who works no more).
    """
    if not answers:
        raise Invalid(_("Nothing was chosen."))
    if checked_on > clock.today():
        told = _("This day is still to come.")
        raise Invalid(told, fields={"checked_on": [told]})
    with told_plainly(EmploymentCheck), transaction.atomic():
        ids = sorted({one.benefit_id for one in answers})
        rows = employment.with_terms(Benefit.objects.filter(pk__in=ids))
        found = {row.pk: row for row in rows.select_related("village", "commune")}
        for one in answers:
            if one.benefit_id not in found:
                raise Invalid(_("This is no job that began."))
            _check(found[one.benefit_id], one, checked_on, by)
        area = policies.acting_area(by, found[ids[0]])
        details = {"answers": {f"{a.benefit_id}.{a.after}": str(a.answer) for a in answers}}
        with audit.act(by=by, verb="employment.check", area=area, details=details):
            for one in answers:
                EmploymentCheck.objects.update_or_create(
                    benefit_id=one.benefit_id, after_months=one.after,
                    defaults={
                        "answer": one.answer, "wage_vnd": one.wage_vnd, "asked_how": asked_how,
                        "checked_on": checked_on, "recorded_by": by,
                    },
                )  # fmt: skip
    return len(answers)


def _check(row: Benefit, one: Answer, checked_on: dt.date, by: User) -> None:
    if reason := policies.why_not_act_on_benefit(by, row):
        raise Refused(reason)
    due_on = employment.due_on(row, one.after)
    if checked_on < due_on:
        told = _("It is due on %(day)s, not before.") % {"day": f"{due_on:%d/%m/%Y}"}
        raise Invalid(told, fields={"checked_on": [told]})
    if one.wage_vnd is not None and one.answer != StillEmployed.YES:
        raise Invalid(_("Only who still works has a wage."))
