"""Whether figures are official: which communes decided their list of a round under a standard.

The one reading of it, for tables, movements and measures alike.
"""

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Q

from households.choices import AreaLevel
from households.models import Area, PovertyStandard, RecognitionDecision, ReviewRound
from reports.choices import FigureStatus
from reports.queries import facts


@dataclass(frozen=True)
class Decided:
    """How far the communes asked about decided. `undecided` have no list under the standard; of
    them `only_otherwise` have one under another standard of the round: in a double review the list
    of one standard may be decided and that of the other not."""

    communes: tuple[int, ...]
    undecided: tuple[int, ...]
    only_otherwise: tuple[int, ...]
    #: The day from which the last of their lists counts; None where there is none.
    last_day: dt.date | None

    @property
    def status(self) -> FigureStatus:
        """Official once every commune decided; of no commune nothing is official."""
        is_official = bool(self.communes) and not self.undecided
        return FigureStatus.OFFICIAL if is_official else FigureStatus.PRELIMINARY


def of(
    round: ReviewRound,
    standard: PovertyStandard,
    communes: Iterable[int],
    then: Callable[[int], int | None] = lambda pk: pk,
) -> Decided:
    """`then` tells what a commune that decided is on the day `communes` are of. One query."""
    lists = RecognitionDecision.objects.filter(round=round, origin__in=facts.OF_A_LIST)
    own: dict[int | None, dt.date] = {}
    others: set[int | None] = set()
    for pk, under, day in lists.values_list("commune_id", "standard_id", "effective_from"):
        if under == standard.pk:
            own[then(pk)] = max(day, own.get(then(pk), day))
        else:
            others.add(then(pk))
    asked = tuple(communes)
    undecided = tuple(pk for pk in asked if pk not in own)
    return Decided(
        communes=asked,
        undecided=undecided,
        only_otherwise=tuple(pk for pk in undecided if pk in others),
        last_day=max((own[pk] for pk in asked if pk in own), default=None),
    )


def opening(status: FigureStatus, before: Decided) -> FigureStatus | None:
    """Where figures of this status open from, given how far the closing before is decided: official
    ones from decided lists only (None: not all are), preliminary ones from the lists where all
    communes have one, else from the results."""
    if status == FigureStatus.OFFICIAL:
        return None if before.undecided else FigureStatus.OFFICIAL
    return before.status


def communes_of(round: ReviewRound, branches: Sequence[str] | None) -> list[int]:
    """The communes of the round, on its day, in the branches (Area.inner_path; None: everywhere);
    of the branch of a village its commune. One query."""
    found = Area.objects.on(round.as_of).at(AreaLevel.COMMUNE).real().under(round.province)
    if branches is not None:
        above = {int(one) for branch in branches for one in branch.split(".") if one}
        below = Area.objects.under_any(list(branches)).values("pk")
        found = found.filter(Q(pk__in=below) | Q(pk__in=above))
    if not round.covers_all_communes:
        found = found.filter(commune_reviews__round=round)
    return list(found.order_by("pk").values_list("pk", flat=True))
