"""Whose activities and whose support a user sees."""

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q, QuerySet

from households.models import Area, User
from households.models.areas import AreaQuerySet
from households.policies import READS_HOUSEHOLDS, visible_households
from households.rights import rights
from programs.models import Activity, Benefit


def places_read(user: User | AnonymousUser) -> AreaQuerySet:
    """The areas, of any time, whose families the user reads."""
    return Area.objects.under_any(rights(user).branches(READS_HOUSEHOLDS))


def visible_activities(user: User | AnonymousUser) -> QuerySet[Activity]:
    """Those held in his areas; who sees a village alone sees those of the village."""
    places = places_read(user).values("pk")
    return Activity.objects.filter(Q(commune__in=places) | Q(village__in=places))


def visible_benefits(user: User | AnonymousUser) -> QuerySet[Benefit]:
    """Those of the households he reads, and what was given in his areas: to households that have
    moved away since too, whose other files are read where they live now."""
    places = places_read(user).values("pk")
    return Benefit.objects.filter(
        Q(household__in=visible_households(user)) | Q(commune__in=places) | Q(village__in=places)
    )
