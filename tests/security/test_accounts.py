"""Nobody lifts himself up, reaches into another province, or takes over someone else's account."""

import datetime as dt
from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from households import policies
from households.choices import Role
from households.errors import Conflict, Refused
from households.models import Area, Assignment, User
from households.models.users import SYSTEM_USERNAME
from households.services import users as accounts
from households.services.system_user import system_user
from tests.factories import users
from tests.security.conftest import TODAY, Register

pytestmark = pytest.mark.django_db
LogIn = Callable[[User], Client]


def assign(client: Client, user: User, role: str, area: Area, village: str = "") -> int:
    url = reverse("households:user_assign", args=[user.pk])
    given = {"role": role, "unit": area.pk, "village": village}
    return client.post(url, given).status_code


def make(client: Client, role: str, area: Area, username: str = "moi") -> int:
    given = {"username": username, "full_name": "Lý Mới", "role": role, "unit": area.pk}
    return client.post(reverse("households:user_new"), given).status_code


@pytest.mark.parametrize("role", sorted(policies.GIVEN_BY_ADMINISTRATORS))
def test_a_department_gives_no_high_role_to_anyone(
    register: Register, logged_in: LogIn, role: Role
) -> None:
    client = logged_in(register.people[Role.DEPARTMENT])
    assert make(client, role, register.commune) == 422
    assert assign(client, register.officer, role, register.commune) == 422
    assert not Assignment.objects.filter(user=register.officer, role=role).exists()


@pytest.mark.parametrize("by", [Role.DEPARTMENT, Role.ADMINISTRATOR])
@pytest.mark.parametrize("role", [role for role in Role if role != Role.API_CLIENT])
def test_nobody_gives_himself_a_role(
    register: Register, logged_in: LogIn, by: Role, role: Role
) -> None:
    """Who hands out keys does not enter families' houses with them."""
    user = register.people[by]
    held = Assignment.objects.filter(user=user).count()
    assert assign(logged_in(user), user, role, register.commune) == 422
    assert Assignment.objects.filter(user=user).count() == held


@pytest.mark.parametrize("role", ["SYSTEM", "API_CLIENT", "superuser", ""])
def test_a_role_that_is_not_for_persons_is_not_given(
    register: Register, logged_in: LogIn, role: str
) -> None:
    client = logged_in(register.people[Role.ADMINISTRATOR])
    assert make(client, role, register.commune) == 422
    assert assign(client, register.officer, role, register.commune) == 422


@pytest.mark.parametrize("by", [Role.DEPARTMENT, Role.ADMINISTRATOR])
def test_another_province_is_out_of_reach(register: Register, logged_in: LogIn, by: Role) -> None:
    elsewhere = register.stranger_administrator.assignments.get().area
    client = logged_in(register.people[by])
    assert make(client, Role.REVIEWER, elsewhere) == 422
    assert assign(client, register.officer, Role.REVIEWER, elsewhere) == 422
    stranger = register.stranger_administrator
    assert assign(client, stranger, Role.REVIEWER, register.commune) == 404
    link = reverse("households:user_link", args=[stranger.pk])
    assert client.post(link).status_code == 404


def test_a_village_of_another_commune_is_not_found_by_its_name(
    register: Register, logged_in: LogIn
) -> None:
    client = logged_in(register.people[Role.ADMINISTRATOR])
    strange = register.stranger_village.name
    assert assign(client, register.officer, Role.REVIEWER, register.commune, strange) == 422


def test_a_commune_officer_of_both_does_not_lend_his_second_area(
    register: Register, logged_in: LogIn
) -> None:
    """An account that works in two provinces is known in both, but its link takes the right to
    give all that it holds."""
    elsewhere = register.stranger_administrator.assignments.get().area
    both = users.user("hai_noi", Role.REVIEWER, register.commune)
    Assignment.objects.create(user=both, role=Role.REVIEWER, area=elsewhere, valid_from=users.START)
    client = logged_in(register.people[Role.ADMINISTRATOR])
    assert client.get(reverse("households:user", args=[both.pk])).status_code == 200
    assert client.post(reverse("households:user_link", args=[both.pk])).status_code == 403
    strange = both.assignments.get(area=elsewhere)
    end = reverse("households:assignment_end", args=[strange.pk])
    assert client.post(end).status_code == 404


def test_an_account_that_will_be_high_is_not_taken_over_before(register: Register) -> None:
    soon = users.user("sap_len", Role.REVIEWER, register.commune)
    Assignment.objects.create(
        user=soon,
        role=Role.ADMINISTRATOR,
        area=register.province,
        valid_from=TODAY + dt.timedelta(days=1),
    )
    with pytest.raises(Refused):
        accounts.one_time_link(user=soon, by=register.people[Role.DEPARTMENT])


def test_a_deactivated_account_gets_no_link_and_gives_nothing(register: Register) -> None:
    gone = register.people[Role.REVIEWER]
    gone.is_active = False
    gone.save()
    administrator = register.people[Role.ADMINISTRATOR]
    with pytest.raises(Refused):
        accounts.one_time_link(user=gone, by=administrator)
    administrator.is_active = False
    with pytest.raises(Refused):
        accounts.assign(
            user=register.officer, role=Role.REVIEWER, area=register.village, by=administrator
        )


@pytest.mark.parametrize("name", [SYSTEM_USERNAME, "System", "ｓｙｓｔｅｍ"])
@pytest.mark.parametrize("is_there", [True, False])
def test_nobody_becomes_the_system(register: Register, name: str, is_there: bool) -> None:
    """The name of the system acts everywhere; it is not given out, not even before its account
    is made, and its account belongs to nobody."""
    if not is_there:
        User.objects.filter(username=SYSTEM_USERNAME).update(username="away")
    with pytest.raises(Conflict):
        accounts.create_user(
            username=name,
            full_name="Kẻ Mạo Danh",
            role=Role.REVIEWER,
            area=register.commune,
            by=register.people[Role.ADMINISTRATOR],
        )


def test_the_systems_account_is_nobodys(register: Register, logged_in: LogIn) -> None:
    client = logged_in(register.people[Role.ADMINISTRATOR])
    system = system_user()
    assert assign(client, system, Role.REVIEWER, register.commune) == 404
    link = reverse("households:user_link", args=[system.pk])
    assert client.post(link).status_code == 404
    with pytest.raises(Refused):
        accounts.one_time_link(user=system, by=register.people[Role.ADMINISTRATOR])


def test_names_that_look_alike_to_the_log_in_are_one_name(register: Register) -> None:
    """The log-in normalises what is typed; an account stored otherwise could never enter."""
    made = accounts.create_user(
        username="ｃａｎｂｏ",
        full_name="Lý Mới",
        role=Role.REVIEWER,
        area=register.commune,
        by=register.people[Role.ADMINISTRATOR],
    )
    assert made.username == "canbo"
    with pytest.raises(Conflict):
        accounts.create_user(
            username="CANBO",
            full_name="Lý Hai",
            role=Role.REVIEWER,
            area=register.commune,
            by=register.people[Role.ADMINISTRATOR],
        )


def test_djangos_own_flags_give_no_right(register: Register, logged_in: LogIn) -> None:
    flagged = User.objects.create(username="co", is_staff=True, is_superuser=True)
    client = logged_in(flagged)
    page = reverse("households:household", args=[register.household.pk])
    assert client.get(page).status_code == 403
    assert client.get(reverse("households:user_list")).status_code == 403
    assert client.get(reverse("admin:index")).status_code == 302
