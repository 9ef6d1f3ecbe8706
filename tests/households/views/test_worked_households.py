"""Entering and removing worked households beside a draft."""

import pytest
from django.test import Client
from django.urls import reverse

from households.choices import PointTableState, Role
from households.models import Area, PointTable, User
from tests.factories import areas, users
from tests.factories import standards as make

pytestmark = pytest.mark.django_db
NEW = reverse("households:worked_household_new", args=["table_try"])
TYPED = {
    "name": "Hộ ông Thử",
    "variant": "NT2",
    "expected_b1_points": "15",
    "answers.motorbike": "yes",
    "answers.tv": "no",
}


@pytest.fixture
def province() -> Area:
    return areas.province()


@pytest.fixture
def department(client: Client, province: Area) -> User:
    user = users.user("so", Role.DEPARTMENT, province)
    client.force_login(user)
    return user


@pytest.fixture
def draft(department: User) -> PointTable:
    return make.point_table(make.standard(), department)


def test_is_entered_and_checked_at_once(client: Client, draft: PointTable) -> None:
    assert client.post(NEW, TYPED).status_code == 302
    page = client.get(reverse("households:point_table", args=["table_try"]))
    ((check, variant),) = page.context["checks"]
    assert (check.computed, check.agrees) == (15, True)
    assert variant == "Trung du và miền núi"


def test_can_be_removed(client: Client, draft: PointTable) -> None:
    client.post(NEW, TYPED)
    worked = draft.worked_households.get()
    client.post(reverse("households:worked_household_remove", args=["table_try", worked.pk]))
    assert not draft.worked_households.exists()


def test_another_role_is_refused(client: Client, draft: PointTable, province: Area) -> None:
    client.post(NEW, TYPED)
    worked = draft.worked_households.get()
    client.force_login(users.user("can_bo_xa", Role.COMMUNE_OFFICER, areas.commune(province)))
    remove = reverse("households:worked_household_remove", args=["table_try", worked.pk])
    assert client.get(NEW).status_code == 403
    assert client.post(NEW, TYPED).status_code == 403
    assert client.post(remove).status_code == 403
    assert draft.worked_households.count() == 1


def test_a_table_in_force_takes_none(client: Client, draft: PointTable) -> None:
    PointTable.objects.update(state=PointTableState.IN_FORCE)
    assert client.post(NEW, TYPED).status_code == 403


def test_unknown_ones_are_not_found(client: Client, draft: PointTable) -> None:
    gone = reverse("households:worked_household_remove", args=["table_try", 0])
    assert client.post(gone).status_code == 404
    elsewhere = reverse("households:worked_household_new", args=["none"])
    assert client.get(elsewhere).status_code == 404


def test_is_not_removed_by_reading(client: Client, draft: PointTable) -> None:
    gone = reverse("households:worked_household_remove", args=["table_try", 0])
    assert client.get(gone).status_code == 405


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"name": ""}, "name"),
        ({"variant": "NT9"}, "variant"),
        ({"expected_b1_points": "nhiều"}, "expected_b1_points"),
        ({"answers.tv": ""}, "answers.tv"),
        ({"answers.motorbike": "two"}, "answers.motorbike"),
    ],
)
def test_what_is_wrong_is_told_at_its_field(
    client: Client, draft: PointTable, changes: dict[str, str], field: str
) -> None:
    response = client.post(NEW, {**TYPED, **changes})
    assert response.status_code == 422
    assert list(response.context["form"].errors) == [field]
    assert not draft.worked_households.exists()
