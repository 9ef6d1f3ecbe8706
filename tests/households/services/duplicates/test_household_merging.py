"""Two entries of one household: alike members become one, the rest joins, one entry ends."""

from types import SimpleNamespace

import pytest

from households.choices import HouseholdEventKind, Relation, Role
from households.choices.duplicates import PairKind
from households.errors import Refused
from households.models import (
    DuplicateMerge,
    DuplicatePair,
    HouseholdEvent,
    HouseholdKey,
    Membership,
    StatusPeriod,
)
from households.services import surveys
from households.services.duplicates import finding, merging, undoing
from households.services.duplicates.merging import Chosen
from households.services.system_user import system_user
from tests.factories import duplicates as make
from tests.factories import people, reviews, users
from tests.households.conftest import World
from tests.households.services.duplicates.test_undoing import tables


@pytest.fixture
def moved(world: World) -> SimpleNamespace:
    """A family of three; it moved, and was entered again with a child born meanwhile."""
    old = [
        make.entry("Giàng A Dế", "M", "03/04/1970"),
        make.entry("Vàng Thị Mo", "F", "04/05/1972", "006172123456"),
        make.entry("Giàng A Pủa", "M", "05/06/1998"),
    ]
    new = [
        make.entry("GIANG A DE", "M", "03/04/1970", "006070123456"),
        make.entry("Vàng Thị Mo", "F", "05/04/1972"),
        make.entry("Dàng A Pủa", "M", "05/06/1998"),
        make.entry("Giàng Thị Mới", "F", "01/02/2023"),
    ]
    homes = [
        people.household(world.village, *old), people.household(world.other_village, *new)
    ]  # fmt: skip
    HouseholdKey.objects.create(source="so", key="H9", household=homes[0])
    finding.find(province=world.province, by=system_user())
    department = users.user("so", Role.DEPARTMENT, world.province)
    return SimpleNamespace(
        old=old, new=new, homes=homes, pair=DuplicatePair.objects.get(), by=department
    )


def merge(moved: SimpleNamespace, kept: str = "b") -> DuplicateMerge:
    return merging.merge(pair=moved.pair, chosen=Chosen(kept, {}), why="Hộ đã chuyển", by=moved.by)


def test_the_members_are_one_each(world: World, moved: SimpleNamespace) -> None:
    assert (moved.pair.kind, "MOVED" in moved.pair.reasons) == (PairKind.HOUSEHOLD, True)
    merge(moved)
    for old, new in zip(moved.old, moved.new, strict=False):
        old.refresh_from_db()
        assert old.merged_into.kept == new
        assert old.personal_id is None
    moved.new[1].refresh_from_db()
    assert moved.new[1].personal_id == "006172123456"
    moved.homes[0].refresh_from_db()
    assert moved.homes[0].end_reason == "MERGED"
    assert not Membership.objects.filter(household=moved.homes[0], valid_to=None).exists()
    assert Membership.objects.filter(household=moved.homes[1], valid_to=None).count() == 4
    assert HouseholdKey.objects.get().household == moved.homes[1]
    kinds = HouseholdEvent.objects.filter(household=moved.homes[0]).values_list("kind", flat=True)
    assert set(kinds) == {HouseholdEventKind.MERGED, HouseholdEventKind.ENDED}


def test_who_is_in_one_entry_alone_joins_with_his_relation(
    world: World, moved: SimpleNamespace
) -> None:
    merge(moved, kept="a")
    joined = Membership.objects.get(person=moved.new[3], valid_to=None)
    assert (joined.household, joined.relation) == (moved.homes[0], Relation.CHILD)


@pytest.mark.parametrize("kept", ["a", "b"])
def test_taken_back_the_tables_are_as_before(
    world: World, moved: SimpleNamespace, kept: str
) -> None:
    before = tables()
    done = merge(moved, kept)
    undoing.undo(merge=done, by=moved.by)
    assert tables() == before


def test_a_form_of_who_stayed_forbids_taking_it_back(world: World, moved: SimpleNamespace) -> None:
    done = merge(moved)
    home = moved.homes[1]
    stranger = users.user("xa", Role.COMMUNE_OFFICER, world.other_commune)
    surveys.start(round=world.round, household=home, by=stranger)
    with pytest.raises(Refused, match="changed the entries"):
        undoing.undo(merge=done, by=moved.by)


def test_what_stands_on_the_list_stays(world: World, moved: SimpleNamespace) -> None:
    past = reviews.periodic(world.province, 2023, reviews.standard())
    reviews.listed(past, world.commune, world.officer, moved.homes[0])
    with pytest.raises(Refused, match="keep that one"):
        merge(moved, kept="b")
    reviews.listed(past, world.other_commune, world.officer, moved.homes[1])
    with pytest.raises(Refused, match="Both households stand on the official list"):
        merge(moved, kept="a")
    assert StatusPeriod.objects.filter(valid_to=None).count() == 2


def test_a_form_whose_lists_are_not_decided_is_not_dropped(
    world: World, moved: SimpleNamespace
) -> None:
    surveys.start(round=world.round, household=moved.homes[0], by=world.officer)
    with pytest.raises(Refused, match="lists are not decided"):
        merge(moved, kept="b")
