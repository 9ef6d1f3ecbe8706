"""Which point questions a review form asks."""

from households.models import Survey
from households.scoring import PointTable
from households.services import standards


def questions_of(survey: Survey) -> PointTable | None:
    """The point table whose questions this survey answers: that of its newest standard."""
    rules = standards.rules_asked_in(survey.round)
    return rules if rules and rules.complete else None
