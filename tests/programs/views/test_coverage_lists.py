"""The lists behind the figures, on the screen and as files."""

import io

import pytest
import python_calamine
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries, Settings

from households.choices import Role
from households.models import AuditEvent
from programs.choices.coverage import CoverageList
from tests.factories import families, people, users
from tests.programs.conftest import Land, day
from tests.programs.queries.test_standing import given, poor
from tests.programs.views.test_programmes import client_of


@pytest.fixture(autouse=True)
def in_english(settings: Settings) -> None:
    settings.POVREG_TODAY = day("2024-10-15")
    settings.LANGUAGE_CODE = "en"


def address(which: str = "gap", code: str = "loan") -> str:
    return reverse("programs:coverage_list", args=[code, which])


def test_every_list_opens_and_names_who_stands_in_it(land: Land) -> None:
    served = poor(land)
    given(land, served, "loan")
    given(land, served, "loan")
    poor(land, people.person("Nông Thị Em"))
    client = client_of(land.officer)
    for which in CoverageList:
        for code in ("loan", "health_card"):
            assert client.get(address(which, code)).status_code == 200
    page = client.get(address("twice")).content.decode()
    assert served.code in page
    assert "1 household" in page
    assert "Nông Thị Em" in client.get(address("gap", "health_card")).content.decode()
    assert "Nobody stands in this list" in client.get(address("lapsing")).content.decode()


def test_filters_and_pages_of_the_address(land: Land) -> None:
    for _ in range(52):
        poor(land)
    client = client_of(land.officer)
    page = client.get(address()).content.decode()
    assert "Page 1 of 2" in page
    assert "52 households" in page
    assert "Page 2 of 2" in client.get(address(), {"page": "2"}).content.decode()
    assert "Page 1 of 2" in client.get(address(), {"page": "99"}).content.decode()
    village = client.get(address(), {"area": land.village.pk}).content.decode()
    assert "52 households" in village
    ground = client.get(address(), {"ground": "1", "area": land.commune.pk})
    assert ground.status_code == 200


def test_what_does_not_exist_is_not_found(land: Land) -> None:
    client = client_of(land.officer)
    assert client.get(address("nobody")).status_code == 404
    assert client.get(address("gap", "no-such")).status_code == 404
    assert client.get(address(), {"area": land.other_commune.pk}).status_code == 404


def test_a_village_head_sees_his_village_alone(land: Land) -> None:
    own = poor(land)
    beside = people.household(land.other_village, people.person())
    families.on_list(beside, land.other_decision, since=day("2022-01-01"))
    head = users.user("head", Role.VILLAGE_HEAD, land.village)
    page = client_of(head).get(address()).content.decode()
    assert own.code in page
    assert beside.code not in page


def test_a_file_is_given_once_it_is_said_what_for(land: Land) -> None:
    home = poor(land)
    client = client_of(land.officer)
    file = reverse("programs:coverage_list_file", args=["loan", "gap"])
    assert "What is the list for?" in client.get(file).content.decode()
    answer = client.post(file, {"purpose": "REPORT", "note": "", "format": "xlsx"})
    assert answer.status_code == 200
    book = python_calamine.load_workbook(io.BytesIO(b"".join(answer.streaming_content)))
    cells = [cell for row in book.get_sheet_by_index(0).to_python() for cell in row]
    assert home.code in cells
    act = AuditEvent.objects.get(verb="list.download")
    assert act.details["filters"]["programme"] == "loan"
    assert act.details["count"] == 1


def test_a_list_needs_as_many_queries_for_many_rows(
    land: Land, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    client = client_of(land.officer)
    for _ in range(5):
        poor(land)
    client.get(address())
    with django_assert_max_num_queries(26):
        client.get(address())
