"""Whom the rows of a sheet are about: by keys first, by names only where nobody else has them."""

import datetime as dt
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from households.choices import BirthPrecision
from households.choices.returns import FoundBy, WhyNotFound
from households.models import Area, Household, HouseholdKey, Membership, Person, PersonKey
from households.models.personal_id import encrypt_personal_id
from households.queries.row_matching import Match, RowKeys, match_rows
from tests.factories import people
from tests.households.conftest import TODAY, World

NUMBER, OTHER_NUMBER = "006080123456", "006080654321"
BORN = dt.date(1980, 5, 1)


@pytest.fixture
def family(world: World) -> tuple[Household, Person, Person]:
    """A head with a number, and his child without one."""
    head = people.person("Nông Văn Thử", personal_id=NUMBER)
    child = people.person("Nông Thị Con", birth_date=dt.date(2010, 2, 3), sex="F")
    return people.household(world.village, head, child), head, child


def found(world: World, *rows: RowKeys, area: Area | None = None, **more: Any) -> list[Match]:
    given: dict[str, Any] = {"of_members": True, "source": "06", **more}
    return list(match_rows(rows, area=area or world.commune, on=TODAY, **given))


def one(world: World, area: Area | None = None, of_members: bool = True, **keys: Any) -> Match:
    """What one row finds; `number` as it stands in a sheet."""
    if number := keys.pop("number", ""):
        keys["personal_id"] = encrypt_personal_id(number)
    (match,) = found(world, RowKeys(7, **keys), area=area, of_members=of_members)
    assert match.line == 7
    assert (match.found_by == "") == (match.household_id is None) == bool(match.why_not)
    return match


def test_a_number_counts_first(world: World, family: tuple[Household, Person, Person]) -> None:
    home, head, _child = family
    assert one(world, number=NUMBER) == Match(7, home.pk, head.pk, FoundBy.NUMBER, "")
    assert one(world, number=NUMBER, of_members=False) == Match(
        7, home.pk, None, FoundBy.NUMBER, ""
    )


def test_keys_of_persons_and_households(
    world: World, family: tuple[Household, Person, Person]
) -> None:
    home, _head, child = family
    PersonKey.objects.create(source="06", key="P-9", person=child)
    HouseholdKey.objects.create(source="06", key="HO-9", household=home)
    for key in ("P-9", f"povreg-N{child.pk:08d}"):
        assert one(world, person_key=key).person_id == child.pk
    for keys in (
        {"household_code": home.code}, {"household_code": str(home.pk)},
        {"household_key": "HO-9"}, {"household_key": f"povreg-H{home.pk:08d}"},
    ):  # fmt: skip
        match = one(world, of_members=False, **keys)
        assert (match.household_id, match.person_id) == (home.pk, None)
        assert match.found_by == FoundBy.HOUSEHOLD_KEY
    assert one(world, person_key="P-9' OR 1=1").why_not == WhyNotFound.UNKNOWN


def test_a_name_within_the_household(
    world: World, family: tuple[Household, Person, Person]
) -> None:
    home, _head, child = family
    match = one(world, household_code=home.code, name="NONG THI CON")
    assert (match.person_id, match.found_by) == (child.pk, FoundBy.NAME_IN_HOUSEHOLD)
    assert one(world, household_code=home.code, name="Ai Đó").why_not == WhyNotFound.UNKNOWN
    wrong = one(world, household_code=home.code, name="Nông Thị Con", birth=BORN)
    assert wrong.why_not == WhyNotFound.UNKNOWN


def test_a_name_with_its_birth_date_alone(
    world: World, family: tuple[Household, Person, Person]
) -> None:
    home, head, child = family
    match = one(world, name="nông thị con", birth=dt.date(2010, 2, 3))
    assert match == Match(7, home.pk, child.pk, FoundBy.NAME_AND_BIRTH, "")
    assert one(world, name="Nông Thị Con").why_not == WhyNotFound.NO_KEY
    assert one(world, name="Nông Thị Con", birth_year=2010).why_not == WhyNotFound.NO_KEY
    # For rows about households the name is the head's.
    as_head = one(world, of_members=False, name=child.full_name, birth=child.birth_date)
    assert as_head.why_not == WhyNotFound.UNKNOWN
    assert one(world, of_members=False, name=head.full_name, birth=BORN).household_id == home.pk


