"""The communes of the demonstration's province with what is known of them."""

import datetime as dt

from households.choices import AreaLevel, Settlement, TraitKind
from households.models import Area, AreaTrait
from households.services.demo.province.apportioning import Commune


def units_on(day: dt.date, province: Area) -> list[Commune]:
    """By code. Two queries."""
    found = Area.objects.on(day).real().at(AreaLevel.COMMUNE).under(province)
    areas = list(found.select_related("parent").order_by("code"))
    kinds = (TraitKind.SETTLEMENT, TraitKind.ZONE)
    traits = AreaTrait.objects.on(day).filter(area__in=areas, kind__in=kinds)
    said = {(one.area_id, one.kind): one.value for one in traits}
    return [
        Commune(
            code=area.code,
            name=area.name,
            district_code=area.parent.code,
            district=area.parent.name,
            settlement=said.get((area.pk, TraitKind.SETTLEMENT), Settlement.RURAL),
            zone=said.get((area.pk, TraitKind.ZONE), ""),
        )
        for area in areas
    ]
