"""Rounds, standards and indicators."""

import pytest

from households.choices.api import ApiScope
from households.models import PovertyStandard
from households.services import standards
from tests.factories import api, figures

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("store")]


def test_rounds_and_standards_are_told() -> None:
    world = figures.world()
    asker = api.asker(world.a, ApiScope.AGGREGATES)
    told = asker.get(f"{api.API}rounds/").json()
    assert [one["key"] for one in told] == ["2023", "2022", "2021"]
    assert told[0]["standards"] == [{"code": world.standard.code, "part": "BOTH"}]
    listed = asker.get(f"{api.API}standards/").json()
    assert world.standard.code in [one["code"] for one in listed]


def test_a_standard_tells_its_numbers_and_what_nobody_vouched_for() -> None:
    world = figures.world()
    asker = api.asker(world.province, ApiScope.AGGREGATES)
    told = asker.get(f"{api.API}standards/{world.standard.code}/").json()
    rules = standards.rules_of(PovertyStandard.objects.get(pk=world.standard.pk))
    assert [one["path"] for one in told["parameters"]] == [one.path for one in rules.statements()]
    assert [one["code"] for one in told["indicators"]] == [one.code for one in rules.indicators]
    doubtful = {one["path"] for one in told["parameters"] if not one["is_confirmed"]}
    confirmed = standards.confirmed_paths(world.standard)
    assert doubtful == {
        one.path for one in rules.statements() if not one.confirmed and one.path not in confirmed
    }
    every = asker.get(f"{api.API}indicators/").json()
    own = [one["code"] for one in every if one["standard"] == world.standard.code]
    assert own == [one.code for one in rules.indicators]
    assert asker.get(f"{api.API}standards/std_1999/").status_code == 404
