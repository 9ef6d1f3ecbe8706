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
    """The newest first: of the province of the area and of those that went into it. Two queries,
    and two a round."""
    branches = branches_through_time([area.pk]).get(area.pk, [area.inner_path])
    provinces = {int(path.partition(".")[0]) for path in branches}
    found = ReviewRound.objects.filter(province__in=provinces, kind=RoundKind.PERIODIC)
    decided = Count(
        "decisions__commune",
        distinct=True,
        filter=Q(decisions__origin__in=facts.OF_A_LIST)
        & Q(decisions__commune__in=Area.objects.under_any(branches)),
    )
    rows = found.select_related("province").annotate(decided=decided).order_by("-as_of")
    return [
        RoundOnOffer(one, tuple(rounds.scored_under(one)), is_decided(one, branches, one.decided))
        for one in rows
    ]


def is_decided(round: ReviewRound, branches: Sequence[str], decided: int) -> bool:
    """Whether the `decided` communes are all of the branches. One query where any did."""
    if not decided:
        return False
    communes = Area.objects.on(round.as_of).at(AreaLevel.COMMUNE).real().under_any(list(branches))
    if not round.covers_all_communes:
        communes = communes.filter(commune_reviews__round=round)
    return decided >= communes.count()
