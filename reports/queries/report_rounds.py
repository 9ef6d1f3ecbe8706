"""The rounds of an area that reports are made of."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import Count, Q

from households.choices import RoundKind
from households.models import Area, ReviewRound
from households.models.area_reach import branches_through_time, provinces_of
from households.queries import decided_areas
from reports.queries import facts

#: Ad-hoc rounds are many: the newest three years of them.
_MOST_AD_HOC = 36


@dataclass(frozen=True)
class ReportRounds:
    """`found` are the rounds, the newest first; `decided`, by round, how many communes of the area
    decided a list in it. `branches` are the area and those that went into it."""

    found: tuple[ReviewRound, ...]
    decided: Mapping[int, int]
    branches: tuple[str, ...]

    def is_decided(self, round: ReviewRound) -> bool:
        """Whether every commune of the area decided its list. One query where any did."""
        decided = self.decided[round.pk]
        communes = decided_areas.communes_of(self.branches) if decided else []
        return decided_areas.is_decided(round, communes, decided)

    def first(self) -> ReviewRound | None:
        """The newest periodic one with a decided list, else the newest."""
        periodic = [one for one in self.found if one.kind == RoundKind.PERIODIC]
        decided = next((one for one in periodic if self.decided[one.pk]), None)
        return decided or next(iter(periodic or self.found), None)


def of(area: Area) -> ReportRounds:
    """Those of the province of the area, of those that went into it and, where it ended, of those
    that have its units since. Two queries, three for an area that ended."""
    branches = branches_through_time([area.pk]).get(area.pk, [area.inner_path])
    provinces = provinces_of(area, branches)
    decided = Count(
        "decisions__commune",
        distinct=True,
        filter=Q(decisions__origin__in=facts.OF_A_LIST)
        & Q(decisions__commune__in=Area.objects.under_any(branches)),
    )
    rounds = ReviewRound.objects.filter(province__in=provinces).select_related("province")
    found: list[ReviewRound] = []
    numbers: dict[int, int] = {}
    ad_hoc = 0
    for one in rounds.annotate(decided=decided).order_by("-as_of", "-pk"):
        ad_hoc += one.kind == RoundKind.AD_HOC
        if one.kind == RoundKind.PERIODIC or ad_hoc <= _MOST_AD_HOC:
            found.append(one)
            numbers[one.pk] = one.decided
    return ReportRounds(tuple(found), numbers, tuple(branches))
