"""Pages of accounts: whose accounts one finds, what may be given, and what the list costs."""

from collections.abc import Callable

from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from households.choices import AreaType, Role, TraitKind
from households.models import AreaTrait, Assignment, User
from tests.factories import areas, users
from tests.households.conftest import World

LogIn = Callable[[User], Client]
LIST = reverse("households:user_list")
QUERIES = 7


def test_the_commune_finds_its_own_accounts_and_makes_those_of_its_villages(
    world: World, logged_in: LogIn
) -> None:
    head = users.user("truong_thon", Role.VILLAGE_HEAD, world.village)
    strange = users.user("nguoi_la", Role.VILLAGE_HEAD, world.other_village)
    client = logged_in(world.officer)
    page = client.get(LIST).content.decode()
    assert head.full_name in page
    assert strange.full_name not in page
    assert client.post(reverse("households:user_link", args=[head.pk])).status_code == 200
    assert client.post(reverse("households:user_link", args=[strange.pk])).status_code == 404
    own = client.post(reverse("households:user_link", args=[world.officer.pk]))
    assert own.status_code == 403
    new = {
        "username": "moi",
        "full_name": "Lý Mới",
        "role": Role.REVIEWER,
        "unit": world.commune.pk,
        "village": world.village.name,
    }
    assert client.post(reverse("households:user_new"), new).status_code == 302
    assert Assignment.objects.get(user__username="moi").area == world.village
    for role in (Role.COMMUNE_OFFICER, Role.COMMUNE_CHAIR, Role.DEPARTMENT):
        again = new | {"username": role, "role": role, "village": ""}
        assert client.post(reverse("households:user_new"), again).status_code == 422


def test_a_ward_is_called_a_ward(world: World, logged_in: LogIn) -> None:
    ward = areas.commune(world.province, "01840", "Đức Xuân")
    AreaTrait.objects.create(
        area=ward, kind=TraitKind.TYPE, value=AreaType.WARD, valid_from=areas.START
    )
    account = users.user("phuong", Role.COMMUNE_OFFICER, ward)
    client = logged_in(users.user("root", Role.ADMINISTRATOR, world.province))
    assert "Đức Xuân (Ward, 01840)" in client.get(reverse("households:user_new")).content.decode()
    page = client.get(reverse("households:user", args=[account.pk])).content.decode()
    assert 'Đức Xuân <span class="soft">Ward</span>' in page


def test_the_list_costs_the_same_for_one_account_and_for_twenty(
    world: World, logged_in: LogIn, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    client = logged_in(world.officer)
    with django_assert_num_queries(QUERIES):
        client.get(LIST)
    for number in range(20):
        users.user(f"u{number}", Role.REVIEWER, world.village)
    with django_assert_num_queries(QUERIES):
        client.get(LIST)
