"""The map by day, its levels and its changes."""

import datetime as dt

import pytest

from households.choices.api import ApiScope
from households.models import Area
from tests.factories import api, areas

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("store")]


@pytest.fixture
def province() -> Area:
    made = areas.province()
    district = areas.district(made)
    a, b = areas.commune(district), areas.commune(district, "02011", "Xã Hai")
    areas.village(a)
    areas.merged(a, b, parent=made)
    other = areas.province("04", "Tỉnh Khác")
    areas.commune(areas.district(other, "040", "Huyện Khác"), "01273", "Xã Khác")
    return made


def names(answer: object) -> list[str]:
    return [one["name"] for one in answer.json()["results"]]  # type: ignore[attr-defined]


def test_units_are_those_of_the_day(province: Area) -> None:
    asker = api.asker(province, ApiScope.AGGREGATES)
    address = f"{api.API}areas/?level=COMMUNE"
    assert names(asker.get(f"{address}&on=2024-01-01")) == ["Xã Thử", "Xã Hai"]
    assert names(asker.get(f"{address}&on=2025-07-01")) == ["Xã Mới"]
    assert names(asker.get(f"{api.API}areas/?on=2024-01-01&code=02011")) == ["Xã Hai"]


def test_pages_follow_each_other_and_leave_nobody_out(province: Area) -> None:
    asker = api.asker(province, ApiScope.AGGREGATES)
    found: list[str] = []
    address = f"{api.API}areas/?on=2024-01-01&limit=2"
    while address:
        page = asker.get(address)
        found += names(page)
        address = page.json()["next"]
    everything = Area.objects.on(dt.date(2024, 1, 1)).under(province)
    assert sorted(found) == sorted(everything.values_list("name", flat=True))
    assert len(found) == 5


def test_a_unit_tells_what_lies_below_and_what_became_of_it(province: Area) -> None:
    asker = api.asker(province, ApiScope.AGGREGATES)
    old = Area.objects.get(code="02008")
    told = asker.get(f"{api.API}areas/{old.pk}/?on=2024-01-01").json()
    assert [one["name"] for one in told["children"]] == ["Thôn Một"]
    assert [one["area"]["code"] for one in told["successors"]] == ["01864"]
    new = Area.objects.get(code="01864")
    told = asker.get(f"{api.API}areas/{new.pk}/").json()
    assert sorted(one["area"]["code"] for one in told["predecessors"]) == ["02008", "02011"]


def test_another_area_is_not_there(province: Area) -> None:
    asker = api.asker(province, ApiScope.AGGREGATES)
    other = Area.objects.get(code="01273")
    assert asker.get(f"{api.API}areas/{other.pk}/").status_code == 404
    assert asker.get(f"{api.API}areas/?under={other.pk}").status_code == 404
    assert "Xã Khác" not in names(asker.get(f"{api.API}areas/?limit=1000"))


@pytest.mark.parametrize(
    ("question", "parameter"),
    [("on=yesterday", "on"), ("level=MOON", "level"), ("under=x", "under")],
)
def test_a_question_that_cannot_be_read_names_its_parameter(
    province: Area, question: str, parameter: str
) -> None:
    answer = api.asker(province, ApiScope.AGGREGATES).get(f"{api.API}areas/?{question}")
    assert answer.status_code == 400
    assert list(answer.json()["fields"]) == [parameter]
