"""Households that somebody may declare, and those he declared, with the names he may read."""

import re
from dataclasses import dataclass

from households import policies
from households.models import Area, DeclaredTie, User
from households.queries import household_search
from households.queries.list_order import Order

MOST_FOUND = 20
_CODE = re.compile(r"[hH]?0*(\d{1,9})", re.ASCII)


@dataclass(frozen=True)
class TieRow:
    """A declaration with the head's name, empty for who reads no families."""

    tie: DeclaredTie
    head_name: str
    place: str


def find(by: User, user: User, words: str) -> list[household_search.Row]:
    """What `by` may declare for `user`, by name or code; who reads no families finds by the exact
    code, and sees the code only. Four queries at most."""
    if not words.strip():
        return []
    found = household_search.find(by, household_search.Wanted(words=words))
    rows = household_search.rows(Order().sorted(found)[:MOST_FOUND])
    if rows or by.pk == user.pk:
        return rows
    code = _CODE.fullmatch(words.strip())
    allowed = policies.declarable_households(by, user).filter(pk__in=[int(code[1])] if code else [])
    return [household_search.Row(pk=one.pk, head_name="") for one in allowed]


def of_user(user: User, *, seen_by: User) -> list[TieRow]:
    """Open declarations, newest first. Two queries."""
    ties = DeclaredTie.objects.filter(user=user, ended_on__isnull=True).select_related(
        "household__card__village__parent", "declared_by"
    )
    readable = set(
        policies.visible_households(seen_by)
        .filter(ties__in=ties.values("pk"))
        .values_list("pk", flat=True)
    )
    rows = []
    for tie in ties.order_by("-pk"):
        # Everyone reads his own declarations; others see names only of families they see anyway.
        if tie.household_id in readable or user.pk == seen_by.pk:
            card = tie.household.card
            rows.append(TieRow(tie, card.head_name, _place(card.village)))
        else:
            rows.append(TieRow(tie, "", ""))
    return rows


def _place(village: Area) -> str:
    return f"{village.name}, {village.parent.name}" if village.parent else village.name
