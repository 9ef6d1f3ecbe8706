"""Members leave and die, and someone always is the head."""

import datetime as dt
from types import SimpleNamespace

import pytest

from households.errors import Invalid, Refused
from households.models import AuditEvent, HouseholdEvent
from households.services.household_acts import members
from tests.factories import people
from tests.households.services.household_acts.conftest import roster

DAY = dt.date(2024, 10, 1)


def _last_day(family: SimpleNamespace, name: str) -> dt.date | None:
    last: dt.date | None = getattr(family, name).memberships.latest("valid_from").valid_to
    return last


def test_who_leaves_belongs_no_longer_from_that_day(family: SimpleNamespace) -> None:
    members.leave(household=family.household, person=family.lan, happened_on=DAY, by=family.officer)
    assert "Hà Thị Lan" not in roster(family.household)
    assert _last_day(family, "lan") == dt.date(2024, 9, 30)
    assert HouseholdEvent.objects.get().person == family.lan


def test_who_died_belongs_until_that_day(family: SimpleNamespace) -> None:
    members.die(household=family.household, person=family.mai, happened_on=DAY, by=family.officer)
    family.mai.refresh_from_db()
    assert (family.mai.died_on, _last_day(family, "mai")) == (DAY, DAY)


def test_when_the_head_dies_another_takes_over_and_relations_follow(
    family: SimpleNamespace,
) -> None:
    members.die(
        household=family.household, person=family.hoa, happened_on=DAY, new_head=family.mai,
        by=family.officer,
    )  # fmt: skip
    assert roster(family.household) == {
        "Lý Thị Mai": "head",
        "Nông Văn Nam": "child",
        "Hà Thị Lan": "child_in_law",
    }
    head = family.mai.memberships.get(relation="head")
    assert head.valid_from == DAY + dt.timedelta(days=1)


@pytest.mark.parametrize("act", [members.leave, members.die])
def test_the_head_does_not_go_without_a_successor(family: SimpleNamespace, act: object) -> None:
    for successor in (None, family.hoa):
        with pytest.raises(Invalid) as refused:
            act(  # type: ignore[operator]
                household=family.household, person=family.hoa, happened_on=DAY,
                new_head=successor, by=family.officer,
            )  # fmt: skip
        assert list(refused.value.fields) == ["new_head"]
    assert not AuditEvent.objects.exists()


def test_with_its_last_member_a_household_ends_but_nobody_just_leaves_it(
    family: SimpleNamespace,
) -> None:
    alone = people.household(family.village, people.person("Lý Văn Một"))
    person = alone.memberships.get().person
    with pytest.raises(Invalid) as refused:
        members.leave(household=alone, person=person, happened_on=DAY, by=family.officer)
    assert list(refused.value.fields) == ["person"]
    members.die(household=alone, person=person, happened_on=DAY, by=family.officer)
    alone.refresh_from_db()
    assert (alone.ended_on, alone.end_reason) == (DAY, "ALL_DIED")


def test_another_head_changes_all_relations_from_that_day(family: SimpleNamespace) -> None:
    members.change_head(
        household=family.household, new_head=family.nam, happened_on=DAY, by=family.officer
    )
    assert roster(family.household) == {
        "Nông Văn Hòa": "parent",
        "Lý Thị Mai": "parent",
        "Nông Văn Nam": "head",
        "Hà Thị Lan": "other",
    }
    family.household.card.refresh_from_db()
    assert family.household.card.head_name == "Nông Văn Nam"
    assert family.hoa.memberships.get(relation="head").valid_to == dt.date(2024, 9, 30)


def test_a_stranger_to_the_household_or_the_commune_is_refused(family: SimpleNamespace) -> None:
    outsider = people.person("Người Ngoài")
    with pytest.raises(Invalid) as refused:
        members.leave(
            household=family.household, person=outsider, happened_on=DAY, by=family.officer
        )
    assert list(refused.value.fields) == ["person"]
    with pytest.raises(Refused):
        members.change_head(
            household=family.household, new_head=family.nam, happened_on=DAY, by=family.stranger
        )
