"""Which ceiling of support holds for a project's commune, and on which grounds its families are."""

import datetime as dt
from collections import Counter
from collections.abc import Collection

from households.choices import TraitKind
from households.models import Area, AreaTrait
from programs.choices.projects import SupportArea
from programs.models.programmes import in_language

#: Development zones that count as specially difficult, and as difficult.
_HARDEST, _HARD = "III", "II"


def support_area(commune: Area, on: dt.date) -> SupportArea:
    """By the traits of the commune and its district on a day: zone III, a specially difficult
    commune or a poor district; zone II; any other. One query."""
    traits = set(
        AreaTrait.objects.on(on)
        .filter(area__in=[commune.pk, commune.parent_id])
        .values_list("kind", "value")
    )
    hardest: Collection[tuple[str, str]] = {
        (TraitKind.ZONE, _HARDEST),
        (TraitKind.EXTREMELY_DIFFICULT, "YES"),
        (TraitKind.POOR_DISTRICT, "YES"),
    }
    if traits & set(hardest):
        return SupportArea.SPECIALLY_DIFFICULT
    return SupportArea.DIFFICULT if (TraitKind.ZONE, _HARD) in traits else SupportArea.OTHER


def grounds_in_words(grounds: Counter[tuple[str, str]]) -> list[tuple[str, int]]:
    """(name of the ground, households), the most first."""
    return [(in_language(vi, en), count) for (vi, en), count in grounds.most_common()]
