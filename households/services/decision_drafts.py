"""What a commune's decision would sign today."""

from dataclasses import dataclass

from households import clock
from households.models import CommuneReview, PovertyStandard
from households.queries import decision_draft
from households.services import list_rules, list_sql, lists
from households.services.deciding_standards import decided_under
from households.services.lists import Scope


@dataclass(frozen=True)
class Drafted:
    """The draft under one standard of the round, and the household ids that are kept back."""

    standard: PovertyStandard
    draft: decision_draft.Draft
    held_back: list[int]


def draft(way: CommuneReview, only: list[int] | None = None) -> list[Drafted]:
    """What would be signed today, one for each standard that the round decides under; `only`: by a
    supplement, of these households alone. Four queries each."""
    held = [] if only else sorted(decision_draft.held_back(way.round, way.commune))
    found = []
    for standard in decided_under(way.round):
        facts = lists.plan_facts(
            round=way.round,
            standard=standard,
            commune=way.commune,
            counts_from=list_rules.counts_from(standard, way.round, clock.today()),
            scope=Scope(held_back=held, only=only),
        )
        found.append(Drafted(standard, decision_draft.read(list_sql.PLAN_ROWS, facts), held))
    return found
