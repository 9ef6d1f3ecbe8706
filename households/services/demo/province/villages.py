"""The invented villages of a commune. Pure and repeatable."""

from collections.abc import Mapping
from random import Random
from typing import Any

from households.services.demo.people import Place, places, words
from households.services.demo.province.apportioning import Commune


def of_commune(commune: Commune, households: int, *, seed: str) -> list[Place]:
    """As many as that many households need, those of the small demonstration first."""
    told = words("province")
    count = max(told["fewest_villages"], round(households / told["households_per_village"]))
    names = [one.village for one in places() if one.commune_code == commune.code]
    invented = _town(told) if commune.settlement == "URBAN" else _country(told, commune, seed)
    for name in invented:
        if len(names) >= count:
            break
        if name not in names:
            names.append(name)
    return [_place(commune, name) for name in names]


def _town(told: Mapping[str, Any]) -> list[str]:
    return [f"{told['village_names']['urban']} {number}" for number in range(1, 80)]


def _country(told: Mapping[str, Any], commune: Commune, seed: str) -> list[str]:
    parts = told["village_names"]
    names = [f"{first} {second}" for first in parts["first"] for second in parts["second"]]
    rng = Random(f"{seed}:villages:{commune.code}")  # noqa: S311 – invented data
    return rng.sample(names, 80)


def _place(commune: Commune, village: str) -> Place:
    return Place(
        province_code="06",
        district_code=commune.district_code,
        district=commune.district,
        commune_code=commune.code,
        commune=commune.name,
        village=village,
        settlement=commune.settlement,
        welfare=0.0,
        groups=words("province")["groups"][commune.district_code],
    )
