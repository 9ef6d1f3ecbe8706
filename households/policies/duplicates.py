"""Who sees pairs that may be one, and who says what they are."""

from collections.abc import Iterable

from django.contrib.auth.models import AnonymousUser
from django.utils.translation import gettext as _

from households.choices import Role
from households.models import Area, DuplicatePair, Household, User
from households.models.duplicates import DuplicatePairQuerySet
from households.policies.roles import Reason
from households.policies.ties import why_own_or_related
from households.rights import rights

#: Who looks at likely duplicates: the officer of a commune, the department of the province.
SETTLES_DUPLICATES = frozenset({Role.COMMUNE_OFFICER, Role.DEPARTMENT})


def why_not_see_duplicates(user: User | AnonymousUser) -> Reason:
    if rights(user).holds_anywhere(SETTLES_DUPLICATES):
        return None
    return _("Likely duplicates are shown to the commune officer and the department.")


def visible_pairs(user: User | AnonymousUser) -> DuplicatePairQuerySet:
    """Pairs with at least one side in the user's area."""
    return DuplicatePair.objects.touching(rights(user).branches(SETTLES_DUPLICATES))


def sees_side(user: User | AnonymousUser, village: Area) -> bool:
    """Whether a side of a pair is told in full; of others only initials and the commune are."""
    return rights(user).holds(SETTLES_DUPLICATES, village)


def why_not_settle_pair(
    user: User | AnonymousUser, villages: Iterable[Area], homes: Iterable[Household]
) -> Reason:
    """`villages` of both sides, `homes` their households. One query a household."""
    if not all(rights(user).holds(SETTLES_DUPLICATES, one) for one in villages):
        return _("One of the two lives outside your area; who is responsible for both decides.")
    for home in homes:
        if why_own_or_related(user, home):
            return _("One of the households is your own or a relative's; somebody else decides.")
    return None
