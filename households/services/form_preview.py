"""The draft a household's form would start from, without writing one: for printing it."""

from households.models import Area, Household, ReviewRound, Survey, SurveyMember
from households.services import carry_forward


def draft_of(
    round: ReviewRound, household: Household, village: Area
) -> tuple[Survey, list[SurveyMember]]:
    """An unsaved survey with unsaved members, as surveys.start would fill them. Three queries."""
    survey = Survey(
        round=round,
        household=household,
        village=village,
        commune=village.parent,
        as_of=round.as_of,
    )
    return survey, carry_forward.into_draft(survey)
