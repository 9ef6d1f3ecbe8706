"""Residents: people of their own, the same from year to year."""

from random import Random

from households.services.demo.people import PersonalNumbers
from households.services.demo.province import apportioning, residents, targets
from households.services.demo.province.apportioning import Commune
from households.services.demo.province.bank import Bank
from households.services.demo.province.residents import Resident

UNITS = [
    Commune(f"{n:05d}", f"Xã {n}", "060", "Pác Nặm", "RURAL", "III") for n in range(10001, 10011)
]


def settled(bank: Bank, share: float = 0.02, seed: str = "seed") -> list[Resident]:
    course = targets.districts(["060"], share)["060"]
    courses = apportioning.communes(UNITS, course, seed)
    communes = {unit.code: (unit, courses[unit.code]) for unit in UNITS}
    return residents.settle(communes, bank, going_on=["10001"], seed=seed)


def test_every_household_has_its_key_and_its_village(bank: Bank) -> None:
    found = settled(bank)
    assert len({one.key for one in found}) == len(found) > 140
    assert all(one.key.startswith(one.place.commune_code) for one in found)
    assert len({one.place.village for one in found if one.key.startswith("10001")}) == 3


def test_kinh_are_rarer_among_the_listed(bank: Bank) -> None:
    groups = [one.ethnic_group for one in settled(bank)]
    assert groups.count("Tày") > groups.count("Kinh")


def test_members_stay_who_they_are(bank: Bank) -> None:
    numbers, rng = PersonalNumbers(), Random(1)
    for one in settled(bank)[:30]:
        if one.history[1] == "-" or one.history[2] == "-":
            continue
        before = residents.people(one, 2021, numbers, rng)
        after = residents.people(one, 2022, numbers, rng)
        rows = [row["member_id"][-2:] for row in one.pattern.members[2021]]
        later = [row["member_id"][-2:] for row in one.pattern.members[2022]]
        for number, member in zip(rows, before, strict=True):
            assert number not in later or after[later.index(number)] == member


def test_a_birth_stays_in_its_month(bank: Bank) -> None:
    numbers, rng = PersonalNumbers(), Random(1)
    one = next(one for one in settled(bank) if one.history[1] != "-")
    for member, row in zip(
        residents.people(one, 2021, numbers, rng), one.pattern.members[2021], strict=True
    ):
        assert member.birth_date[:7] == row["birth_date"][:7]
        assert member.birth_date.endswith("-01") == row["birth_date"].endswith("-01")


def test_children_have_the_name_of_the_house(bank: Bank) -> None:
    numbers, rng = PersonalNumbers(), Random(1)
    seen = 0
    for one in settled(bank):
        if one.history[1] == "-":
            continue
        told = residents.people(one, 2021, numbers, rng)
        for member, row in zip(told, one.pattern.members[2021], strict=True):
            if row["relation"] == "child":
                seen += 1
                assert member.full_name.split()[0] == told[0].full_name.split()[0]
    assert seen > 50


def test_the_letter_of_a_year() -> None:
    assert residents.letters("NPPO-", 2021) == ("P", "N")
    assert residents.letters("NPPO-", 2023) == ("O", "-")
    assert residents.letters("NPPO-", 2024) == ("-", "-")
