"""The page of unconfirmed numbers, and the form beside each."""

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from households.choices import Role
from households.forms.standards import anchor_of
from households.models import Area, Confirmation, PovertyStandard, User
from households.services import standards
from households.services.system_user import system_user
from tests.factories import areas, users
from tests.factories import standards as make

pytestmark = pytest.mark.django_db
AREA = "indicators.house_area.parameters.area_per_member"
PAGE = reverse("households:unconfirmed_numbers")
CONFIRM = reverse("households:confirm_number", args=["std_try"])


@pytest.fixture
def province() -> Area:
    return areas.province()


@pytest.fixture
def standard() -> PovertyStandard:
    return make.standard()


@pytest.fixture
def department(client: Client, province: Area) -> User:
    user = users.user("so", Role.DEPARTMENT, province)
    client.force_login(user)
    return user


def given(**changes: str) -> dict[str, str]:
    return {"path": AREA, "value": "8", "source": "Phụ lục I", "shown": "std_try", **changes}


class TestPage:
    def test_lists_every_number_those_that_block_first(
        self, client: Client, standard: PovertyStandard, department: User
    ) -> None:
        response = client.get(PAGE)
        (group,) = response.context["groups"]
        assert group["rows"][0].reading.path == AREA
        assert response.context["waiting"] == 2

    def test_opens_the_form_beside_a_number(
        self, client: Client, standard: PovertyStandard, department: User
    ) -> None:
        anchor = anchor_of("std_try", AREA)
        (group,) = client.get(PAGE, {"open": anchor}).context["groups"]
        assert [row.anchor for row in group["rows"] if row.form] == [anchor]

    def test_can_show_one_standard_only(
        self, client: Client, standard: PovertyStandard, department: User
    ) -> None:
        make.standard(
            make.standard_document("std_b", valid_from="2030-01-01", valid_to="2030-12-31")
        )
        groups = client.get(PAGE, {"standard": "std_b"}).context["groups"]
        assert [group["standard"].code for group in groups] == ["std_b"]
        assert len(client.get(PAGE).context["groups"]) == 2

    def test_who_may_not_confirm_sees_no_form(
        self, client: Client, standard: PovertyStandard, province: Area
    ) -> None:
        client.force_login(users.user("can_bo_xa", Role.COMMUNE_OFFICER, areas.commune(province)))
        (group,) = client.get(PAGE, {"open": anchor_of("std_try", AREA)}).context["groups"]
        assert group["why_not"]
        assert not any(row.form for row in group["rows"])

    def test_says_who_confirmed_what_when(
        self, client: Client, standard: PovertyStandard, department: User
    ) -> None:
        client.post(CONFIRM, given())
        text = client.get(PAGE).content.decode()
        assert department.full_name in text
        assert "Phụ lục I" in text

    def test_an_unknown_filter_shows_all(
        self, client: Client, standard: PovertyStandard, department: User
    ) -> None:
        assert len(client.get(PAGE, {"standard": "x"}).context["groups"]) == 1

    def test_ids_of_the_page_are_unique(self, client: Client, department: User) -> None:
        standards.load(by=system_user())
        groups = client.get(PAGE).context["groups"]
        anchors = [row.anchor for group in groups for row in group["rows"]]
        assert len(anchors) == len(set(anchors))

    def test_its_queries_do_not_grow_with_the_numbers(
        self,
        client: Client,
        department: User,
        django_assert_max_num_queries: DjangoAssertNumQueries,
    ) -> None:
        standards.load(by=system_user())
        with django_assert_max_num_queries(10):
            client.get(PAGE)


class TestConfirm:
    def test_the_department_confirms(
        self, client: Client, standard: PovertyStandard, department: User
    ) -> None:
        response = client.post(CONFIRM, given())
        assert response.status_code == 302
        assert Confirmation.objects.get().confirmed_by == department

    def test_another_value_is_written_as_one_writes_it_here(
        self, client: Client, standard: PovertyStandard, department: User
    ) -> None:
        client.post(CONFIRM, given(value="7,5"))
        assert Confirmation.objects.get().value == "7.5"

    def test_without_a_value_the_one_that_stands_is_meant(
        self, client: Client, standard: PovertyStandard, department: User, province: Area
    ) -> None:
        make.result(standard, areas.village(areas.commune(province)))
        client.post(CONFIRM, given(value="9"))
        assert Confirmation.objects.get().value == 8

    def test_another_role_is_refused(
        self, client: Client, standard: PovertyStandard, province: Area
    ) -> None:
        client.force_login(users.user("can_bo_xa", Role.COMMUNE_OFFICER, areas.commune(province)))
        assert client.post(CONFIRM, given()).status_code == 403
        assert not Confirmation.objects.exists()

    def test_another_province_does_not_confirm_a_provinces_own(
        self, client: Client, department: User
    ) -> None:
        other = areas.province("19", "Tỉnh Khác")
        make.standard(make.standard_document(owner="PROVINCE"), owner=other)
        assert client.post(CONFIRM, given()).status_code == 403

    def test_an_unknown_standard_or_number_is_not_found(
        self, client: Client, standard: PovertyStandard, department: User
    ) -> None:
        elsewhere = reverse("households:confirm_number", args=["std_x"])
        assert client.post(elsewhere, given()).status_code == 404
        assert client.post(CONFIRM, given(path="lines.gone")).status_code == 404

    def test_is_not_read(self, client: Client, standard: PovertyStandard, department: User) -> None:
        assert client.get(CONFIRM).status_code == 405

    @pytest.mark.parametrize(
        ("changes", "field"),
        [({"source": ""}, "source"), ({"value": "nhiều"}, "value"), ({"value": ""}, "value")],
    )
    def test_what_is_wrong_is_told_at_its_field_and_nothing_typed_is_lost(
        self,
        client: Client,
        standard: PovertyStandard,
        department: User,
        changes: dict[str, str],
        field: str,
    ) -> None:
        response = client.post(CONFIRM, given(**changes))
        assert response.status_code == 422
        typed = response.context["typed"]
        assert list(typed.errors) == [field]
        assert typed.data["source"] == given(**changes)["source"]
