"""Causes of poverty, support wanted, and whether the household registers to leave poverty: asked of
poor and near-poor households only, so after the class is known."""

from collections.abc import Sequence

from django.db import transaction
from django.utils.translation import gettext as _

from households import policies
from households.choices import PovertyClass, SurveyState
from households.errors import Conflict, Refused
from households.models import Assessment, Survey, User
from households.queries import trials
from households.services import audit, held_surveys, marks

ASKED_OF = (PovertyClass.POOR, PovertyClass.NEAR_POOR)


def are_asked_of(survey: Survey) -> bool:
    """Whether the survey came out poor or near-poor under a standard that decides in its round. Two
    queries."""
    scored = trials.without(Assessment.objects.filter(survey=survey, poverty_class__in=ASKED_OF))
    return survey.state == SurveyState.COMPLETE and scored.exists()


def save(
    *,
    survey: Survey,
    causes: Sequence[str],
    support_wanted: Sequence[str],
    registers_to_escape: bool | None,
    revision: int,
    by: User,
) -> Survey:
    """Keep the answers (codes of the lists "causes" and "support_wanted", in their order).

    Raises Refused (no right, or the class does not ask for them), Conflict (saved meanwhile).
    """
    with transaction.atomic():
        current = held_surveys.locked(survey.pk)
        if refusal := policies.why_not_edit_survey(by, current):
            raise Refused(refusal)
        if not are_asked_of(current):
            raise Refused(_("Causes and wishes are asked of poor and near-poor households only."))
        if current.revision != revision:
            raise Conflict(_("Someone saved this form meanwhile. Look at it, then answer again."))
        with audit.act(
            by=by,
            verb="survey.wishes",
            area=current.village,
            household=current.household,
            subject=current,
        ):
            current.causes = list(causes)
            current.support_wanted = list(support_wanted)
            current.registers_to_escape = registers_to_escape
            current.revision += 1
            current.save(
                update_fields=["causes", "support_wanted", "registers_to_escape", "revision"]
            )
            marks.mark_changed(round_id=current.round_id, commune_ids=[current.commune_id])
    return current
