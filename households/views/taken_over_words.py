"""What is shown of a list that is taken over, beside what every import shows."""

from dataclasses import dataclass
from itertools import islice
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from households.choices import PovertyClass
from households.choices.importing import ImportKind, ImportState
from households.models import ImportBatch, TakenOverList
from households.services.taking_over import batch_work
from households.services.taking_over.taking import Absent

#: Households told one by one on the page.
_SHOWN: Final = 100
_LABELS: Final[dict[str, Promise]] = {
    "poor_households": gettext_lazy("Poor households"),
    "near_poor_households": gettext_lazy("Near-poor households"),
    "poor_persons": gettext_lazy("Persons in poor households"),
    "near_poor_persons": gettext_lazy("Persons in near-poor households"),
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
class Shown:
    """Of one list. `needs_reason`: it can be written once somebody says why it differs."""

    typed: TakenOverList
    totals: list[Total]
    absent: list[tuple[Absent, str]]
    more_absent: int
    needs_reason: bool


def shown(batch: ImportBatch) -> Shown | None:
    """None for an import of a review. One query."""
    if batch.kind != ImportKind.LIST:
        return None
    typed = TakenOverList.objects.select_related("commune", "standard").get(batch=batch)
    stated, found = batch_work.stated(typed), batch_work.found(typed)
    totals = [
        Total(label, getattr(stated, name), getattr(found, name) if found else None)
        for name, label in _LABELS.items()
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
    )


def needs_reason(batch: ImportBatch) -> bool:
    """Whether a checked list differs from the totals of its paper. One query."""
    if batch.state != ImportState.CHECKED or batch.errors:
        return False
    typed = TakenOverList.objects.get(batch=batch)
    found = batch_work.found(typed)
    return found is not None and batch_work.stated(typed).differ(found)
