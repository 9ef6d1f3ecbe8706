"""Who joins is found by number or as a former member, or is new; never taken from another."""

import datetime as dt
from types import SimpleNamespace
from typing import Any

import pytest

from households.errors import Invalid
from households.models import Person
from households.services.household_acts import members, newcomers
from households.services.household_acts.newcomers import Facts
from tests.factories import people
from tests.households.services.household_acts.conftest import roster

DAY = dt.date(2024, 10, 1)
NUMBER = "006080123456"


def _join(family: SimpleNamespace, relation: str = "grandchild", **facts: Any) -> None:
    facts = {"full_name": "Nông Bé", "sex": "F", "birth_date": dt.date(2024, 9, 1)} | facts
    newcomers.join(
        household=family.household, facts=Facts(**facts), relation=relation, happened_on=DAY,
        by=family.officer,
    )  # fmt: skip


def test_a_child_is_born(family: SimpleNamespace) -> None:
    _join(family)
    assert roster(family.household)["Nông Bé"] == "grandchild"
    assert Person.objects.get(full_name="Nông Bé").memberships.get().valid_from == DAY


def test_the_same_page_sent_twice_makes_one_child(family: SimpleNamespace) -> None:
    _join(family)
    with pytest.raises(Invalid) as refused:
        _join(family)
    assert list(refused.value.fields) == ["full_name"]


def test_a_known_person_who_belongs_nowhere_is_found_by_number(family: SimpleNamespace) -> None:
    known = people.person("Lý Văn Về", personal_id=NUMBER)
    _join(
        family, "sibling", full_name="ly van ve", sex="M", birth_date=known.birth_date,
        personal_id=NUMBER,
    )  # fmt: skip
    assert Person.objects.filter(full_name__in=["ly van ve", "Lý Văn Về"]).count() == 1
    assert roster(family.household)["Lý Văn Về"] == "sibling"


def test_a_number_of_someone_else_of_another_household_or_of_the_dead_is_refused(
    family: SimpleNamespace,
) -> None:
    holder = people.person("Lý Văn Về", personal_id=NUMBER)
    same = {"full_name": "Lý Văn Về", "sex": "M", "birth_date": holder.birth_date}
    with pytest.raises(Invalid, match=r"belongs to L\. V\. V\.") as refused:
        _join(family, personal_id=NUMBER)
    assert "Về" not in str(refused.value.message)
    Person.objects.filter(pk=holder.pk).update(died_on=DAY)
    with pytest.raises(Invalid, match="deceased"):
        _join(family, "sibling", personal_id=NUMBER, **same)
    people.household(family.far_village, holder)
    with pytest.raises(Invalid, match="belongs to a household"):
        _join(family, "sibling", personal_id=NUMBER, **same)


def test_a_member_who_comes_back_is_the_same_person(family: SimpleNamespace) -> None:
    members.leave(
        household=family.household, person=family.lan, happened_on=dt.date(2024, 8, 1),
        by=family.officer,
    )  # fmt: skip
    _join(family, "child_in_law", full_name="Hà Thị Lan", sex="M", birth_date=family.lan.birth_date)
    assert family.lan.memberships.count() == 2


def test_no_second_head_and_nobody_before_birth(family: SimpleNamespace) -> None:
    for facts, relation, field in (
        ({}, "head", "relation"),
        ({"birth_date": dt.date(2024, 10, 5)}, "grandchild", "happened_on"),
    ):
        with pytest.raises(Invalid) as refused:
            _join(family, relation, **facts)  # type: ignore[arg-type]
        assert list(refused.value.fields) == [field]
