"""Pages of the standards: everyone logged in reads them, in words."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from households.choices import PointTableState, Role
from households.models import PovertyStandard, User
from households.services import standards
from households.services.system_user import system_user
from tests.factories import areas, users
from tests.factories import standards as make

pytestmark = pytest.mark.django_db
LIST = reverse("households:standard_list")


@pytest.fixture
def officer() -> User:
    commune = areas.commune(areas.province())
    return users.user("can_bo_xa", Role.COMMUNE_OFFICER, commune)


@pytest.fixture
def page(client: Client, officer: User) -> Client:
    client.force_login(officer)
    return client


@pytest.fixture
def standard() -> PovertyStandard:
    return make.standard()


def detail(code: str) -> str:
    return reverse("households:standard", args=[code])


class TestList:
    def test_says_what_waits_and_which_table_scores(
        self, page: Client, standard: PovertyStandard
    ) -> None:
        make.point_table(standard, system_user(), state=PointTableState.IN_FORCE)
        response = page.get(LIST)
        (row,) = response.context["rows"]
        assert (row.waiting, row.blocking) == (2, 1)
        assert "Bảng điểm thử" in response.content.decode()

    def test_a_visitor_is_sent_to_the_login(self, client: Client) -> None:
        assert client.get(LIST).status_code == 302

    def test_is_not_written_to(self, page: Client) -> None:
        assert page.post(LIST).status_code == 405

    def test_without_standards_says_what_to_do(self, page: Client) -> None:
        assert page.get(LIST).status_code == 200

    def test_costs_the_same_for_one_standard_and_for_three(self, page: Client) -> None:
        make.standard(make.standard_document(valid_from="1990-01-01", valid_to="1990-12-31"))
        with CaptureQueriesContext(connection) as one:
            page.get(LIST)
        standards.load(by=system_user())
        with CaptureQueriesContext(connection) as four:
            page.get(LIST)
        assert len(four) == len(one) <= 8


class TestDetail:
    def test_reads_like_the_law(self, page: Client, standard: PovertyStandard) -> None:
        text = page.get(detail(standard.code)).content.decode()
        assert "Mức chuẩn nghèo" in text
        assert "1.500.000" in text
        assert "Diện tích nhà ở" in text
        assert "Chưa đối chiếu văn bản" in text

    def test_a_doubt_does_not_take_the_place_of_the_area(self, page: Client) -> None:
        standards.load(by=system_user())
        text = page.get(detail("std_2016")).content.decode()
        assert "Nông thôn: điểm B1" in text
        assert "Thành thị: điểm B1" in text

    @pytest.mark.parametrize("code", ["std_2016", "std_2022", "std_2027"])
    @pytest.mark.parametrize("language", ["vi", "en"])
    def test_every_shipped_standard_can_be_read(
        self, page: Client, code: str, language: str
    ) -> None:
        standards.load(by=system_user())
        response = page.get(detail(code), headers={"accept-language": language})
        assert response.status_code == 200

    def test_only_the_department_may_enter_tables(
        self, page: Client, standard: PovertyStandard
    ) -> None:
        assert page.get(detail(standard.code)).context["why_not_enter"]

    def test_an_unknown_one_is_not_found(self, page: Client) -> None:
        assert page.get(detail("std_1999")).status_code == 404

    def test_is_not_written_to(self, page: Client, standard: PovertyStandard) -> None:
        assert page.post(detail(standard.code)).status_code == 405

    def test_costs_a_fixed_number_of_queries(
        self, page: Client, django_assert_max_num_queries: DjangoAssertNumQueries
    ) -> None:
        standards.load(by=system_user())
        with django_assert_max_num_queries(8):
            page.get(detail("std_2022"))
