"""Who reads and changes families, and which of their numbers."""

from uuid import UUID

from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from households import clock
from households.choices import AreaLevel
from households.models import Area, Attachment, Household, HouseholdCard, User
from households.models.areas import AreaQuerySet
from households.models.cards import HouseholdCardQuerySet
from households.models.people import HouseholdQuerySet
from households.policies.areas import reorganised_areas
from households.policies.roles import (
    CHANGES_HOUSEHOLDS,
    READS_HOUSEHOLDS,
    SETTLES_COMPLAINTS,
    WRITES_SURVEYS,
    Reason,
)
from households.rights import rights

# Where the household lives now, as inner path (see Area.inner_path).
_SURVEY_AND_PLACE = """
SELECT survey.id, home.path || home.id || '.'
FROM households_survey survey
JOIN households_householdcard card ON card.household_id = survey.household_id
JOIN households_area home ON home.id = card.village_id
WHERE survey.uuid = %s
"""


def visible_households(user: User | AnonymousUser) -> HouseholdQuerySet:
    """The households the user may read: those living in his areas now.

    A household without a current residence is seen by whoever saw its last one.
    """
    branches = rights(user).branches(READS_HOUSEHOLDS)
    return Household.objects.under_any(branches)


def visible_survey_id(user: User | AnonymousUser, uuid: UUID) -> int | None:
    """The survey of this uuid, if its household is one of visible_households. One query."""
    branches = tuple(rights(user).branches(READS_HOUSEHOLDS))
    with connection.cursor() as cursor:
        cursor.execute(_SURVEY_AND_PLACE, [uuid])
        found, inner_path = cursor.fetchone() or (None, "")
    return found if inner_path.startswith(branches) else None


def readable_attachments(user: User | AnonymousUser) -> QuerySet[Attachment]:
    """Pictures and papers of families the user may see, papers of steps, decisions and requests
    of his area, resolutions of reorganisations he makes, and what came with a complaint only to
    those who settle it."""
    held = rights(user)
    reads, settles = held.branches(READS_HOUSEHOLDS), held.branches(SETTLES_COMPLAINTS)
    communes = Area.objects.under_any(reads).at(AreaLevel.COMMUNE)
    return Attachment.objects.filter(
        Q(survey__household__in=visible_households(user))
        | Q(step__commune_review__commune__in=communes)
        | Q(step__village_review__village__in=Area.objects.under_any(reads))
        | Q(decision__commune__in=communes)
        | Q(request__village__in=Area.objects.under_any(reads))
        | Q(reorganisation__area__in=reorganised_areas(user))
        | Q(complaint__commune__in=Area.objects.under_any(settles).at(AreaLevel.COMMUNE))
    )


def visible_cards(user: User | AnonymousUser) -> HouseholdCardQuerySet:
    """The cards of visible_households."""
    return HouseholdCard.objects.under_any(rights(user).branches(READS_HOUSEHOLDS))


def why_not_read_households(user: User | AnonymousUser) -> Reason:
    if rights(user).holds_anywhere(READS_HOUSEHOLDS):
        return None
    return _("Your role does not open household pages.")


def why_not_unmask(user: User | AnonymousUser, household: Household) -> Reason:
    """The full personal number: for those who enter reviews of the household's area."""
    for residence in household.residences.filter(valid_to__isnull=True).select_related("village"):
        if rights(user).holds(WRITES_SURVEYS, residence.village):
            return None
    return _("Only the reviewer or the commune officer of this area sees full personal numbers.")


def why_has_ended(household: Household) -> Reason:
    """Why nothing of this household changes any more. No query."""
    if household.ended_on:
        return _("This household has ended; nothing of it changes any more.")
    return None


def why_not_change_household(user: User | AnonymousUser, household: Household) -> Reason:
    """Moves, splits, members in and out: the officer of the commune it lives in. One query."""
    if reason := why_has_ended(household):
        return reason
    homes = household.residences.filter(valid_to__isnull=True).select_related("village")
    if any(rights(user).holds(CHANGES_HOUSEHOLDS, home.village) for home in homes):
        return None
    return _("Only the commune officer of this area records changes of a household.")


def why_not_take_over(user: User | AnonymousUser, commune: Area) -> Reason:
    """Households that come from another commune, or are offered to one: by its own officer."""
    if rights(user).holds(CHANGES_HOUSEHOLDS, commune):
        return None
    return _("Only the commune officer takes over households of another commune.")


def visible_areas(user: User | AnonymousUser, level: AreaLevel | None = None) -> list[Area]:
    """The areas of the user's own assignments that open households, and what lies below them,
    valid today, at one level. One query."""
    areas = areas_in_reach(user)
    areas = areas.select_related("parent")
    return list(areas.at(level) if level else areas)


def areas_in_reach(user: User | AnonymousUser) -> AreaQuerySet:
    """What visible_areas lists, to be narrowed before it is read."""
    branches = rights(user).branches(READS_HOUSEHOLDS)
    return Area.objects.on(clock.today()).under_any(branches).order_by("path", "folded_name")
