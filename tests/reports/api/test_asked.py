"""What a question narrows: parts of areas, and editions; and by whose units it is answered."""

import csv
import datetime as dt
import io

import pytest
from django.test import Client

from households.choices import Settlement
from households.choices.api import ApiScope
from households.models import AreaGroup, AreaTrait
from reports.queries import aggregates
from tests.factories import api, areas, figures
from tests.factories.figures import World
from tests.reports.api.test_aggregates import address

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("store")]


@pytest.fixture
def world() -> World:
    return figures.world()


@pytest.fixture
def asker(world: World) -> Client:
    return api.asker(world.province, ApiScope.EXACT)


def test_urban_and_rural_side_by_side(world: World, asker: Client) -> None:
    AreaTrait.objects.filter(area=world.b).update(value=Settlement.URBAN)
    told = asker.get(address("poverty", "round=2023&settlement=all&level=commune")).json()
    assert [one["settlement"] for one in told["parts"]] == ["rural", "urban"]
    found = {one["area"]: one["settlement"] for one in told["rows"]}
    assert found == {"Xã Thử": "rural", "Xã Xa": "rural", "Xã Bên": "urban"}
    urban = asker.get(address("poverty", "round=2023&settlement=urban&format=csv"))
    line = next(csv.DictReader(io.StringIO(urban.getvalue().decode())))
    assert (line["settlement"], line["poor_households"]) == ("urban", "1")
    nothing = asker.get(address("poverty", f"round=2023&settlement=urban&area_id={world.a.pk}"))
    assert nothing.status_code == 422
    cube = asker.get(address("poverty", "round=2023&settlement=all&format=json-stat")).json()
    assert cube["id"][:2] == ["round", "settlement"]


def test_a_group_of_communes_alone(world: World, asker: Client) -> None:
    group = AreaGroup.objects.create(province=world.province, name="Hai xã")
    group.communes.set([world.a, world.c])
    told = asker.get(address("poverty", f"round=2023&group={group.pk}")).json()
    assert told["rows"][0]["poor_households"] == 6
    assert told["parts"][0]["group"] == str(group.pk)
    assert asker.get(address("poverty", f"group={group.pk + 1}")).status_code == 404


@pytest.mark.parametrize("question", ["settlement=rural", "settlement=all", "group={group}"])
def test_parts_of_areas_are_not_given_to_everybody(world: World, question: str) -> None:
    group = AreaGroup.objects.create(province=world.province, name="Hai xã")
    own = api.asker(world.province, ApiScope.AGGREGATES)
    for dataset in aggregates.DATASETS:
        refused = own.get(address(dataset, question.format(group=group.pk)))
        assert refused.status_code == 403, dataset
        assert "aggregates.exact" in refused.json()["translations"]["en"]["detail"]


def test_an_answer_is_by_the_units_of_the_day_asked_for(world: World, asker: Client) -> None:
    areas.merged(world.a, world.b, parent=world.near, on=dt.date(2025, 7, 1))
    question = "round=2023&level=commune&status=preliminary"
    then = asker.get(address("poverty", question)).json()
    now = asker.get(address("poverty", f"{question}&areas_on=2025-07-01")).json()
    poor = {one["area"]: one["poor_households"] for one in then["rows"]}
    assert {one["area"]: one["poor_households"] for one in now["rows"]} == {
        "Xã Mới": poor["Xã Thử"] + poor["Xã Bên"], "Xã Xa": poor["Xã Xa"],
    }  # fmt: skip
    [part] = now["parts"]
    assert (part["as_of"], part["areas_on"]) == ("2023-10-01", "2025-07-01")
    assert (part["trial"], part["not_recast"]) == (None, [])
    lines = asker.get(address("poverty", f"{question}&areas_on=2025-07-01&format=csv"))
    assert "Xã Mới" in lines.getvalue().decode()
