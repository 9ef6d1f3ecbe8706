"""Where a household can move, and which one it can join: found by a few words."""

from django.db.models import Exists, OuterRef, Q

from households import clock
from households.choices import AreaLevel
from households.folding import fold
from households.models import Area, Household, HouseholdCard
from households.models.people import id_of
from households.queries.household_search import name_holds

MOST_OFFERED = 20


def villages_named(words: str, *, near: Area) -> list[Area]:
    """Today's villages of the same province whose own or commune's name has all the words,
    accents or not; those of the own commune first. None for no words. One query."""
    folded = fold(words).split()
    if not folded:
        return []
    wanted = Q()
    for word in folded:
        wanted &= Q(folded_name__contains=word) | Q(parent__folded_name__contains=word)
    assert near.parent is not None
    villages = (
        Area.objects.at(AreaLevel.VILLAGE)
        .on(clock.today())
        .filter(
            wanted,
            path__startswith=f"{near.path.split('.')[0]}.",
            parent__is_practice=near.parent.is_practice,
        )
        .exclude(pk=near.pk)
        .select_related("parent")
        .order_by("parent__folded_name", "folded_name")
    )
    found = list(villages[: MOST_OFFERED * 5])
    found.sort(key=lambda one: one.parent_id != near.parent_id)
    return found[:MOST_OFFERED]


def communes_without_villages(*, near: Area) -> list[Area]:
    """Today's communes of the same province that have no village yet, by name. One query."""
    today = clock.today()
    villages = Area.objects.at(AreaLevel.VILLAGE).on(today).filter(parent=OuterRef("pk"))
    communes = Area.objects.at(AreaLevel.COMMUNE).on(today).filter(
        ~Exists(villages), path__startswith=f"{near.path.split('.')[0]}."
    )  # fmt: skip
    return list(communes.order_by("folded_name"))


def households_named(words: str, *, household: Household, village: Area) -> list[Household]:
    """Other households of the same commune by code or by the words of a member's name, accents or
    not. None for no words. One query."""
    folded = fold(words).split()
    if not folded:
        return []
    wanted = Q(card__in=HouseholdCard.objects.filter(name_holds(folded)))
    if code := id_of(words):
        wanted |= Q(pk=code)
    assert village.parent is not None
    found = Household.objects.under(village.parent).filter(wanted, ended_on__isnull=True)
    others = found.exclude(pk=household.pk).select_related("card__village")
    return list(others.order_by("card__folded_head_name", "pk")[:MOST_OFFERED])
