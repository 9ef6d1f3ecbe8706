"""The notices of a user: those of his roles in his areas, since he has them."""

from typing import Final

from django.db.models import Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from households import policies
from households.choices import Role
from households.choices.notices import TOLD
from households.models import Area, Notice, NoticeReading, User

#: Of how many a page or a mail tells at most.
MOST: Final = 50


def of_user(user: User) -> QuerySet[Notice]:
    """The newest first. No query of its own but for his rights."""
    mine = Q(pk__in=[])
    rights = policies.rights(user)
    for assignment in rights.assignments:
        kinds = [kind for kind, roles in TOLD.items() if Role(assignment.role) in roles]
        branches = rights.branches(frozenset({Role(assignment.role)}))
        areas = Area.objects.under_any(branches).values("pk")
        mine |= Q(kind__in=kinds, area__in=areas, told_on__gte=assignment.valid_from)
    return Notice.objects.filter(mine).select_related("area", "round").order_by("-pk")


def read_to(user: User) -> int:
    """The last notice he has read; 0 for none. One query."""
    found = NoticeReading.objects.filter(user=user).values_list("read_to", flat=True).first()
    return found or 0


def unread(user: User, most: int = MOST) -> list[Notice]:
    """One query."""
    reading = NoticeReading.objects.filter(user=user).values("read_to")
    new = of_user(user).filter(pk__gt=Coalesce(Subquery(reading), Value(0)))
    return list(new[:most])
