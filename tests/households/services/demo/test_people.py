"""The invented people: repeatable, possible, and varied enough to learn from."""

import datetime as dt
from collections import Counter

import pytest

from households.services.demo.people import (
    DemoHousehold,
    PersonalNumbers,
    Place,
    invent,
    places,
)

SOMEWHERE = places()[0]


def invented(count: int, place: Place = SOMEWHERE) -> list[DemoHousehold]:
    numbers = PersonalNumbers()
    return [invent(place, f"K{n}", year=2022, numbers=numbers) for n in range(count)]


def test_the_same_seed_gives_the_same_people() -> None:
    assert invented(20) == invented(20)


def test_another_seed_gives_other_people() -> None:
    first = invent(SOMEWHERE, "K", year=2022, numbers=PersonalNumbers(), seed="a")
    second = invent(SOMEWHERE, "K", year=2022, numbers=PersonalNumbers(), seed="b")
    assert first.head.full_name != second.head.full_name or first.members != second.members


def test_every_household_has_one_head_who_comes_first() -> None:
    for household in invented(300):
        assert [m.relation for m in household.members].count("head") == 1
        assert household.head.relation == "head"
        assert household.head.age_on(dt.date(2022, 10, 1)) >= 18


def test_children_bear_the_fathers_surname() -> None:
    for household in invented(100):
        men = [m for m in household.members if m.sex == "M" and m.relation in ("head", "spouse")]
        for child in (m for m in household.members if m.relation == "child"):
            if men:
                assert child.full_name.split()[0] == men[0].full_name.split()[0]


def test_personal_numbers_are_built_as_the_law_says_and_never_twice() -> None:
    people = [m for h in invented(500) for m in h.members if m.personal_id]

    assert len({m.personal_id for m in people}) == len(people)
    for person in people:
        digits = person.personal_id
        assert len(digits) == 12
        assert digits[:3] == "999"
        assert int(digits[3]) == (2 if person.birth_date.year >= 2000 else 0) + (person.sex == "F")
        assert digits[4:6] == f"{person.birth_date.year % 100:02d}"


def test_a_prefix_gives_a_million_different_numbers() -> None:
    numbers, born = PersonalNumbers(), dt.date(1985, 5, 5)
    drawn = {numbers.draw("M", born) for _ in range(20_000)}
    assert len(drawn) == 20_000


@pytest.mark.parametrize(
    ("born", "day", "age"),
    [
        (dt.date(2004, 2, 29), dt.date(2022, 2, 28), 17),
        (dt.date(2004, 2, 29), dt.date(2022, 3, 1), 18),
        (dt.date(2004, 10, 1), dt.date(2022, 10, 1), 18),
    ],
)
def test_ages_are_completed_years(born: dt.date, day: dt.date, age: int) -> None:
    person = invented(1)[0].head
    person.birth_date = born
    assert person.age_on(day) == age


def test_poorer_communes_have_more_households_under_the_line() -> None:
    poor = next(p for p in places() if p.commune == "Cổ Linh")
    better = next(p for p in places() if p.commune == "Phương Viên")

    def under_the_line(place: Place) -> int:
        return sum(h.income_vnd <= 1_500_000 for h in invented(400, place))

    assert under_the_line(poor) > 1.5 * under_the_line(better)


def test_all_groups_of_a_place_occur() -> None:
    groups = Counter(h.ethnic_group for h in invented(400))
    assert set(groups) == set(SOMEWHERE.groups)
