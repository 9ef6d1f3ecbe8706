"""The code book names every column that an answer has."""

import pytest

from households.choices.api import ApiScope
from households.services.system_user import system_user
from programs.services import programmes
from reports.queries import aggregates, variables
from tests.factories import api, figures
from tests.factories.money import received

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("store")]


def figures_of_support(world: figures.World) -> None:
    """A house, so that coverage has a part."""
    received(world.homes["stayer"], world.a1, world.by, "housing")


def test_every_column_of_every_dataset_is_explained() -> None:
    world = figures.world()
    programmes.load(by=system_user())
    figures_of_support(world)
    asker = api.asker(world.province, ApiScope.EXACT)
    told = asker.get(f"{api.API}variables/").json()
    cuts_of = aggregates.DATASETS | {name: of.CUTS for name, of in variables.SUPPORT.items()}
    for dataset, cuts in cuts_of.items():
        for by in cuts:
            question = "" if dataset in variables.SUPPORT else "round=2023&"
            question += f"by={by}" if by else ""
            answer = asker.get(f"{api.API}aggregates/{dataset}/?{question}").json()
            found = [one for one in told if (one["dataset"], one["by"]) == (dataset, by)]
            assert [one["code"] for one in found] == answer["parts"][0]["columns"]
            told_alike = [one for one in found if one["name"]["vi"] == one["name"]["en"]]
            assert not told_alike or by == "ethnic"
    rate = next(one for one in told if one["code"] == "poor_persons_rate")
    assert rate["formula"] == "100 * poor_persons / resident_persons"
    lacks = next(one for one in told if one["code"] == "water_rate")
    assert (lacks["unit"], lacks["formula"]) == ("per_cent", "100 * water / households")


def test_one_dataset_can_be_asked_about() -> None:
    world = figures.world()
    asker = api.asker(world.a, ApiScope.AGGREGATES)
    told = asker.get(f"{api.API}variables/?dataset=poverty").json()
    assert {one["dataset"] for one in told} == {"poverty"}
    assert asker.get(f"{api.API}variables/?dataset=moon").status_code == 400
