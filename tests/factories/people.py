"""Households and persons, straight into the tables."""

import datetime as dt

from households.choices import Relation, Sex
from households.models import Area, Household, Membership, Person, Residence
from households.services import cards

START = dt.date(2020, 1, 1)


def person(full_name: str = "Nông Văn Thử", **facts: object) -> Person:
    facts.setdefault("sex", Sex.MALE)
    facts.setdefault("birth_date", dt.date(1980, 5, 1))
    return Person.objects.create(full_name=full_name, **facts)


def household(village: Area, *members: Person, since: dt.date = START) -> Household:
    """The first person is the head."""
    made = Household.objects.create()
    Residence.objects.create(household=made, village=village, valid_from=since)
    for index, member in enumerate(members):
        Membership.objects.create(
            household=made,
            person=member,
            relation=Relation.CHILD if index else Relation.HEAD,
            valid_from=since,
        )
    cards.refresh(household_ids=[made.pk])
    return made
