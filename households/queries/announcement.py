"""What is made public after a decision: per village who is on the list and who escaped."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from households.choices import ConfirmedStatus, HowOut, PovertyClass
from households.models import Area, RecognitionDecision, ReviewRound, StatusPeriod
from households.models.certificates import CERTIFIED, STATUS_ESCAPED, STATUS_IN_FORCE


@dataclass(frozen=True)
class Announced:
    """A household as it is announced: no other fact of it is read."""

    head_name: str
    members: int
    result: ConfirmedStatus


@dataclass
class VillageList:
    """A village's households, the poorest results first, then by name."""

    village: Area
    rows: list[Announced] = field(default_factory=list)

    @property
    def counts(self) -> dict[ConfirmedStatus, int]:
        found = Counter(row.result for row in self.rows)
        return {one: found[one] for one in ConfirmedStatus}


def of_decisions(round: ReviewRound, commune: Area) -> list[VillageList]:
    """The list in force of the commune after its decisions of the round, with those who escaped by
    them, by village. Two queries."""
    decisions = RecognitionDecision.objects.on_lists().filter(round=round, commune=commune)
    if not decisions:
        return []
    listed = StatusPeriod.objects.filter(
        valid_to__isnull=True, list_owner__isnull=True, poverty_class__in=CERTIFIED,
        household__card__village__parent=commune, household__card__is_ended=False,
    )  # fmt: skip
    escaped = StatusPeriod.objects.filter(
        decision_out__in=decisions, how_out=HowOut.ESCAPED, list_owner__isnull=True
    )
    villages: dict[int, VillageList] = {}
    _add(villages, listed, STATUS_IN_FORCE)
    _add(villages, escaped, STATUS_ESCAPED)
    order = list(ConfirmedStatus)
    for one in villages.values():
        one.rows.sort(key=lambda row: (order.index(row.result), row.head_name))
    return sorted(villages.values(), key=lambda one: one.village.folded_name)


def _add(
    villages: dict[int, VillageList],
    periods: Iterable[StatusPeriod],
    results: dict[PovertyClass, ConfirmedStatus],
) -> None:
    rows = periods.select_related("household__card__village")  # type: ignore[attr-defined]
    for period in rows:
        card = period.household.card
        found = villages.setdefault(card.village_id, VillageList(card.village))
        result = results.get(PovertyClass(period.poverty_class))
        if result:
            found.rows.append(Announced(card.head_name, card.members, result))
