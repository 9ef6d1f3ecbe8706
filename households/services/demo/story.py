"""The demonstration year by year: which households were surveyed in which round. Pure."""

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from random import Random

from households.services.demo.evolution import live_a_year
from households.services.demo.people import (
    DemoHousehold,
    PersonalNumbers,
    Place,
    invent,
    places,
    words,
)


@dataclass(frozen=True, slots=True)
class RoundStory:
    """One round, under `standard` or else the one in force. `decided_on` is None while it is under
    way; `surveyed` is then the share of each village's households done, by commune code."""

    year: int
    as_of: dt.date
    decided_on: dt.date | None = None
    standard: str = ""
    surveyed: Mapping[str, list[float]] = field(default_factory=dict)


def rounds() -> list[RoundStory]:
    """The rounds in their order."""
    return [RoundStory(**told) for told in words("story")["rounds"]]


def today() -> dt.date:
    """The day on which the demonstration stands still."""
    day: dt.date = words("story")["today"]
    return day


def chairs() -> Mapping[str, str]:
    """Who signed the decisions, by commune code."""
    signed: Mapping[str, str] = words("story")["chairs"]
    return signed


def years(seed: str = "povreg") -> Iterator[tuple[RoundStory, list[DemoHousehold]]]:
    """Each round with the households surveyed in it, as they stand at its date.

    The households are the same objects from round to round, moved on in between: use a round's
    before asking for the next.
    """
    settings, numbers = words("story"), PersonalNumbers()
    rng = Random(seed)  # noqa: S311 – invented data
    villages = places()
    people = [
        _settle(place, number, rng, numbers, year=settings["first_year"], seed=seed)
        for place in villages
        for number in range(1, settings["households_per_village"] + 1)
    ]
    for told in rounds():
        while people[0].year < told.year:
            for household in people:
                live_a_year(household, numbers=numbers, seed=seed)
            year = people[0].year
            _move_some(people, villages, rng, settings["movers_per_year"])
            people += [
                _settle(place, 90 + year % 100, rng, numbers, year=year, seed=seed)
                for place in rng.sample(villages, settings["newcomers_per_year"])
            ]
        yield told, [h for h in people if _is_surveyed(h, people, told)]


def _settle(
    place: Place, number: int, rng: Random, numbers: PersonalNumbers, *, year: int, seed: str
) -> DemoHousehold:
    village = [p for p in places() if p.commune_code == place.commune_code].index(place) + 1
    key = f"{place.commune_code}-{village}{number:03d}"
    household = invent(place, key, year=year, numbers=numbers, seed=seed)
    ways = words("story")["income_told_by"]
    household.income_told_by = rng.choices(list(ways), weights=list(ways.values()))[0]
    return household


def _move_some(people: list[DemoHousehold], villages: list[Place], rng: Random, count: int) -> None:
    for household in rng.sample(people, count):
        commune = [p for p in villages if p.commune_code == household.place.commune_code]
        here = commune.index(household.place)
        household.place = commune[(here + 1) % len(commune)]


def _is_surveyed(household: DemoHousehold, people: list[DemoHousehold], told: RoundStory) -> bool:
    if not told.surveyed:
        return True
    place = household.place
    commune = [p for p in places() if p.commune_code == place.commune_code]
    share = told.surveyed[place.commune_code][commune.index(place)]
    neighbours = [h for h in people if h.place == place]
    return neighbours.index(household) < round(share * len(neighbours))
