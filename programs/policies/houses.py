"""Who sees houses and works: the readers of the area they were given in."""

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q, QuerySet

from households import policies
from households.models import Area, User
from households.policies.roles import READS_HOUSEHOLDS
from households.rights import rights
from programs.models import HousingCase, HousingMeeting, SiteFile, WorksProject


def _own_areas(user: User | AnonymousUser) -> QuerySet[Area]:
    return Area.objects.under_any(rights(user).branches(READS_HOUSEHOLDS))


def visible_cases(user: User | AnonymousUser) -> QuerySet[HousingCase]:
    """Houses of families the user may see, and those that his area gave to families that have
    moved away since."""
    return HousingCase.objects.filter(
        Q(benefit__household__in=policies.visible_households(user))
        | Q(benefit__village__in=_own_areas(user))
    )


def visible_meetings(user: User | AnonymousUser) -> QuerySet[HousingMeeting]:
    return HousingMeeting.objects.filter(village__in=_own_areas(user))


def visible_works(user: User | AnonymousUser) -> QuerySet[WorksProject]:
    return WorksProject.objects.filter(village__in=_own_areas(user))


def readable_site_files(user: User | AnonymousUser) -> QuerySet[SiteFile]:
    """Photos and papers of what the user may see; the same for nobody else."""
    return SiteFile.objects.filter(
        Q(case__in=visible_cases(user))
        | Q(meeting__village__in=_own_areas(user))
        | Q(works__village__in=_own_areas(user))
    )
