"""Communes that ended by the shipped map: their villages and families are carried over by the same
act, prepared from its arrows."""

import datetime as dt

import pytest
from django.conf import LazySettings

from households.errors import Refused
from households.models import Area, Household
from households.services.reorganisation import drafts, forecast, obstacles, shipped, signing
from tests.factories import areas
from tests.households.services.reorganisation.conftest import World

DAY = dt.date(2024, 7, 1)


@pytest.fixture
def new(world: World) -> Area:
    """The map says that a and b are one since July; nobody was carried over."""
    return areas.merged(
        world.a, world.b, parent=world.province, code="02012", name="Xã Mới", on=DAY
    )


def test_what_waits_is_told_and_prepared(world: World, new: Area) -> None:
    (found,) = shipped.waiting(world.province)
    assert (found.changed_on, found.communes, found.villages) == (DAY, 2, 3)

    draft = shipped.prepare(province=world.province, changed_on=DAY, by=world.department)

    assert [one["becomes"][0]["area_id"] for one in draft.parts] == [new.pk]
    run = forecast.dry_run(draft)
    assert (run.villages, run.households) == (3, 3)


def test_it_is_signed_like_any_other(world: World, new: Area, settings: LazySettings) -> None:
    draft = shipped.prepare(province=world.province, changed_on=DAY, by=world.department)
    drafts.set_paper(
        reorganisation=draft, changed_on=DAY, paper_number="1683/NQ-UBTVQH15",
        paper_date=dt.date(2024, 6, 16), paper_by="UBTVQH", by=world.department,
    )  # fmt: skip
    assert obstacles.standing(draft) == []

    assert signing.sign(reorganisation=draft, by=world.department) == 3

    assert Household.objects.under(new).count() == 3
    assert {one.area for one in world.officer_a.assignments.on(DAY)} == {new}
    assert {one.area for one in world.head.assignments.on(DAY)} == set(
        Area.objects.filter(parent=new, name="Nà Pài (Xã A)")
    )
    assert shipped.waiting(world.province) == []
    assert new.came_from.count() == 2


def test_nothing_waits_and_who_may(world: World, new: Area) -> None:
    with pytest.raises(Refused):
        shipped.prepare(
            province=world.province, changed_on=dt.date(2020, 1, 1), by=world.department
        )
    with pytest.raises(Refused):
        shipped.prepare(province=world.province, changed_on=DAY, by=world.officer_a)