def test_two_of_the_same_name_are_told_apart_by_nobody(
    world: World, family: tuple[Household, Person, Person]
) -> None:
    people.household(world.village, people.person("Nông Văn Thử"))
    assert one(world, name="Nông Văn Thử", birth=BORN).why_not == WhyNotFound.SEVERAL
    assert one(world, name="Nông Văn Thử", birth=BORN, number=NUMBER).person_id == family[1].pk


def test_another_number_is_somebody_else(
    world: World, family: tuple[Household, Person, Person]
) -> None:
    match = one(world, name="Nông Văn Thử", birth=BORN, number=OTHER_NUMBER)
    assert match.why_not == WhyNotFound.UNKNOWN
    # Whose number the register does not know yet may be the one.
    child = one(world, name="Nông Thị Con", birth=dt.date(2010, 2, 3), number=OTHER_NUMBER)
    assert child.person_id == family[2].pk


def test_keys_that_disagree(world: World, family: tuple[Household, Person, Person]) -> None:
    home, _head, child = family
    other = people.household(world.village, people.person("Lý Văn Khác"))
    for keys in (
        {"number": NUMBER, "person_key": f"povreg-N{child.pk:08d}"},
        {"number": NUMBER, "household_code": other.code},
        {"household_code": home.code, "household_key": f"povreg-H{other.pk:08d}"},
    ):
        assert one(world, **keys).why_not == WhyNotFound.DISAGREE


def test_a_key_of_somebody_with_another_name_and_birth_date(
    world: World, family: tuple[Household, Person, Person]
) -> None:
    born = dt.date(1990, 1, 1)
    assert one(world, number=NUMBER, name="Lý A", birth=born).why_not == WhyNotFound.OTHER_PERSON
    # One of the two is a difference to look at, not another person.
    assert one(world, number=NUMBER, name="Lý A", birth=BORN).person_id == family[1].pk
    assert one(world, number=NUMBER, name="Nông Văn Thử", birth=born).person_id == family[1].pk
    assert one(world, number=NUMBER, name="Lý A", birth_year=1980).person_id == family[1].pk


def test_who_lives_elsewhere_or_nowhere(
    world: World, family: tuple[Household, Person, Person]
) -> None:
    home, head, child = family
    for keys in ({"number": NUMBER}, {"household_code": home.code}):
        match = one(world, area=world.other_commune, of_members=False, **keys)
        assert match.why_not == WhyNotFound.ELSEWHERE
    by_name = one(world, area=world.other_commune, name=head.full_name, birth=BORN)
    assert by_name.why_not == WhyNotFound.UNKNOWN
    Membership.objects.filter(person=child).update(valid_to=dt.date(2024, 1, 1))
    assert one(world, person_key=f"povreg-N{child.pk:08d}").why_not == WhyNotFound.ELSEWHERE


def test_a_second_row_about_the_same_one(
    world: World, family: tuple[Household, Person, Person]
) -> None:
    cipher = encrypt_personal_id(NUMBER)
    rows = [RowKeys(3, personal_id=cipher), RowKeys(5, personal_id=cipher), RowKeys(9)]
    told = [match.why_not for match in found(world, *rows)]
    assert told == ["", WhyNotFound.TWICE, WhyNotFound.NO_KEY]
    payments = found(world, *rows, each_once=False)
    assert [match.person_id for match in payments] == [family[1].pk, family[1].pk, None]


def test_the_year_alone_goes_with_a_day_of_it(world: World) -> None:
    person = people.person("Bế Văn Năm", birth_precision=BirthPrecision.YEAR,
                           birth_date=dt.date(1970, 1, 1))  # fmt: skip
    home = people.household(world.village, person)
    match = one(world, household_code=home.code, name="Bế Văn Năm", birth=dt.date(1970, 8, 9))
    assert match.person_id == person.pk
    alone = one(world, name="Bế Văn Năm", birth=dt.date(1970, 1, 1))
    assert alone.why_not == WhyNotFound.UNKNOWN


def test_odd_signs_stay_in_their_cell(world: World) -> None:
    keys = RowKeys(1, name="A\tB\\N\nC", household_key="\\", person_key="%s")
    assert found(world, keys)[0].why_not == WhyNotFound.UNKNOWN


def test_as_many_statements_for_one_as_for_many(
    world: World, family: tuple[Household, Person, Person]
) -> None:
    def statements(number: int) -> int:
        with CaptureQueriesContext(connection) as asked:
            found(world, *(RowKeys(line, name="X", birth=BORN) for line in range(number)))
        return len(asked)

    assert statements(1) == statements(500)
