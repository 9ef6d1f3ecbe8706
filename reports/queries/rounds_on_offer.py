"""The periodic rounds whose figures an area has, and under which standards."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count, Q

from households.choices import AreaLevel, RoundKind
from households.models import Area, PovertyStandard, ReviewRound
from households.models.area_reach import branches_through_time
from households.services import rounds
from reports.queries import facts


@dataclass(frozen=True)
class RoundOnOffer:
    """`standards`: the closing one first. `is_decided`: every commune of the area has decided a
    list in it."""

    round: ReviewRound
    standards: tuple[PovertyStandard, ...]
    is_decided: bool


def of(area: Area) -> list[RoundOnOffer]:
    """The newest first: of the province of the area and of those that went into it. Four queries,
    and one for each decided round that is not for all communes."""
    branches = branches_through_time([area.pk]).get(area.pk, [area.inner_path])
    provinces = {int(path.partition(".")[0]) for path in branches}
    found = ReviewRound.objects.filter(province__in=provinces, kind=RoundKind.PERIODIC)
    decided = Count(
        "decisions__commune",
        distinct=True,
        filter=Q(decisions__origin__in=facts.OF_A_LIST)
        & Q(decisions__commune__in=Area.objects.under_any(branches)),
    )
    rows = list(found.select_related("province").annotate(decided=decided).order_by("-as_of"))
    standards = rounds.standards_of(rows)
    counted = communes_of(branches) if any(one.decided for one in rows) else []
    return [
        RoundOnOffer(one, tuple(standards[one.pk]), is_decided(one, counted, one.decided))
        for one in rows
    ]


def communes_of(branches: Sequence[str]) -> list[Area]:
    """All communes that ever were in the branches, but practice areas. One query."""
    found = Area.objects.at(AreaLevel.COMMUNE).real().under_any(list(branches))
    return list(found.only("pk", "valid_from", "valid_to"))


def is_decided(round: ReviewRound, communes: Sequence[Area], decided: int) -> bool:
    """Whether the `decided` communes are all that were there on the round's day. One query for a
    round that is not for all of them."""
    if not decided:
        return False
    there = {one.pk for one in communes if one.is_valid_on(round.as_of)}
    if not round.covers_all_communes:
        there = set(
            round.commune_reviews.filter(commune__in=there).values_list("commune", flat=True)
        )
    return decided >= len(there)
