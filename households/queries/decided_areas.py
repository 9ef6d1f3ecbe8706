"""Which areas have decided their lists in a round: all communes that were there on its day."""

from collections.abc import Sequence

from households.choices import AreaLevel
from households.models import Area, PovertyStandard, RecognitionDecision, ReviewRound
from households.models.area_reach import branches_through_time


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


def is_decided_by_all(round: ReviewRound, standard: PovertyStandard, area: Area) -> bool:
    """Whether every commune of the area has a list of the round under the standard. Three queries,
    or four."""
    branches = branches_through_time([area.pk]).get(area.pk, [area.inner_path])
    communes = communes_of(branches)
    decisions = RecognitionDecision.objects.on_lists().filter(
        round=round, standard=standard, commune__in=communes
    )
    return is_decided(round, communes, decisions.values("commune").distinct().count())
