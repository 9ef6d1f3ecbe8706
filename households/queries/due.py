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
from households.models import (
    Area,
    CommuneReview,
    HouseholdCard,
    Residence,
    ReviewRound,
    StatusPeriod,
    Survey,
)
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


def without_form(round: ReviewRound, villages: Iterable[Area]) -> dict[int, int]:
    """Households due that have no form in the round yet, by village. One query, or none; of
    villages that ended, one more for each change since and one."""
    today = clock.today()
    everywhere = list(villages)
    ended = [one.pk for one in everywhere if one.valid_to is not None and one.valid_to < today]
    of_now = [one.pk for one in everywhere if one.pk not in ended]
    due = cards_without_form(round, of_now).order_by()
    found = dict(due.values_list("village").annotate(number=Count("pk")))
    return found | (_of_ended(round, ended) if ended and asks_listed(round) else {})


def _of_ended(round: ReviewRound, villages: list[int]) -> dict[int, int]:
    """A household that lives now in what its village became is due where it lived on the round's
    day: its form is begun there."""
    homes = Residence.objects.on(round.as_of).filter(village__in=villages)
    homes = homes.exclude(village__parent__in=_decided(round))
    if not round.covers_all_communes:
        homes = homes.filter(village__parent__in=_inside(round))
    living = HouseholdCard.objects.filter(is_ended=False)
    due = homes.filter(Exists(_not_reviewed(living, round).filter(household=OuterRef("household"))))
    return dict(due.order_by().values_list("village").annotate(number=Count("pk")))


def cards_without_form(round: ReviewRound, villages: Iterable[int]) -> QuerySet[HouseholdCard]:
    """The households themselves, by where they live now; of a round that asks nobody no query is
    made."""
    wanted = list(villages)
    if not wanted or not asks_listed(round):
        return HouseholdCard.objects.none()
    cards = HouseholdCard.objects.filter(village__in=wanted, is_ended=False).exclude(
        village__parent__in=_decided(round)
    )
    if not round.covers_all_communes:
        cards = cards.filter(village__parent__in=_inside(round))
    return _not_reviewed(cards, round)


def _decided(round: ReviewRound) -> QuerySet[CommuneReview, int]:
    decided = CommuneReview.objects.filter(round=round, state=CommuneState.RECOGNISED)
    return decided.values_list("commune", flat=True)


def _inside(round: ReviewRound) -> QuerySet[CommuneReview, int]:
    return CommuneReview.objects.filter(round=round).values_list("commune", flat=True)


def _not_reviewed(cards: QuerySet[HouseholdCard], round: ReviewRound) -> QuerySet[HouseholdCard]:
    found: QuerySet[HouseholdCard] = cards.filter(
        Exists(listed_now().filter(household=OuterRef("household"))),
        ~Exists(Survey.objects.filter(household=OuterRef("household"), round=round)),
    )
    return found
