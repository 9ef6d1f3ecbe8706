"""A small invented map: one province, two communes of a district, villages."""

import datetime as dt

from households.choices import AreaLevel, Settlement, TraitKind
from households.models import Area, AreaChange, AreaTrait

START = dt.date(2016, 1, 1)


def province(code: str = "06", name: str = "Tỉnh Thử") -> Area:
    return _unit(AreaLevel.PROVINCE, code, name, None)


def district(parent: Area, code: str = "063", name: str = "Huyện Thử") -> Area:
    return _unit(AreaLevel.DISTRICT, code, name, parent)


def commune(parent: Area, code: str = "02008", name: str = "Xã Thử") -> Area:
    made = _unit(AreaLevel.COMMUNE, code, name, parent)
    AreaTrait.objects.create(
        area=made, kind=TraitKind.SETTLEMENT, value=Settlement.RURAL, valid_from=START
    )
    return made


def village(parent: Area, name: str = "Thôn Một") -> Area:
    return _unit(AreaLevel.VILLAGE, "", name, parent)


def merged(
    *formers: Area, parent: Area | None, code: str = "01864", name: str = "Xã Mới",
    on: dt.date = dt.date(2025, 7, 1),
) -> Area:  # fmt: skip
    """A unit that is there from the day on, made of the others, which end the day before."""
    made = Area.objects.create(
        level=formers[0].level, code=code, name=name, parent=parent, valid_from=on
    )
    made.refresh_from_db()
    for former in formers:
        Area.objects.filter(pk=former.pk).update(valid_to=on - dt.timedelta(days=1))
        AreaChange.objects.create(kind="MERGE", from_area=former, to_area=made, changed_on=on)
    return made


def _unit(level: AreaLevel, code: str, name: str, parent: Area | None) -> Area:
    made = Area.objects.create(level=level, code=code, name=name, parent=parent, valid_from=START)
    made.refresh_from_db()
    return made
