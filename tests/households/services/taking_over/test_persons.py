"""Who stands in a list: somebody of another household, somebody who died, a namesake."""

import datetime as dt

from tests.factories import people
from tests.factories.paper_lists import FIRST_ROW, KIN
from tests.households.conftest import World
from tests.households.services.taking_over.conftest import Taken, told


def test_who_lives_in_another_commune_is_told_by_the_commune_alone(
    world: World, taken: Taken
) -> None:
    people.household(world.other_village, people.person("Nông Văn Thử", personal_id=KIN))
    result = taken()
    (problem,) = result.errors
    assert (problem.code, problem.value) == ("person_in_other_household", "Xã Khác")


def test_who_died_before_is_not_listed_again(world: World, taken: Taken) -> None:
    people.person("Nông Văn Thử", personal_id=KIN, died_on=dt.date(2023, 6, 1))
    assert told(taken()) == [(FIRST_ROW + 1, "full_name", "person_died")]


def test_the_same_name_and_birth_elsewhere_is_told(world: World, taken: Taken) -> None:
    people.household(
        world.other_village, people.person("Lò Thị Mẫu", birth_date=dt.date(1975, 3, 12), sex="F")
    )
    result = taken()
    assert result.committed
    assert told(result, warnings=True) == [(FIRST_ROW, "full_name", "possible_duplicate")]
