"""Who sees coverage and who settles a benefit without a ground."""

from django.contrib.auth.models import AnonymousUser
from django.db.models import Exists, OuterRef, Q, QuerySet

from households import policies
from households.models import User
from households.policies.roles import Reason
from households.rights import rights
from programs.appraisal.conditions import UNRECORDED
from programs.choices import BenefitState, Doubt
from programs.choices.coverage import GroundStanding
from programs.models import Benefit, ProgrammeTerms
from programs.policies import why_not_act_on_benefit
from programs.policies.activities import visible_benefits


def why_not_see_coverage(user: User | AnonymousUser) -> Reason:
    """Whoever reads households: the figures lead to their lists."""
    return policies.why_not_read_households(user)


def coverage_branches(user: User | AnonymousUser) -> list[str]:
    """Inner paths of the areas whose coverage the user sees."""
    return rights(user).branches(policies.READS_HOUSEHOLDS)


def unexplained_benefits(user: User | AnonymousUser) -> QuerySet[Benefit]:
    """What was received by a household in the user's areas, or of them, and no ground that povreg
    knows explains it, with those looked at since. Persons outside the register have a ground of
    their own. Where nobody has confirmed any ground of the programme there is nothing to hold it
    against yet."""
    is_open = Q(terms__isnull=True) & ~Q(state=BenefitState.CANCELLED) & Q(has_deciding_ground())
    return visible_benefits(user).filter(
        is_open | Q(ground_check__isnull=False),
        served_on__isnull=False,
        household__isnull=False,
    )


def has_deciding_ground(*, programme: str = "programme", day: str = "served_on") -> Exists:
    """Whether a ground of the programme decides on the day; both are paths from the outer row."""
    on = OuterRef(day)
    in_force = Q(valid_to__isnull=True) | Q(valid_to__gte=on)
    # Not by doubts__who: of terms without that doubt it would be NULL, which is not true either.
    is_doubted = Q(doubts__contains={"who": Doubt.WEAK.value})
    decides = ~is_doubted & ~Q(who__has_key=UNRECORDED)
    of_programme = ProgrammeTerms.objects.filter(programme=OuterRef(programme))
    return Exists(of_programme.filter(in_force, decides, valid_from__lte=on))


def with_ground_standing(rows: QuerySet[Benefit]) -> QuerySet[Benefit]:
    """With what ground_standing reads, in the same query."""
    return rows.annotate(ground_decides=has_deciding_ground()).select_related("ground_check")


def ground_standing(benefit: Benefit) -> GroundStanding:
    """How the benefit stands to a ground: TO_CHECK are those on the list of unexplained_benefits
    that nobody has looked at. Asks the database only where with_ground_standing was not read."""
    if benefit.terms_id is not None:
        return GroundStanding.KNOWN
    if hasattr(benefit, "ground_check"):
        return GroundStanding.LOOKED_AT
    is_asked = benefit.served_on is not None and benefit.household_id is not None
    if not is_asked or benefit.state == BenefitState.CANCELLED:
        return GroundStanding.NOT_ASKED
    decides = getattr(benefit, "ground_decides", None)
    if decides is None:
        decides = Benefit.objects.filter(has_deciding_ground(), pk=benefit.pk).exists()
    return GroundStanding.TO_CHECK if decides else GroundStanding.NONE_CONFIRMED


def why_not_check_ground(user: User | AnonymousUser, benefit: Benefit) -> Reason:
    """As who acts on the benefit."""
    return why_not_act_on_benefit(user, benefit)
