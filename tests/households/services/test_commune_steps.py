"""A commune's way up: no step skipped, a district only where there is one, and back."""

import datetime as dt

import pytest

from households.errors import Conflict, Invalid, Refused
from households.models import (
    CommuneReview,
    StatusPeriod,
    Survey,
    User,
    VillageReview,
)
from households.services import (
    commune_steps,
    recognition,
    village_steps,
)
from tests.factories import procedure
from tests.factories.procedure import act, paper
from tests.households.conftest import World

pytestmark = pytest.mark.usefixtures("paper_folder")


def recognised(way: CommuneReview, world: World, **facts: object) -> None:
    recognition.recognise(
        way=way, paper=paper(10, 10, **facts), pages=procedure.pages(), by=world.officer
    )


def test_a_step_up_is_not_skipped(world: World, department: User, kinds: dict[str, Survey]) -> None:
    procedure.confirm_terms(department)
    way = commune_steps.begun(round=world.round, commune=world.commune)
    with pytest.raises(Refused, match="1 village is not closed: Thôn Một"):
        commune_steps.close_villages(way=way, act=act(10, 1), by=world.officer)
    procedure.closed_village(world.round, world.village, world.officer)
    for take in (
        lambda: commune_steps.send_up(way=way, act=act(10, 8), by=world.officer),
        lambda: recognised(way, world),
    ):
        with pytest.raises(Conflict):
            take()
    commune_steps.close_villages(way=way, act=act(10, 7), by=world.officer)
    with pytest.raises(Conflict):  # the district is asked first
        recognised(way, world)


def test_without_a_district_the_chair_decides_directly(
    world: World, department: User, kinds: dict[str, Survey]
) -> None:
    procedure.confirm_terms(department)
    world.commune.parent.valid_to = dt.date(2024, 9, 30)  # type: ignore[union-attr]
    world.commune.parent.save()  # type: ignore[union-attr]
    procedure.closed_village(world.round, world.village, world.officer)
    way = commune_steps.begun(round=world.round, commune=world.commune)
    commune_steps.close_villages(way=way, act=act(10, 7), by=world.officer)
    with pytest.raises(Refused):
        commune_steps.send_up(way=way, act=act(10, 8), by=world.officer)
    recognised(way, world)
    assert StatusPeriod.objects.count() == 2


def test_a_return_opens_the_way_back_to_one_village(
    world: World, department: User, kinds: dict[str, Survey]
) -> None:
    procedure.confirm_terms(department)
    procedure.closed_village(world.round, world.village, world.officer)
    way = commune_steps.begun(round=world.round, commune=world.commune)
    commune_steps.close_villages(way=way, act=act(10, 7), by=world.officer)
    commune_steps.send_up(way=way, act=act(10, 8), by=world.officer)
    with pytest.raises(Invalid):  # its reason is missing
        commune_steps.record_return(way=way, act=act(10, 9), by=world.officer)
    commune_steps.record_return(way=way, act=act(10, 9, note="Sai mẫu"), by=world.officer)
    commune_steps.reopen(way=way, act=act(10, 10), by=world.officer)
    village = VillageReview.objects.select_related("round__province", "village__parent").get()
    village_steps.reopen_village(way=village, act=act(10, 10, note="Sai mẫu"), by=world.officer)
    with pytest.raises(Refused):
        commune_steps.close_villages(way=way, act=act(10, 11), by=world.officer)


def test_an_opinion_counts_although_the_district_ends_before_the_decision(
    world: World, department: User, kinds: dict[str, Survey]
) -> None:
    procedure.confirm_terms(department)
    procedure.closed_village(world.round, world.village, world.officer)
    way = commune_steps.begun(round=world.round, commune=world.commune)
    commune_steps.close_villages(way=way, act=act(10, 7), by=world.officer)
    commune_steps.send_up(way=way, act=act(10, 8), by=world.officer)
    commune_steps.record_opinion(way=way, act=act(10, 9), by=world.officer)
    world.commune.parent.valid_to = dt.date(2024, 10, 9)  # type: ignore[union-attr]
    world.commune.parent.save()  # type: ignore[union-attr]
    recognised(way, world)
    assert StatusPeriod.objects.count() == 2
