"""The forms a reviewer takes along: of every household to review in a village, filled with what is
known."""

from dataclasses import dataclass

from households.models import Area, Household, ReviewRound, Survey, SurveyMember
from households.queries import village_papers


@dataclass(frozen=True)
class ToFill:
    """A household with its form of the round, where it has one already."""

    household: Household
    survey: Survey | None


def of_village(round: ReviewRound, village: Area) -> list[ToFill]:
    """In walking order: listed households and those with a form begun. Six queries, whatever their
    number."""
    rows = village_papers.to_review(round, village)
    households = Household.objects.select_related("card").in_bulk(
        [row.household_id for row in rows]
    )
    surveys = {
        one.household_id: one
        for one in Survey.objects.filter(round=round, household__in=households)
    }
    return [ToFill(households[row.household_id], surveys.get(row.household_id)) for row in rows]


def members_of(survey: Survey) -> list[SurveyMember]:
    return list(survey.members.select_related("ethnic_group").order_by("member_no"))
