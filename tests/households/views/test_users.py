"""Accounts and assignments in the browser."""

import datetime as dt
from collections.abc import Callable

from django.test import Client
from django.urls import reverse

from households import clock
from households.choices import Role
from households.models import Area, Assignment, AuditEvent, User
from tests.factories import areas, users
from tests.households.conftest import World

LogIn = Callable[[User], Client]


def admin_of(world: World) -> User:
    return users.user("admin", Role.ADMINISTRATOR, world.province)


def test_an_administrator_makes_an_account_and_its_owner_sets_the_password(
    world: World, logged_in: LogIn
) -> None:
    admin = logged_in(admin_of(world))
    given = {
        "username": "moi",
        "full_name": "Lý Thị Mới",
        "phone": "",
        "role": Role.REVIEWER,
        "unit": world.commune.pk,
        "village": "thon mot",
    }
    assert admin.post(reverse("households:user_new"), given).status_code == 302
    made = User.objects.get(username="moi")
    assert made.assignments.get().area == world.village
    assert not made.has_usable_password()
    page = admin.post(reverse("households:user_link", args=[made.pk]))
    link = page.context["link"]
    stranger = Client()
    form = stranger.get(link, follow=True)
    new = {"new_password1": "mot-mat-khau-dai-9", "new_password2": "mot-mat-khau-dai-9"}
    stranger.post(form.request["PATH_INFO"], new)
    made.refresh_from_db()
    assert made.check_password("mot-mat-khau-dai-9")
    assert "validlink" in Client().get(link, follow=True).context
    assert not Client().get(link, follow=True).context["validlink"]
    assert AuditEvent.objects.filter(verb="user.one_time_link", object_id=made.pk).exists()


def test_a_department_does_not_lift_anyone_to_administrator(world: World, logged_in: LogIn) -> None:
    department = logged_in(users.user("so", Role.DEPARTMENT, world.province))
    given = {"username": "x", "full_name": "X", "unit": world.province.pk, "village": ""}
    answer = department.post(reverse("households:user_new"), given | {"role": Role.ADMINISTRATOR})
    assert answer.status_code == 422
    assert not User.objects.filter(username="x").exists()


def test_a_department_cannot_take_over_an_administrators_account(
    world: World, logged_in: LogIn
) -> None:
    admin = admin_of(world)
    department = logged_in(users.user("so", Role.DEPARTMENT, world.province))
    answer = department.post(reverse("households:user_link", args=[admin.pk]))
    assert answer.status_code == 403


def test_an_account_of_another_province_does_not_exist(world: World, logged_in: LogIn) -> None:
    elsewhere = areas.province(code="19", name="Tỉnh Khác")
    stranger = users.user("xa", Role.DEPARTMENT, elsewhere)
    admin = logged_in(admin_of(world))
    assert admin.get(reverse("households:user", args=[stranger.pk])).status_code == 404
    held = stranger.assignments.get()
    assert admin.post(reverse("households:assignment_end", args=[held.pk])).status_code == 404


def test_a_reviewer_manages_no_accounts(world: World, logged_in: LogIn) -> None:
    client = logged_in(users.user("reviewer", Role.REVIEWER, world.village))
    for name in ("user_list", "user_new"):
        assert client.get(reverse(f"households:{name}")).status_code == 403


def test_an_assignment_is_given_and_ended(world: World, logged_in: LogIn) -> None:
    admin = logged_in(admin_of(world))
    given = {"role": Role.REVIEWER, "unit": world.other_commune.pk, "village": ""}
    url = reverse("households:user_assign", args=[world.officer.pk])
    assert admin.post(url, given).status_code == 302
    assert admin.post(url, given).status_code == 422
    held = Assignment.objects.get(user=world.officer, role=Role.REVIEWER)
    end = reverse("households:assignment_end", args=[held.pk])
    assert admin.get(end).status_code == 405
    assert admin.post(end).status_code == 302
    assert not Assignment.objects.filter(pk=held.pk).exists()


def test_a_village_is_found_until_its_last_day(world: World, logged_in: LogIn) -> None:
    admin = logged_in(admin_of(world))
    url = reverse("households:user_assign", args=[world.officer.pk])
    given = {"role": Role.REVIEWER, "unit": world.commune.pk, "village": world.village.name}
    villages = Area.objects.filter(pk=world.village.pk)
    villages.update(valid_to=clock.today() - dt.timedelta(days=1))
    assert admin.post(url, given).status_code == 422
    villages.update(valid_to=clock.today() + dt.timedelta(days=1))
    assert admin.post(url, given).status_code == 302


def test_a_wrong_village_and_a_taken_name_are_told_at_their_fields(
    world: World, logged_in: LogIn
) -> None:
    admin = logged_in(admin_of(world))
    given = {"username": "OFFICER", "full_name": "X", "role": Role.REVIEWER}
    page = admin.post(
        reverse("households:user_new"), given | {"unit": world.commune.pk, "village": "Không có"}
    )
    assert "village" in page.context["form"].errors
    page = admin.post(
        reverse("households:user_new"), given | {"unit": world.commune.pk, "village": ""}
    )
    assert "username" in page.context["form"].errors
