"""How far an order is: by area, in the order they are made, with what failed."""

import pytest
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from households.models import Area
from reports.choices import FigureStatus, OrderWhat, PartState
from reports.models import ReportOrder, ReportPart
from reports.queries import order_progress
from tests.factories import figures

pytestmark = pytest.mark.django_db


def order(world: figures.World, *areas: Area, state: PartState = PartState.WAITING) -> ReportOrder:
    made = ReportOrder.objects.create(
        what=OrderWhat.YEAR, area=world.province, round=world.rounds[2023], reports=["T1", "T2"],
        status=FigureStatus.OFFICIAL, key="k", cut_off_at=timezone.now(), asked_by=world.by,
    )  # fmt: skip
    wanted = [(area, report) for area in areas for report in ("T1", "T2")]
    for at, (area, report) in enumerate(wanted):
        ReportPart.objects.create(
            order=made, report=report, area=area, standard=world.standard, position=at,
            state=state,
        )  # fmt: skip
    return made


def test_few_areas_tell_all_their_parts(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    world = figures.land()
    made = order(world, world.b, world.a)
    made.parts.filter(area=world.a, report="T2").update(state="FAILED", failure="Vì thế.")
    made.parts.filter(area=world.b, report="T1").update(state="MAKING")
    with django_assert_num_queries(3):
        found = order_progress.of(made)
    assert [one.area for one in found.areas] == [world.b, world.a]
    assert [len(one.parts) for one in found.areas] == [2, 2]
    assert [one.state for one in found.areas] == [PartState.MAKING, PartState.FAILED]
    assert [one.failure for one in found.failed] == ["Vì thế."]
    assert [one.area for one in found.now] == [world.b]
    assert (found.total, found.made, found.done) == (4, 0, 1)
    assert found.is_missing
    assert not found.is_wide


def test_of_many_areas_the_opened_one_tells_its_parts() -> None:
    world = figures.land()
    made = order(world, world.a, world.b, world.c, world.near)
    found = order_progress.of(made, world.c.pk)
    assert found.is_wide
    assert {one.area: len(one.parts) for one in found.areas} == {
        world.a: 0, world.b: 0, world.c: 2, world.near: 0,
    }  # fmt: skip


def test_an_area_that_is_begun_is_being_made() -> None:
    world = figures.land()
    made = order(world, world.a)
    (area,) = order_progress.of(made).areas
    assert area.state == PartState.WAITING
    made.parts.update(state="CANCELLED")
    (area,) = order_progress.of(made).areas
    assert area.state == PartState.CANCELLED
