"""A re-check (phúc tra): one household's form is opened again although its village is past it."""

import datetime as dt

from django.db.models.functions import Now
from django.utils.translation import gettext as _

from households import clock, policies, workflow
from households.choices import CommuneState, SurveyState
from households.errors import Conflict, Invalid, Refused
from households.models import CommuneReview, Survey, SurveyReopening, User, VillageReview
from households.queries import terms
from households.services import audit, marks
from households.services.constraint_messages import told_plainly

#: While the commune decides nothing yet, it may look at a household once more.
_MAY_BE_ORDERED = frozenset(
    {CommuneState.OPEN, CommuneState.VILLAGES_CLOSED, CommuneState.RETURNED}
)


def reopen(
    *, survey: Survey, reason: str, due_on: dt.date, by: User, is_ordered: bool = False
) -> SurveyReopening:
    """Open the form; to be called inside the act that orders it. Raises Conflict (open already)."""
    with told_plainly(SurveyReopening):
        return SurveyReopening.objects.create(
            survey=survey, reason=reason, due_on=due_on, opened_by=by, is_ordered=is_ordered
        )


def is_done(survey: Survey) -> bool:
    """Whether the form is complete again."""
    return survey.state == SurveyState.COMPLETE


def end(*, survey: Survey) -> None:
    """Lock the form again; to be called inside the act that ends the re-check."""
    SurveyReopening.objects.filter(survey=survey, ended_at__isnull=True).update(ended_at=Now())


def why_not_order(survey: Survey, by: User) -> str | None:
    """Why no re-check of this form can be ordered now. Three queries."""
    if reason := policies.why_not_settle_complaints(by, survey.commune):
        return reason
    if survey.round.is_closed:
        return _("The review round %(round)s is closed.") % {"round": survey.round.key}
    village = VillageReview.objects.filter(round=survey.round, village=survey.village).first()
    if village is None or village.state in workflow.SURVEYS_OPEN_IN_VILLAGE:
        return _("The village is still surveyed: the form is open.")
    commune = CommuneReview.objects.filter(round=survey.round, commune=survey.commune).first()
    if commune and commune.state not in _MAY_BE_ORDERED:
        return _("The commune's results are sent up or decided.")
    return None


def order(*, survey: Survey, reason: str, by: User) -> SurveyReopening:
    """The commune looks at one household once more, of itself: its form is open again, the village
    stays where it is, and the household is kept back until it is settled and, where its list hung
    out already, hung out again. Raises Refused, Invalid (reason), Conflict (open already)."""
    if refusal := why_not_order(survey, by):
        raise Refused(refusal)
    if not reason.strip():
        told = _("Write the reason.")
        raise Invalid(told, fields={"reason": [told]})
    days = terms.in_force(clock.today()).days("recheck_days")
    with audit.act(
        by=by, verb="recheck.order", area=survey.village, household=survey.household,
        subject=survey, reason=reason,
    ):  # fmt: skip
        made = reopen(
            survey=survey, reason=reason.strip(), by=by, is_ordered=True,
            due_on=terms.working_days_after(clock.today(), days),
        )  # fmt: skip
        marks.mark_changed(round_id=survey.round_id, commune_ids=[survey.commune_id])
    return made


def settle(*, survey: Survey, by: User) -> None:
    """End a re-check that was ordered. Raises Refused (not the commune's, form not complete),
    Conflict (none is open)."""
    if refusal := policies.why_not_settle_complaints(by, survey.commune):
        raise Refused(refusal)
    if not is_done(survey):
        raise Refused(_("The form of the re-check is not complete."))
    with audit.act(
        by=by, verb="recheck.settle", area=survey.village, household=survey.household,
        subject=survey,
    ):  # fmt: skip
        mine = SurveyReopening.objects.filter(survey=survey, ended_at__isnull=True, is_ordered=True)
        if not mine.update(ended_at=Now(), settled_on=clock.today()):
            raise Conflict(_("No re-check of this form is open."))
        marks.mark_changed(round_id=survey.round_id, commune_ids=[survey.commune_id])
