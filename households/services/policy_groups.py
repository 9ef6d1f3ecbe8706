"""Groups of the list that the members tell by themselves, so that nobody ticks them."""

from collections.abc import Mapping, Sequence
from typing import Any

from households.choices import Relation, Sex
from households.scoring import Standard
from households.services import list_rules

Values = Mapping[str, Any]


def of(*, members: Sequence[Values], no_labour: bool | None, rules: Standard) -> list[str]:
    """Codes of the list "policy_groups" that hold, in the list's order. No query.

    `members` are rows as services.surveys.save takes them. Whose ethnic group makes a household
    one of a minority is a number of the standard (head, or head or spouse).
    """
    counting = list_rules.minority_relations(rules)
    groups = [m.get("ethnic_group") for m in members if m.get("relation") in counting]
    holds = {
        "ethnic_minority": any(group and group.is_minority for group in groups),
        "no_labour": bool(no_labour),
        "merit": any(m.get("merit") for m in members),
        "social_allowance": any(m.get("monthly_social_assistance") for m in members),
        "female_head": any(
            m.get("relation") == Relation.HEAD and m.get("sex") == Sex.FEMALE for m in members
        ),
        "very_small_ethnic": any(group and group.is_very_small for group in groups),
    }
    return [code for code, is_so in holds.items() if is_so]
