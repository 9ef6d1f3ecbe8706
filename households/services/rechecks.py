"""A re-check (phúc tra): one household's form is opened again although its village is past it."""

import datetime as dt

from django.db.models.functions import Now

from households.choices import SurveyState
from households.models import Survey, SurveyReopening, User
from households.services.constraint_messages import told_plainly


def reopen(*, survey: Survey, reason: str, due_on: dt.date, by: User) -> SurveyReopening:
    """Open the form; to be called inside the act that orders it. Raises Conflict (open already)."""
    with told_plainly(SurveyReopening):
        return SurveyReopening.objects.create(
            survey=survey, reason=reason, due_on=due_on, opened_by=by
        )


def is_done(survey: Survey) -> bool:
    """Whether the form is complete again."""
    return survey.state == SurveyState.COMPLETE


def end(*, survey: Survey) -> None:
    """Lock the form again; to be called inside the act that ends the re-check."""
    SurveyReopening.objects.filter(survey=survey, ended_at__isnull=True).update(ended_at=Now())
