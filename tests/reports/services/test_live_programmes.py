"""Promises: every area that reports of programmes is counted, with the areas it is made of."""

import datetime as dt

import pytest

from households import clock
from households.services.system_user import system_user
from programs.services import programmes
from reports import definitions
from reports.contents.programme_figures import measure
from reports.services import live_programmes
from tests.factories import money
from tests.reports.services.made import reporting

pytestmark = pytest.mark.django_db


def test_province_districts_and_communes_add_up(monkeypatch: pytest.MonkeyPatch) -> None:
    made = reporting()
    world = made.world
    programmes.load(by=system_user())
    monkeypatch.setattr(clock, "today", lambda: dt.date(2024, 1, 15))
    for village, home in ((world.a1, "escaper"), (world.b1, "stayer")):
        money.received(world.homes[home], village, world.by, "loan", ground="poor", on="2023-05-01")
    found = live_programmes.of(definitions.named("CT"), made.asked())
    loans = measure("LOANS/LOANS", "number")
    told = {area: value for (area, what), value in found.values.items() if what == loans}
    areas = (world.a, world.b, world.c, world.near, world.far, world.province)
    assert [told[str(one.pk)] for one in areas] == [1, 1, 0, 2, 0, 2]
    parts = dict(found.parts)
    assert parts[str(world.province.pk)] == tuple(
        sorted(map(str, (world.near.pk, world.far.pk)), key=int)
    )
    assert parts[str(world.far.pk)] == (str(world.c.pk),)
    assert (str(world.c.pk), loans) in found.told
    assert (str(world.near.pk), loans) in found.some
