"""The queue of pairs, the most likely first."""

import datetime as dt

from django.db.models import Q

from households import policies
from households.models import AuditEvent, DuplicatePair, User
from households.models.duplicates import DuplicatePairQuerySet
from households.queries.duplicate_sides import Side


def of(pairs: DuplicatePairQuerySet, *, kind: str, state: str) -> DuplicatePairQuerySet:
    """Of one state, and one kind unless that is ""; disputed numbers first, then by score."""
    found = pairs.filter(state=state)
    if kind:
        found = found.filter(kind=kind)
    return found.select_related(
        "person_a", "person_b", "household_a__card__village__parent",
        "household_b__card__village__parent", "settled_by",
    ).order_by("-claimed_for", "-score", "pk")  # fmt: skip


def side(key: str, pair: DuplicatePair) -> Side:
    """A side as it was found, without its members. No query for a pair of `of`."""
    household = getattr(pair, f"household_{key}")
    return Side(key, household, household.card.village, [], getattr(pair, f"person_{key}"))


def last_looked_at(user: User) -> dt.datetime | None:
    """When the job last looked through a province the user has a part of. One query."""
    held = policies.rights(user).assignments
    provinces = {int(one.area.inner_path.split(".")[0]) for one in held}
    acts = AuditEvent.objects.filter(Q(area__in=provinces), verb="duplicates.find")
    found: dt.datetime | None = acts.values_list("at", flat=True).first()
    return found
