"""A row about nobody that is known, settled in the browser."""

from pathlib import Path

import pytest
from django.urls import reverse
from pytest_django import Settings

from households.choices import Role
from households.models import Household
from programs.models import Benefit, BenefitList, BenefitListRow
from programs.services.benefit_lists import batches
from tests.factories import families, people, users
from tests.programs.conftest import Land, day
from tests.programs.views.test_benefit_lists import ROWS, list_above, sent
from tests.programs.views.test_programmes import client_of


@pytest.fixture(autouse=True)
def in_english(settings: Settings, tmp_path: Path) -> None:
    settings.POVREG_TODAY = day("2024-10-15")
    settings.LANGUAGE_CODE = "en"
    settings.POVREG_IMPORTS = tmp_path / "imports"


@pytest.fixture
def poor(land: Land) -> Household:
    home = people.household(land.village, people.person())
    families.on_list(home, land.decision, since=day("2024-01-01"))
    return home


@pytest.fixture
def row(land: Land, poor: Household) -> BenefitListRow:
    listed = sent(client_of(land.officer), land, *ROWS)
    batches.confirm(listed=listed, by=land.officer)
    batches.run(list_id=listed.pk)
    return listed.rows.get(outcome="UNMATCHED")


def address(row: BenefitListRow) -> str:
    return reverse("programs:benefit_list_row", args=[row.of_list.uuid, row.line])


def test_looked_for_and_recorded(land: Land, poor: Household, row: BenefitListRow) -> None:
    client = client_of(land.officer)
    found = client.post(address(row), {"find": "1", "q": "nong van"}, follow=True)
    assert poor.code in found.content.decode()
    answer = client.post(address(row), {"act": "match", "household": poor.pk}, follow=True)
    assert "It is recorded." in answer.content.decode()
    assert Benefit.objects.get(number="KU2").household == poor
    assert "once only" in client.get(address(row)).content.decode()
    answer = client.post(address(row), {"act": "aside", "reason": "x"}, follow=True)
    assert "settled already" in answer.content.decode()


def test_a_household_elsewhere_is_not_found(land: Land, row: BenefitListRow) -> None:
    away = people.household(land.other_village, people.person("Lý Văn Xa"))
    client = client_of(land.officer)
    for wanted in (away.pk, "x", ""):
        answer = client.post(address(row), {"act": "match", "household": wanted})
        assert answer.status_code == 404


def test_outside_or_aside(land: Land, row: BenefitListRow) -> None:
    client = client_of(land.officer)
    assert client.post(address(row), {"act": "aside", "reason": ""}).status_code == 422
    assert client.post(address(row), {"act": "outside", "place": "0"}).status_code == 422
    given = {"act": "outside", "place": land.commune.pk, "ground": "Hộ nghèo"}
    assert client.post(address(row), given).status_code == 302
    assert Benefit.objects.get(household=None).outside_name == "Người Lạ"
    assert client.post(address(row), {"act": "nothing"}).status_code == 422


@pytest.fixture
def of_province(land: Land, poor: Household) -> BenefitList:
    return list_above(land)


def test_a_row_of_the_provinces_list_is_settled_where_it_belongs(
    land: Land, poor: Household, of_province: BenefitList
) -> None:
    own = of_province.rows.get(name="Người Lạ")
    strangers = of_province.rows.get(name="Kẻ Khác")
    client = client_of(land.officer)
    assert client.get(address(strangers)).status_code == 404
    assert client.post(address(strangers), {"act": "aside", "reason": "x"}).status_code == 404
    assert client.post(address(own), {"act": "match", "household": poor.pk}).status_code == 302
    own.refresh_from_db()
    assert (own.outcome, own.settled_by) == ("SETTLED", land.officer)


def test_the_district_reads_a_row_and_settles_none(land: Land, of_province: BenefitList) -> None:
    row = of_province.rows.get(name="Người Lạ")
    client = client_of(users.user("huyen", Role.DISTRICT_READER, land.district))
    told = client.get(address(row)).content.decode()
    assert "Người Lạ" in told
    assert "settled by the officer of its commune" in told
    for given in ({"act": "aside", "reason": "x"}, {"find": "1", "q": "nong"}):
        assert client.post(address(row), given).status_code == 403
