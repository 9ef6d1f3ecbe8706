"""The register follows the newest review, and only that."""

import datetime as dt
from types import SimpleNamespace

import pytest

from households.errors import Invalid
from households.models import Membership, Person, ReviewRound
from households.services import surveys
from tests.factories import people, reviews

NUMBER = "006080123456"


@pytest.fixture
def round(place: SimpleNamespace) -> ReviewRound:
    return reviews.periodic(place.province, 2024, place.standard)


def test_a_number_of_someone_in_another_household_is_refused_at_its_field(
    place: SimpleNamespace, round: ReviewRound
) -> None:
    reviews.surveyed(
        round, place.village, place.officer, members=[reviews.adult(personal_id=NUMBER)]
    )
    with pytest.raises(Invalid) as refused:
        reviews.surveyed(
            round, place.village, place.officer, members=[reviews.adult("B", personal_id=NUMBER)]
        )
    assert list(refused.value.fields) == ["members.0.personal_id"]
    assert Person.objects.count() == 1


def test_a_number_typed_wrongly_can_be_corrected_and_is_free_again(
    place: SimpleNamespace, round: ReviewRound
) -> None:
    survey = reviews.surveyed(
        round, place.village, place.officer, members=[reviews.adult(personal_id=NUMBER)]
    )
    person = Person.objects.get()
    surveys.save(
        survey=survey,
        values=reviews.WELL_HOUSED,
        members=[reviews.adult(person_id=person.pk, personal_id=None)],
        revision=survey.revision,
        complete=True,
        by=place.officer,
    )
    person.refresh_from_db()
    assert person.personal_id is None


def test_a_member_who_left_ends_the_day_before_the_review(
    place: SimpleNamespace, round: ReviewRound
) -> None:
    two = [reviews.adult(), reviews.adult("Con", "child", birth_date=dt.date(2000, 1, 1))]
    first = reviews.surveyed(round, place.village, place.officer, members=two)
    later = reviews.periodic(place.province, 2025, place.standard)
    reviews.surveyed(later, place.village, place.officer, household=first.household)
    child = Membership.objects.get(relation="child")
    head = Membership.objects.get(relation="head")
    assert child.valid_to == dt.date(2025, 9, 30)
    assert (head.valid_from, head.valid_to) == (dt.date(2024, 10, 1), None)


def test_an_older_year_entered_later_leaves_the_register_alone(
    place: SimpleNamespace, round: ReviewRound
) -> None:
    newer = reviews.surveyed(round, place.village, place.officer)
    earlier = reviews.periodic(place.province, 2023, place.standard)
    person = newer.members.get().person
    reviews.surveyed(
        earlier,
        place.other_village,
        place.officer,
        household=newer.household,
        members=[reviews.adult("Tên Cũ", person_id=person.pk)],
    )
    person.refresh_from_db()
    assert person.full_name == "Nông Văn Thử"
    assert newer.household.residences.get().village == place.village


def test_a_move_to_another_village_is_dated(place: SimpleNamespace, round: ReviewRound) -> None:
    first = reviews.surveyed(round, place.village, place.officer)
    later = reviews.periodic(place.province, 2025, place.standard)
    reviews.surveyed(later, place.other_village, place.officer, household=first.household)
    homes = first.household.residences.order_by("valid_from")
    assert [(h.village_id, h.valid_to) for h in homes] == [
        (place.village.pk, dt.date(2025, 9, 30)),
        (place.other_village.pk, None),
    ]


def test_a_person_who_moved_to_another_household_is_not_taken_back_by_an_old_form(
    place: SimpleNamespace, round: ReviewRound
) -> None:
    earlier = reviews.periodic(place.province, 2023, place.standard)
    two = [reviews.adult(), reviews.adult("Con", "child", birth_date=dt.date(2000, 1, 1))]
    first = reviews.surveyed(earlier, place.village, place.officer, members=two)
    mover = Membership.objects.get(relation="child")
    Membership.objects.filter(pk=mover.pk).update(valid_to=dt.date(2024, 3, 1))
    people.household(place.other_village, mover.person, since=dt.date(2024, 3, 2))
    head = first.members.get(member_no=1).person_id
    listed = [two[0] | {"person_id": head}, two[1] | {"person_id": mover.person_id}]

    with pytest.raises(Invalid) as refused:
        reviews.surveyed(
            round, place.village, place.officer, household=first.household, members=listed
        )

    assert list(refused.value.fields) == ["members.1.full_name"]
    there = Membership.objects.get(person=mover.person, valid_to=None)
    assert there.household != first.household
    # Entering last year's form again says nothing of this year.
    reviews.surveyed(
        earlier, place.village, place.officer, household=first.household, members=listed
    )
    assert Membership.objects.filter(pk=there.pk, valid_to=None).exists()
