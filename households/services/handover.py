"""All open work of one person goes to another in one step: forms begun, and the assignments."""

from collections import Counter
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from households import clock, policies
from households.choices import Role, SurveyState
from households.errors import Conflict, Invalid, Refused
from households.models import Assignment, Survey, User
from households.rights import rights
from households.services import audit, open_sessions, users


@dataclass(frozen=True)
class Staying:
    """A form that cannot go to the other person, and why."""

    survey: Survey
    reason: str


@dataclass(frozen=True)
class Plan:
    """What would be handed over, told before it is done."""

    forms: list[Survey]
    staying: list[Staying]
    assignments: list[Assignment]

    @property
    def by_village(self) -> list[tuple[str, int]]:
        return sorted(Counter(one.village.name for one in self.forms).items())


def plan(*, giver: User, taker: User, by: User, with_assignments: bool) -> Plan:
    """What goes and what stays. With the assignments, the taker is judged as if he had them.

    Raises Refused (an account that `by` does not manage), Invalid (taker: the same person, or an
    account that is closed).
    """
    for account in (giver, taker):
        if reason := policies.why_not_manage_account(by, account):
            raise Refused(reason)
    if giver.pk == taker.pk:
        raise Invalid(_("Choose another person."), fields={"taker": [_("Choose another person.")]})
    if not taker.is_active:
        words = _("This account is closed.")
        raise Invalid(words, fields={"taker": [words]})
    assignments = _assignments(giver) if with_assignments else []
    forms, staying = [], []
    for survey in _forms(giver):
        reason = policies.why_own_or_related(taker, survey.household)
        if not reason and not any(_covers(one, survey) for one in assignments):
            reason = policies.why_not_write_surveys(taker, survey.village)
        if reason:
            staying.append(Staying(survey, reason))
        else:
            forms.append(survey)
    return Plan(forms, staying, assignments)


def hand_over(*, giver: User, taker: User, by: User, with_assignments: bool, close: bool) -> Plan:
    """Do what `plan` tells. With `close` the giver's account is closed as well.

    A role that the taker has already is only ended for the giver. Done twice, the second time
    finds nothing to do. One transaction. Raises as plan, and as users.assign.
    """
    with transaction.atomic():
        found = plan(giver=giver, taker=taker, by=by, with_assignments=with_assignments)
        details = {"to": taker.pk, "forms": len(found.forms), "staying": len(found.staying)}
        with audit.act(by=by, verb="user.hand_over", subject=giver, details=details):
            for one in found.assignments:
                _pass_on(one, taker, by)
            moved = [one.pk for one in found.forms]
            Survey.objects.filter(pk__in=moved).update(surveyed_by=taker)
            if close:
                User.objects.filter(pk=giver.pk).update(is_active=False)
                open_sessions.end_all(user=giver, by=by)
    return found


def _forms(giver: User) -> list[Survey]:
    """Drafts of rounds under way that the giver began. One query."""
    drafts = Survey.objects.filter(
        surveyed_by=giver, state=SurveyState.DRAFT, round__is_closed=False
    )
    return list(drafts.select_related("village__parent", "household", "round").order_by("pk"))


def _assignments(giver: User) -> list[Assignment]:
    held = Assignment.objects.filter(user=giver).on(clock.today())
    return list(held.select_related("area").order_by("pk"))


def _covers(assignment: Assignment, survey: Survey) -> bool:
    in_area = f".{survey.village.path}".find(f".{assignment.area.path.rstrip('.')}.") >= 0
    at_home = assignment.area_id == survey.village_id
    return assignment.role in policies.WRITES_SURVEYS and (in_area or at_home)


def _pass_on(assignment: Assignment, taker: User, by: User) -> None:
    has_it = any(
        one.role == assignment.role and one.area_id == assignment.area_id
        for one in rights(taker).assignments
    )
    if not has_it:
        try:
            users.assign(user=taker, role=Role(assignment.role), area=assignment.area, by=by)
        except Conflict as clash:
            raise Invalid(clash.message, fields={"taker": [clash.message]}) from clash
    users.end_assignment(assignment=assignment, by=by)
