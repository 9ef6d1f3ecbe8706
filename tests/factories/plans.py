"""Listed households with a form of a decided round, for lacks and the plan list."""

from typing import Any

from households.choices import PovertyClass
from households.models import Area, Household, RecognitionDecision, Survey, User
from tests.factories import families, reviews

#: What THREE_LACKS and WELL_HOUSED give: below the line, three indicators lacking.
POOR_FORM: dict[str, Any] = {"income_per_capita_month_vnd": 1_000_000, **reviews.THREE_LACKS}


def decided_form(
    decision: RecognitionDecision,
    village: Area,
    by: User,
    *,
    name: str = "Nông Văn Thử",
    poverty_class: PovertyClass = PovertyClass.POOR,
    **answers: Any,
) -> Household:
    """On the list since the decision counts, by a complete form of its round."""
    survey: Survey = reviews.surveyed(
        decision.round, village, by, members=[reviews.adult(name)], **POOR_FORM | answers
    )
    families.on_list(
        survey.household, decision, since=decision.effective_from, poverty_class=poverty_class
    )
    return survey.household
