"""The periodic rounds whose figures an area has, and under which standards."""

from dataclasses import dataclass

from django.db.models import Count, Q

from households.choices import RoundKind
from households.models import Area, PovertyStandard, ReviewRound
from households.models.area_reach import branches_through_time, provinces_of
from households.queries import decided_areas
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
    """The newest first: of the province of the area, of those that went into it and, where it
    ended, of those that have its units since. Four queries, one more for an area that ended, and
    one for each decided round that is not for all communes."""
    branches = branches_through_time([area.pk]).get(area.pk, [area.inner_path])
    provinces = provinces_of(area, branches)
    found = ReviewRound.objects.filter(province__in=provinces, kind=RoundKind.PERIODIC)
    decided = Count(
        "decisions__commune",
        distinct=True,
        filter=Q(decisions__origin__in=facts.OF_A_LIST)
        & Q(decisions__commune__in=Area.objects.under_any(branches)),
    )
    rows = list(found.select_related("province").annotate(decided=decided).order_by("-as_of"))
    standards = rounds.standards_of(rows)
    counted = decided_areas.communes_of(branches) if any(one.decided for one in rows) else []
    return [
        RoundOnOffer(
            one,
            tuple(standards[one.pk]),
            decided_areas.is_decided(one, counted, one.decided),
        )
        for one in rows
    ]
