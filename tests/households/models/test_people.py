"""One person in one household at a time, one head, one holder of a number."""

import datetime as dt

import pytest
from django.db import IntegrityError, connection, transaction

from households.choices import Relation
from households.models import Household, Membership, Person, Residence
from households.models.personal_id import decrypt_personal_id, mask_personal_id
from households.services import cards
from tests.factories import areas, people

pytestmark = pytest.mark.django_db
NUMBER = "006080123456"


@pytest.fixture
def village(db: None) -> object:
    return areas.village(areas.commune(areas.province()))


def test_a_number_is_encrypted_at_rest_found_and_unique() -> None:
    person = people.person(personal_id=NUMBER)
    with connection.cursor() as cursor:
        cursor.execute("SELECT personal_id FROM households_person WHERE id = %s", [person.pk])
        stored = bytes(cursor.fetchone()[0])
    assert NUMBER.encode() not in stored
    assert decrypt_personal_id(stored) == NUMBER
    assert Person.objects.get(personal_id=NUMBER) == person
    assert Person.objects.get(pk=person.pk).personal_id == NUMBER
    with pytest.raises(IntegrityError, match="personal_id_once"), transaction.atomic():
        people.person("Người Khác", personal_id=NUMBER)


def test_many_may_have_no_number() -> None:
    assert [people.person(personal_id=None).personal_id for __ in range(2)] == [None, None]


def test_a_masked_number_shows_three_digits() -> None:
    assert mask_personal_id(NUMBER) == "•••••••••456"
    assert mask_personal_id("") == ""


def test_a_person_in_two_households_is_refused(village: object) -> None:
    person = people.person()
    people.household(village, person)
    with pytest.raises(IntegrityError, match="one_household_at_a_time"), transaction.atomic():
        people.household(village, person)


def test_a_person_may_move_the_day_after(village: object) -> None:
    person = people.person()
    home = people.household(village, person)
    Membership.objects.update(valid_to=dt.date(2023, 12, 31))
    people.household(village, person, since=dt.date(2024, 1, 1))
    assert home.memberships.get().valid_to == dt.date(2023, 12, 31)


def test_two_heads_are_refused(village: object) -> None:
    home = people.household(village, people.person("A"))
    with pytest.raises(IntegrityError, match="one_head_at_a_time"), transaction.atomic():
        Membership.objects.create(
            household=home,
            person=people.person("B"),
            relation=Relation.HEAD,
            valid_from=dt.date(2021, 1, 1),
        )


def test_two_homes_at_once_are_refused(village: object) -> None:
    home = people.household(village, people.person())
    with pytest.raises(IntegrityError, match="one_place_at_a_time"), transaction.atomic():
        Residence.objects.create(household=home, village=village, valid_from=dt.date(2022, 1, 1))


def test_unknown_codes_are_refused(village: object) -> None:
    person = people.person()
    people.household(village, person)
    with pytest.raises(IntegrityError, match="relation_known"), transaction.atomic():
        Membership.objects.update(relation="cousin")
    with pytest.raises(IntegrityError, match="sex_known"), transaction.atomic():
        Person.objects.update(sex="X")


def test_households_are_found_by_where_they_live_on_a_day(village: object) -> None:
    home = people.household(village, people.person())
    other = areas.village(village.parent, "Thôn Hai")
    Residence.objects.update(valid_to=dt.date(2023, 12, 31))
    Residence.objects.create(household=home, village=other, valid_from=dt.date(2024, 1, 1))
    cards.refresh(household_ids=[home.pk])
    assert list(Household.objects.under(other)) == [home]
    assert not Household.objects.under(village)
    assert list(Household.objects.under(village, on=dt.date(2023, 5, 1))) == [home]
    assert list(Household.objects.under_any([other.inner_path])) == [home]
