"""Finding households: by name without accents, code, source key, personal number."""

import datetime as dt

import pytest

from households.choices import Role
from households.models import Household, HouseholdKey, Membership, User
from households.queries.household_search import Wanted, find, numbers_by_village
from households.services import cards
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
    assert [one.pk for one in find(officer, Wanted(words=words))] == [household.pk]


def test_a_household_is_found_by_its_code_long_or_short(
    officer: User, household: Household
) -> None:
    for words in (household.code, household.code.lower(), str(household.pk)):
        assert find(officer, Wanted(words=words)).filter(pk=household.pk).exists()


@pytest.mark.parametrize(
    "words",
    [
        "hoang duc",  # of two members
        "hoa nong",  # the end of one name and the beginning of the next
        "hoang thi duc",
        "006080001951",
        "00608000195",
        "BK-1",
        "%",
        "_",
        "\u0301",
    ],
)
def test_nothing_is_found_by(officer: User, household: Household, words: str) -> None:
    assert not find(officer, Wanted(words=words)).filter(pk=household.pk).exists()


def test_a_number_of_another_commune_is_not_found(officer: User, household: Household) -> None:
    elsewhere = areas.village(areas.commune(areas.province("19", "Khác"), code="05500"))
    people.household(elsewhere, people.person("Xa Lạ", personal_id="019080001950"))
    assert not find(officer, Wanted(words="019080001950")).exists()
    assert not find(officer, Wanted(words="Xa La")).exists()


@pytest.mark.parametrize("words", ["hoa hoang", "Hoà  Thị Hoàng", "thi hoa hoang", "oa ang"])
def test_the_words_of_one_name_are_found_in_any_order(
    officer: User, household: Household, words: str
) -> None:
    assert [one.pk for one in find(officer, Wanted(words=words))] == [household.pk]


def test_the_last_of_a_large_family_is_found_by_two_words(officer: User) -> None:
    village = areas.village(officer.assignments.get().area)
    family = [people.person(f"Lý Văn {number}") for number in range(11)]
    large = people.household(village, *family, people.person("Đặng Thị Út"))
    assert find(officer, Wanted(words="út đặng")).get().pk == large.pk
    assert not find(officer, Wanted(words="út lý")).exists()
    # What a pattern would read as more than a letter is a letter.
    for words in ("út .*", "út (thi", "ut thi|ly", "út \\w", "(?n) út"):
        assert not find(officer, Wanted(words=words)).exists(), words


def test_a_household_that_ended_is_found_by_searching_only(
    officer: User, household: Household
) -> None:
    Membership.objects.filter(household=household).update(valid_to=dt.date(2024, 5, 1))
    Household.objects.filter(pk=household.pk).update(
        ended_on=dt.date(2024, 5, 1), end_reason="died_out"
    )
    cards.refresh(household_ids=[household.pk])
    assert household.pk not in find(officer, Wanted()).values_list("pk", flat=True)
    for words in ("hoang hoa", household.code):
        assert find(officer, Wanted(words=words)).get().pk == household.pk


def test_the_count_by_village_is_the_count(officer: User, household: Household) -> None:
    found = find(officer, Wanted())
    assert sum(numbers_by_village(found).values()) == found.count() == 2
