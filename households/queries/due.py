"""Who is due in a round: one definition for lists, pages, steps and the monitor.

A periodic round reviews every household that is on the national list today (Decision
24/2021/QĐ-TTg: all listed households); an ad-hoc round only who asks, so nobody is due in it. In a
round that is closed, and in a commune whose lists are decided, nobody is due any more.
"""

from collections.abc import Iterable
from typing import Final

from django.db.models import Count, Exists, OuterRef, QuerySet

from households import clock
from households.choices import AreaLevel, CommuneState, PovertyClass, RoundKind
from households.models import Area, CommuneReview, HouseholdCard, ReviewRound, StatusPeriod, Survey
from households.models.areas import AreaQuerySet

#: The classes whose households are reviewed each year.
LISTED: Final = (PovertyClass.POOR, PovertyClass.NEAR_POOR)


def listed_now() -> QuerySet[StatusPeriod]:
    """Places on the national list today."""
    periods: QuerySet[StatusPeriod] = StatusPeriod.objects.on(clock.today()).filter(
        list_owner__isnull=True, poverty_class__in=LISTED
    )
    return periods


def asks_listed(round: ReviewRound) -> bool:
    """Whether the round reviews listed households without being asked, and still does."""
    return round.kind == RoundKind.PERIODIC and not round.is_closed


def outside(round: ReviewRound) -> AreaQuerySet:
    """Communes of the province that the round is not for. No rows of a round for all."""
    if round.covers_all_communes:
        return Area.objects.none()
    inside = CommuneReview.objects.filter(round=round).values("commune")
    found: AreaQuerySet = Area.objects.at(AreaLevel.COMMUNE).under(round.province)
    return found.exclude(pk__in=inside)


def without_form(round: ReviewRound, villages: Iterable[int]) -> dict[int, int]:
    """Households due that have no form in the round yet, by village. One query, or none."""
    due = cards_without_form(round, villages)
    return dict(due.order_by().values_list("village").annotate(number=Count("pk")))


def cards_without_form(round: ReviewRound, villages: Iterable[int]) -> QuerySet[HouseholdCard]:
    """As without_form, the households themselves; of a round that asks nobody no query is made."""
    if not asks_listed(round):
        return HouseholdCard.objects.none()
    decided = CommuneReview.objects.filter(round=round, state=CommuneState.RECOGNISED)
    cards = HouseholdCard.objects.filter(village__in=list(villages), is_ended=False).exclude(
        village__parent__in=decided.values("commune")
    )
    if not round.covers_all_communes:
        inside = CommuneReview.objects.filter(round=round)
        cards = cards.filter(village__parent__in=inside.values("commune"))
    due: QuerySet[HouseholdCard] = cards.filter(
        Exists(listed_now().filter(household=OuterRef("pk"))),
        ~Exists(Survey.objects.filter(household=OuterRef("pk"), round=round)),
    )
    return due
