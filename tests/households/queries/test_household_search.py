"""Finding households: by name without accents, code, source key, personal number."""

import pytest

from households.choices import Role
from households.models import Household, HouseholdKey, User
from households.queries.household_search import Wanted, find
from tests.factories import areas, people, users


@pytest.fixture
def officer(db: None) -> User:
    commune = areas.commune(areas.province())
    return users.user("officer", Role.COMMUNE_OFFICER, commune)


@pytest.fixture
def household(officer: User) -> Household:
    village = areas.village(officer.assignments.get().area)
    head = people.person("Hoàng Thị Hoà", personal_id="006080001950")
    found = people.household(village, head, people.person("Nông Đức Bình"))
    HouseholdKey.objects.create(source="06", key="BK-17", household=found)
    people.household(village, people.person("Lý Văn Khác"))
    return found


@pytest.mark.parametrize(
    "words",
    [
        "Hoàng Thị Hoà",
        "hoang thi hoa",
        "HÒA hoàng",
        "nong duc",
        "đuc",
        "bk-17",
        "006080001950",
    ],
)
def test_a_household_is_found_by(officer: User, household: Household, words: str) -> None:
    assert list(find(officer, Wanted(words=words))) == [household]


def test_a_household_is_found_by_its_code_long_or_short(
    officer: User, household: Household
) -> None:
    for words in (household.code, household.code.lower(), str(household.pk)):
        assert household in find(officer, Wanted(words=words))


@pytest.mark.parametrize("words", ["hoang duc", "006080001951", "00608000195", "BK-1", "%", "_"])
def test_nothing_is_found_by(officer: User, household: Household, words: str) -> None:
    assert not find(officer, Wanted(words=words)).filter(pk=household.pk).exists()


def test_a_number_of_another_commune_is_not_found(officer: User, household: Household) -> None:
    elsewhere = areas.village(areas.commune(areas.province("19", "Khác"), code="05500"))
    people.household(elsewhere, people.person("Xa Lạ", personal_id="019080001950"))
    assert not find(officer, Wanted(words="019080001950")).exists()
    assert not find(officer, Wanted(words="Xa La")).exists()
