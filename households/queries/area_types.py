"""What kind of unit an area is called: xã, phường, thị trấn; its own type before its level."""

from collections.abc import Iterable

from households import clock
from households.choices import AreaType, TraitKind
from households.models import Area, AreaTrait


def type_words(areas: Iterable[Area]) -> dict[int, str]:
    """ "Phường", "Thị trấn" … of each area by its key, as of today; the word of its level where no
    type is known. One query."""
    wanted = {area.pk: str(area.get_level_display()) for area in areas}
    traits = AreaTrait.objects.on(clock.today()).filter(kind=TraitKind.TYPE, area__in=wanted)
    for area_id, value in traits.values_list("area_id", "value"):
        if value in AreaType.values:
            wanted[area_id] = str(AreaType(value).label)
    return wanted
