"""What is shown of a list that is taken over, beside what every import shows."""

from dataclasses import dataclass
from itertools import groupby, islice
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from households import clock
from households.choices import PovertyClass
from households.choices.importing import ImportKind, ImportState
from households.models import Area, ImportBatch, TakenOverList
from households.queries import area_times
from households.services.taking_over import batch_work
from households.services.taking_over.telling import Absent, Listed

#: Households told one by one on the page.
_SHOWN: Final = 100
_LABELS: Final[dict[str, Promise]] = {
    "poor_households": gettext_lazy("Poor households"),
    "near_poor_households": gettext_lazy("Near-poor households"),
    "poor_persons": gettext_lazy("Persons in poor households"),
    "near_poor_persons": gettext_lazy("Persons in near-poor households"),
}


_ESCAPED_LABELS: Final[dict[str, Promise]] = {
    "poor_households": gettext_lazy("Households that escaped poverty"),
    "near_poor_households": gettext_lazy("Households that escaped near-poverty"),
    "poor_persons": gettext_lazy("Persons of those that escaped poverty"),
    "near_poor_persons": gettext_lazy("Persons of those that escaped near-poverty"),
}
_BECOMES: Final[dict[str, Promise]] = {
    "new": gettext_lazy("new to the register"),
    "listed": gettext_lazy("was not on the list"),
    "other": gettext_lazy("in another class before"),
    "same": gettext_lazy("as before"),
}


@dataclass(frozen=True)
class Total:
    """One total: what the paper says and what the sheet comes to (None: not told)."""

    label: Promise
    stated: int | None
    found: int | None

    @property
    def differs(self) -> bool:
        return self.stated is not None and self.stated != self.found


@dataclass(frozen=True)
class VillagePart:
    """The sheet's households of one village, with their class and what becomes of them."""

    village: str
    rows: list[tuple[Listed, str, Promise | str]]

    def _count(self, poverty_class: str) -> int:
        return sum(one.poverty_class == poverty_class for one, *__ in self.rows)

    @property
    def poor(self) -> int:
        return self._count(PovertyClass.POOR)

    @property
    def near_poor(self) -> int:
        return self._count(PovertyClass.NEAR_POOR)

    @property
    def persons(self) -> int:
        """As far as they are told."""
        return sum(one.persons or 0 for one, *__ in self.rows)


@dataclass(frozen=True)
class Shown:
    """Of one list. `needs_reason`: it can be written once somebody says why it differs; `now`: the
    commune of today that starts with it."""

    typed: TakenOverList
    totals: list[Total]
    absent: list[tuple[Absent, str]]
    more_absent: int
    needs_reason: bool
    parts: list[VillagePart]
    now: Area | None


def shown(batch: ImportBatch) -> Shown | None:
    """None for an import of a review. Some three queries."""
    if batch.kind != ImportKind.LIST:
        return None
    typed = TakenOverList.objects.select_related("commune", "standard").get(batch=batch)
    stated, found = batch_work.stated(typed), batch_work.found(typed)
    totals = [
        Total(label, getattr(stated, name), getattr(found, name) if found else None)
        for name, label in (_ESCAPED_LABELS if typed.of_escapes else _LABELS).items()
    ]
    absent = [
        (one, str(PovertyClass(one.poverty_class).label))
        for one in islice(batch_work.absent_of(batch), _SHOWN)
    ]
    return Shown(
        typed=typed,
        totals=totals if found else [],
        absent=absent,
        more_absent=(typed.absent or 0) - len(absent),
        needs_reason=needs_reason(batch),
        parts=_parts(batch),
        now=area_times.is_whole_in(typed.commune, clock.today()),
    )


def _parts(batch: ImportBatch) -> list[VillagePart]:
    """To be laid beside the paper, while it is checked."""
    if batch.state != ImportState.CHECKED:
        return []
    return [
        VillagePart(
            village,
            [
                (one, str(PovertyClass(one.poverty_class).label), _BECOMES.get(one.becomes, ""))
                for one in those
                if one.poverty_class in PovertyClass.values
            ],
        )
        for village, those in groupby(batch_work.listed_of(batch), lambda one: one.village)
    ]


def needs_reason(batch: ImportBatch) -> bool:
    """Whether a checked list differs from the totals of its paper. One query."""
    if batch.state != ImportState.CHECKED or batch.errors:
        return False
    typed = TakenOverList.objects.get(batch=batch)
    found = batch_work.found(typed)
    return found is not None and batch_work.stated(typed).differ(found)
