"""Every order goes through all households, forwards and backwards, without gap or repeat."""

import pytest

from households.choices import Role
from households.models import HouseholdCard, User
from households.queries.household_search import Wanted, find, numbers_by_village
from households.queries.list_order import COLUMNS, Order
from tests.factories import areas, people, users


@pytest.fixture
def officer(db: None) -> User:
    """Of a province of two communes whose villages, names and sizes do not come in one order."""
    province = areas.province()
    officer = users.user("department", Role.DEPARTMENT, province)
    first, second = areas.commune(province, name="Yên Lạc"), areas.commune(province, code="01900")
    villages = [
        areas.village(first, name="Nà Cà"),
        areas.village(first, name="Đồng Á"),
        areas.village(second, name="Nà Cà"),
    ]
    for number, name in enumerate(("Lý Ba", "Án Hai", "Đặng Một", "Lý Ba", "Bế Sáu", "án Hai")):
        members = [people.person(f"{name} {one}") for one in range(number % 3)]
        people.household(villages[number % 3], people.person(name), *members)
    return officer


ORDERS = [Order(by, is_descending) for by in COLUMNS for is_descending in (False, True)]


def walked(officer: User, order: Order) -> list[HouseholdCard]:
    """One household at a time, each found from the place of the one before."""
    rest, seen = order.sorted(find(officer, Wanted())), []
    while one := (order.after(rest, order.place_of(seen[-1])) if seen else rest).first():
        seen.append(one)
    return seen


@pytest.mark.parametrize("order", ORDERS, ids=lambda order: order.text)
def test_place_by_place_gives_the_whole_list_in_order(officer: User, order: Order) -> None:
    whole = list(order.sorted(find(officer, Wanted())))
    assert len(whole) == 6
    assert walked(officer, order) == whole
    last = order.place_of(whole[-1])
    assert list(order.before(order.sorted(find(officer, Wanted())), last)) == whole[:-1]


def pages(officer: User, order: Order, size: int) -> list[HouseholdCard]:
    """The list page by page, each among the villages ahead only."""
    cards, seen = find(officer, Wanted()), []
    numbers = numbers_by_village(cards)
    for __ in range(6):
        place = order.place_of(seen[-1]) if seen else None
        ahead = order.villages_ahead(numbers, place, back=False, enough=size)
        page = order.sorted(cards.filter(village__in=ahead))
        seen += (order.after(page, place) if place else page)[:size]
    return seen


@pytest.mark.parametrize("size", [1, 2, 4])
@pytest.mark.parametrize("order", [one for one in ORDERS if one.goes_by_village], ids=str)
def test_the_villages_ahead_hold_the_next_page(officer: User, order: Order, size: int) -> None:
    whole = list(order.sorted(find(officer, Wanted())))
    assert pages(officer, order, size) == whole


@pytest.mark.parametrize("order", [one for one in ORDERS if one.goes_by_village], ids=str)
def test_the_villages_behind_hold_the_page_before(officer: User, order: Order) -> None:
    cards = find(officer, Wanted())
    whole = list(order.sorted(cards))
    for at in range(1, 6):
        place = order.place_of(whole[at])
        behind = order.villages_ahead(numbers_by_village(cards), place, back=True, enough=2)
        before = order.before(order.sorted(cards.filter(village__in=behind)), place)
        assert list(before)[-2:] == whole[max(0, at - 2) : at]


def test_a_page_by_village_reads_no_more_villages_than_it_needs(officer: User) -> None:
    numbers = numbers_by_village(find(officer, Wanted()))
    assert sum(numbers.values()) == 6
    assert len(Order("village").villages_ahead(numbers, None, back=False, enough=1)) == 1
    # Two villages of one name stand at one place of the order.
    assert len(Order("village", True).villages_ahead(numbers, None, back=False, enough=1)) == 2
    assert len(Order("commune", True).villages_ahead(numbers, None, back=False, enough=1)) == 1


@pytest.mark.parametrize("by", COLUMNS)
def test_descending_is_ascending_from_the_other_end(officer: User, by: str) -> None:
    found = find(officer, Wanted())
    assert list(Order(by, True).sorted(found)) == list(Order(by).sorted(found))[::-1]


def test_accents_do_not_change_the_order_of_names(officer: User) -> None:
    names = [one.head_name for one in Order("name").sorted(find(officer, Wanted()))]
    assert names == ["Án Hai", "án Hai", "Bế Sáu", "Đặng Một", "Lý Ba", "Lý Ba"]


def test_members_are_sorted_as_numbers(officer: User) -> None:
    sizes = [one.members for one in Order("members").sorted(find(officer, Wanted()))]
    assert sizes == [1, 1, 2, 2, 3, 3]


def test_a_click_on_the_same_column_turns_the_order() -> None:
    assert Order("name").turned("name").text == "-name"
    assert Order("name", True).turned("name").text == "name"
    assert Order("name", True).turned("members").text == "members"


@pytest.mark.parametrize("text", ["", "-", "price", "--name", "name,code"])
def test_what_is_no_order_is_the_order_by_name(text: str) -> None:
    assert Order.read(text) == Order()


@pytest.mark.parametrize("values", [["a"], ["a", "1"], [1, 1], ["a", True], "ab", {"a": 1}, None])
def test_a_place_of_another_shape_is_none(values: object) -> None:
    assert not Order().is_place(values)
