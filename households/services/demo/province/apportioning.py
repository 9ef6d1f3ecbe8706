"""A district's figures shared out to its communes: exact in sum, plausible one by one. Pure."""

import itertools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from random import Random

from households.services.demo.people import words
from households.services.demo.province.targets import Course, Totals


@dataclass(frozen=True, slots=True)
class Commune:
    """What is known of a commune; `zone` is I, II, III or "" where no source tells it."""

    code: str
    name: str
    district_code: str
    district: str
    settlement: str
    zone: str


def apportion(
    total: int, weights: Mapping[str, float], most: Mapping[str, int] | None = None
) -> dict[str, int]:
    """Whole numbers that sum to `total`, by largest remainder; none above its `most`.

    Equal remainders go by key, so that the order of `weights` does not matter. ValueError: the
    limits leave no room for the total.
    """
    if most is not None and sum(most[key] for key in weights) < total:
        raise ValueError(f"{total} do not fit under these limits")
    shares: dict[str, int] = {}
    free = dict(weights)
    while True:
        shares |= _by_remainder(total - sum(n for k, n in shares.items() if k not in free), free)
        full = [key for key in free if most is not None and shares[key] > most[key]]
        if not full:
            return shares
        for key in full:
            shares[key] = most[key] if most is not None else shares[key]
            del free[key]


def _by_remainder(total: int, weights: Mapping[str, float]) -> dict[str, int]:
    whole = sum(weights.values())
    exact = {key: total * weight / whole for key, weight in weights.items()}
    shares = {key: int(value) for key, value in exact.items()}
    left = total - sum(shares.values())
    for key in sorted(exact, key=lambda k: (shares[k] - exact[k], k))[:left]:
        shares[key] += 1
    return shares


def communes(units: Sequence[Commune], district: Course, seed: str) -> dict[str, Course]:
    """The figures of each commune of one district, by code; every year sums to the district's."""
    size = {unit.code: _size(unit, seed) for unit in units}
    need = {unit.code: _poverty(unit, seed) for unit in units}
    households = _growing([one.households for one in district.new], size)
    years: list[dict[str, Totals]] = []
    for total, counts in zip(district.new, households, strict=True):
        years.append(_year(total.poor, total.near_poor, counts, counts, need))
    first = years[0]
    listed = {code: one.poor + one.near_poor for code, one in first.items()}
    old = _year(district.old.poor, district.old.near_poor, households[0], listed, need)
    return {
        code: Course(old[code], (years[0][code], years[1][code], years[2][code])) for code in size
    }


def _year(
    poor: int, near_poor: int, households: Mapping[str, int], room: Mapping[str, int],
    need: Mapping[str, float],
) -> dict[str, Totals]:  # fmt: skip
    """Poor first; the near-poor stand beside them, less unevenly."""
    weights = {code: households[code] * need[code] for code in need}
    poor_of = apportion(poor, weights, room)
    rest = {code: room[code] - poor_of[code] for code in need}
    weights = {code: households[code] * need[code] ** 0.6 for code in need}
    near_of = apportion(near_poor, weights, rest)
    return {code: Totals(households[code], poor_of[code], near_of[code]) for code in need}


def _growing(totals: Sequence[int], size: Mapping[str, float]) -> list[dict[str, int]]:
    """No commune gets smaller: what a year adds is shared out, not the year's total."""
    years = [apportion(totals[0], size)]
    for before, after in itertools.pairwise(totals):
        more = apportion(after - before, size)
        years.append({code: count + more[code] for code, count in years[-1].items()})
    return years


def _size(unit: Commune, seed: str) -> float:
    luck = Random(f"{seed}:size:{unit.code}").uniform(0.65, 1.35)  # noqa: S311 – invented data
    urban: float = words("province")["commune_weights"]["urban_size"]
    return luck * (urban if unit.settlement == "URBAN" else 1.0)


def _poverty(unit: Commune, seed: str) -> float:
    luck = Random(f"{seed}:poverty:{unit.code}").uniform(0.8, 1.25)  # noqa: S311 – invented data
    told = words("province")["commune_weights"]
    zone: float = told["poverty_of_zone"][unit.zone]
    return luck * (told["poverty_of_urban"] if unit.settlement == "URBAN" else zone)
