"""A new draft knows what became of the household since the last survey."""

import datetime as dt
from types import SimpleNamespace

from households.services import surveys
from households.services.household_acts import members, newcomers
from households.services.household_acts.newcomers import Facts
from tests.factories import people, reviews


def test_who_left_is_not_asked_again_and_who_joined_is(place: SimpleNamespace) -> None:
    old = reviews.periodic(place.province, 2023, place.standard)
    family = [
        reviews.adult("Cha"),
        reviews.adult("Con Cả", "child", birth_date=dt.date(2000, 1, 1), pension=True),
        reviews.adult("Con Út", "child", birth_date=dt.date(2002, 1, 1)),
    ]
    household = reviews.surveyed(old, place.village, place.officer, members=family).household
    people = {row.person.full_name: row.person for row in household.memberships.all()}
    members.die(
        household=household, person=people["Cha"], new_head=people["Con Cả"],
        happened_on=dt.date(2024, 2, 1), by=place.officer,
    )  # fmt: skip
    newcomers.join(
        household=household,
        facts=Facts("Cháu", "F", dt.date(2024, 3, 1)), relation="child",
        happened_on=dt.date(2024, 3, 1), by=place.officer,
    )  # fmt: skip
    new = reviews.periodic(place.province, 2024, place.standard)
    draft = surveys.start(round=new, household=household, by=place.officer)
    rows = [(m.full_name, m.relation, m.pension) for m in draft.members.order_by("member_no")]
    assert rows == [("Con Cả", "head", True), ("Con Út", "sibling", None), ("Cháu", "child", None)]
    assert draft.head_name == "Con Cả"


def test_without_a_change_the_answers_come_as_they_were(place: SimpleNamespace) -> None:
    old = reviews.periodic(place.province, 2023, place.standard)
    first = reviews.surveyed(
        old, place.village, place.officer, members=[reviews.adult("Cha", pension=True)]
    )
    new = reviews.periodic(place.province, 2024, place.standard)
    draft = surveys.start(round=new, household=first.household, by=place.officer)
    assert [(m.full_name, m.pension) for m in draft.members.all()] == [("Cha", True)]


def test_a_household_that_came_with_a_list_is_called_by_its_head(place: SimpleNamespace) -> None:
    """Nobody reviewed it in povreg before: its form is that of a known household."""
    household = people.household(place.village, people.person("Lò Thị Mẫu"))
    new = reviews.periodic(place.province, 2024, place.standard)
    draft = surveys.start(round=new, household=household, by=place.officer)
    assert draft.head_name == "Lò Thị Mẫu"
