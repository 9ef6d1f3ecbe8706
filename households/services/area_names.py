"""What a unit is called on papers: with its kind in front. Vietnamese, the language of the law."""

from households.choices import AreaLevel, AreaType
from households.models import Area

#: What a unit of a level is called where its own kind is not known.
_LEVEL_WORDS = {
    AreaLevel.PROVINCE: "tỉnh",
    AreaLevel.DISTRICT: "huyện",
    AreaLevel.COMMUNE: "xã",
}
_KIND_WORDS = {
    AreaType.PROVINCE: "tỉnh",
    AreaType.CITY: "thành phố",
    AreaType.DISTRICT: "huyện",
    AreaType.WARD: "phường",
    AreaType.TOWN: "thị trấn",
    AreaType.COMMUNE: "xã",
}


def unit_name(unit: Area) -> str:
    """ "huyện Pác Nặm", "thị trấn Chợ Rã". At most one query."""
    if unit.name.lower().startswith((*_KIND_WORDS.values(), "thị xã")):
        return unit.name
    kind = unit.unit_type
    word = _KIND_WORDS[AreaType(kind)] if kind in AreaType.values else ""
    return f"{word or _LEVEL_WORDS[AreaLevel(unit.level)]} {unit.name}"
