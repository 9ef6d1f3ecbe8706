"""How an invented household fares from one autumn to the next. Pure and repeatable."""

import datetime as dt
from random import Random

from households.services.demo.people import (
    DemoHousehold,
    PersonalNumbers,
    add_member,
    chance,
    outfit,
    set_income,
    state_needs,
)

HARDSHIPS = ("natural_disaster", "grave_illness", "accident", "crop_failure", "epidemic")


def live_a_year(
    household: DemoHousehold, *, numbers: PersonalNumbers, seed: str = "povreg"
) -> None:
    """Move `household` on by one year: luck, repairs, births, deaths, children leaving.

    Most do a little better each year, a few are struck by a hardship and fall back.
    """
    household.year += 1
    rng = Random(f"{seed}:{household.key}:{household.year}")  # noqa: S311 – invented data
    household.welfare += rng.gauss(0.07, 0.16)
    household.hardship, household.hardship_on = "", None
    if rng.random() < 0.05:
        household.welfare -= 0.9
        household.hardship = rng.choice(HARDSHIPS)
        household.hardship_on = dt.date(household.year, rng.randint(2, 8), rng.randint(1, 28))
    _improve_house(household, rng)
    _buy_devices(household, rng)
    _change_members(household, rng, numbers)
    for person in household.members:
        person.insured = rng.random() < (0.9 if not person.insured else 0.975)
        person.online = person.online or (
            12 <= household.year - person.birth_date.year <= 60 and rng.random() < 0.12
        )
    set_income(household, rng)
    state_needs(household, rng)


def _improve_house(household: DemoHousehold, rng: Random) -> None:
    for part, likely in (("wall", 0.10), ("column", 0.10), ("roof", 0.14), ("water", 0.16)):
        if not household.house[part][1] and rng.random() < likely:
            outfit(household, part, True, rng)
    if not household.house["toilet"][1] and chance(rng, household.conditions, 1.2, steepness=1.2):
        outfit(household, "toilet", True, rng)


def _buy_devices(household: DemoHousehold, rng: Random) -> None:
    for device, likely in (("tv", 0.10), ("phone", 0.15), ("smartphone", 0.2), ("laptop", 0.02)):
        if device not in household.devices and rng.random() < likely:
            household.devices.add(device)


def _change_members(household: DemoHousehold, rng: Random, numbers: PersonalNumbers) -> None:
    def stays(age: int, relation: str) -> bool:
        if relation in ("head", "spouse"):
            return True
        if relation == "child" and age >= 21:
            return rng.random() >= 0.08
        return age < 76 or rng.random() >= 0.06

    year = household.year
    household.members = [
        m for m in household.members if stays(year - m.birth_date.year, m.relation)
    ]
    mothers = [
        m
        for m in household.members
        if m.sex == "F" and 20 <= year - m.birth_date.year <= 36 and m.relation != "child"
    ]
    for mother in mothers:
        if rng.random() < 0.07:
            relation = "grandchild" if mother.relation == "child_in_law" else "child"
            child = add_member(
                household, rng, sex=rng.choice("MF"), birth_year=year, relation=relation
            )
            child.personal_id = numbers.draw(child.sex, child.birth_date)
