"""Which point questions a review form asks."""

from households.models import Survey
from households.scoring import PointTable
from households.services import rounds, standards


def questions_of(survey: Survey) -> PointTable | None:
    """The point table whose questions this survey answers: that of its newest standard."""
    table = standards.table_in_force(rounds.scored_under(survey.round)[-1])
    rules = standards.rules_of_table(table) if table else None
    return rules if rules and rules.complete else None
