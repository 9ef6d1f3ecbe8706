"""Who sees coverage and who settles a benefit without a ground."""

from django.contrib.auth.models import AnonymousUser
from django.db.models import Exists, OuterRef, Q, QuerySet

from households import policies
from households.models import User
from households.policies.roles import Reason
from households.rights import rights
from programs.choices import BenefitState, Doubt
from programs.models import Benefit, ProgrammeTerms
from programs.policies import why_not_record_benefit


def why_not_see_coverage(user: User | AnonymousUser) -> Reason:
    """Whoever reads households: the figures lead to their lists."""
    return policies.why_not_read_households(user)


def coverage_branches(user: User | AnonymousUser) -> list[str]:
    """Inner paths of the areas whose coverage the user sees."""
    return rights(user).branches(policies.READS_HOUSEHOLDS)


def unexplained_benefits(user: User | AnonymousUser) -> QuerySet[Benefit]:
    """What was received by a household of the user's areas and no ground that povreg knows explains
    it, with those looked at since. Persons outside the register have a ground of their own. Where
    nobody has confirmed any ground of the programme there is nothing to hold it against yet."""
    is_open = Q(terms__isnull=True) & ~Q(state=BenefitState.CANCELLED) & Q(Exists(_deciding()))
    return Benefit.objects.filter(
        is_open | Q(ground_check__isnull=False),
        served_on__isnull=False,
        household__in=policies.visible_households(user),
    )


def _deciding() -> QuerySet[ProgrammeTerms]:
    """Grounds of the benefit's programme that decide on the day it was received."""
    on = OuterRef("served_on")
    in_force = Q(valid_to__isnull=True) | Q(valid_to__gte=on)
    of_programme = ProgrammeTerms.objects.filter(programme=OuterRef("programme"))
    # A missing key would make a bare "is not weak" unknown, and leave confirmed grounds out.
    decides = ~Q(doubts__has_key="who") | ~Q(doubts__who=Doubt.WEAK)
    return of_programme.filter(in_force, decides, valid_from__lte=on)


def why_not_check_ground(user: User | AnonymousUser, benefit: Benefit) -> Reason:
    """As who records a benefit there."""
    return why_not_record_benefit(user, benefit.village or benefit.commune)
