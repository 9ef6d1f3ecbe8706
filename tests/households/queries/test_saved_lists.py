"""A saved list opens by an ordinary address, and says which of its places it has lost."""

import datetime as dt

import pytest
from pytest_django import DjangoAssertNumQueries

from households import clock
from households.choices import Role
from households.models import Area, SavedList, User
from households.queries import saved_lists
from households.queries.household_search import Wanted
from households.queries.list_order import Order
from tests.factories import areas, users


@pytest.fixture
def village(db: None) -> Area:
    return areas.village(areas.commune(areas.province()))


@pytest.fixture
def officer(village: Area) -> User:
    assert village.parent
    return users.user("officer", Role.COMMUNE_OFFICER, village.parent)


def _keep(user: User, name: str, **what: object) -> SavedList:
    return SavedList.objects.create(user=user, name=name, **what)


def test_the_address_is_that_of_the_same_list(officer: User, village: Area) -> None:
    _keep(officer, "Một", poverty_class="POOR", in_round="none", village=village, order="-code")
    found = saved_lists.of_user(officer)[0]
    assert found.query == f"class=POOR&round=none&village={village.pk}&sort=-code"
    wanted = Wanted(words="nong", poverty_class="POOR", in_round="none", village=village)
    assert saved_lists.query_of_list(wanted, Order("code", True)) == found.query
    assert found.lost == []


def test_a_village_that_is_no_longer_is_named_as_lost(officer: User, village: Area) -> None:
    _keep(officer, "Một", village=village)
    Area.objects.filter(pk=village.pk).update(valid_to=clock.today() - dt.timedelta(days=1))
    assert saved_lists.of_user(officer)[0].lost == [village]


def test_a_place_outside_the_users_area_is_named_as_lost(officer: User, village: Area) -> None:
    elsewhere = areas.village(areas.commune(areas.province("19", "Khác"), code="05500"))
    _keep(officer, "Một", commune=elsewhere.parent, village=elsewhere)
    assert saved_lists.of_user(officer)[0].lost == [elsewhere.parent, elsewhere]


def test_only_ones_own_by_name_in_one_query(
    officer: User, village: Area, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for name in ("Đỏ", "An", "Đen"):
        _keep(officer, name, poverty_class="POOR", village=village)
    assert village.parent
    _keep(users.user("other", Role.COMMUNE_OFFICER, village.parent), "Lạ", poverty_class="POOR")
    saved_lists.of_user(officer)  # reads the rights
    with django_assert_num_queries(1):
        found = saved_lists.of_user(officer)
    assert [one.saved.name for one in found] == ["An", "Đen", "Đỏ"]


def test_in_the_practice_area_there_is_none(officer: User) -> None:
    _keep(officer, "Một", poverty_class="POOR")
    officer.is_practising = True
    assert saved_lists.of_user(officer) == []
