"""What is late comes first, then what has a day, then what waits."""

import datetime as dt

import pytest

from households.choices import ComplaintKind, Role
from households.models import Survey, User
from households.queries import do_first, village_ways
from households.queries.do_first import What
from households.services import commune_steps, complaints, surveys, village_steps
from tests.factories import areas, procedure, reviews, users
from tests.factories.procedure import act, meeting
from tests.households.conftest import TODAY, World

pytestmark = pytest.mark.usefixtures("paper_folder")


def due(world: World, user: User | None = None) -> list[tuple[What, int | None, int]]:
    ways = village_ways.of_commune(world.round, world.commune)
    found = do_first.due_for(user or world.officer, [(world.round, ways)], today=TODAY)
    return [(one.what, one.days_left(TODAY), one.number) for one in found]


@pytest.fixture
def survey(world: World) -> Survey:
    return reviews.surveyed(world.round, world.village, world.officer)


def test_each_state_of_a_village_says_what_comes_next(world: World, survey: Survey) -> None:
    way = village_steps.begun(round=world.round, village=world.village)
    assert due(world) == []
    village_steps.finish_survey(way=way, act=act(10, 1), by=world.officer)
    assert due(world) == [(What.TO_MEET, None, 0)]
    village_steps.record_meeting(
        way=way, meeting=meeting(agreed=1), act=act(10, 2), by=world.officer
    )
    assert due(world) == [(What.NOT_AGREED, None, 0)]
    village_steps.finish_survey(way=way, act=act(10, 3), by=world.officer)
    alone = meeting(alone={survey.pk: 1})
    village_steps.record_meeting(way=way, meeting=alone, act=act(10, 3), by=world.officer)
    assert due(world) == [(What.RECHECK, None, 1)]
    village_steps.record_meeting(way=way, meeting=meeting(), act=act(10, 4), by=world.officer)
    assert due(world) == [(What.TO_POST, None, 0)]
    village_steps.post(way=way, places="x", is_read_out=False, act=act(10, 9), by=world.officer)
    assert due(world) == [(What.POSTING_OVER, -1, 0)]  # until 14 October; today is the 15th
    village_steps.close_posting(way=way, act=act(10, 15), by=world.officer)
    assert due(world) == [(What.VILLAGES_DONE, None, 0)]


def test_what_is_late_stands_before_what_waits_and_complaints_only_for_who_settles_them(
    world: World, survey: Survey
) -> None:
    other = areas.village(world.commune, "Thôn Ba")
    reviews.surveyed(world.round, other, world.officer)
    waiting = village_steps.begun(round=world.round, village=other)
    village_steps.finish_survey(way=waiting, act=act(10, 1), by=world.officer)
    procedure.closed_village(world.round, world.village, world.officer)
    heard = complaints.Heard(
        ComplaintKind.OPINION, dt.date(2024, 10, 7), "Người", "Ý kiến", household=survey.household
    )
    complaints.receive(round=world.round, village=world.village, heard=heard, by=world.officer)
    assert [what for what, *__ in due(world)] == [What.COMPLAINT, What.TO_MEET]
    head = users.user("head", Role.VILLAGE_HEAD, world.commune)
    assert [what for what, *__ in due(world, head)] == [What.TO_MEET]


@pytest.mark.parametrize("role", [Role.DEPARTMENT, Role.FATHERLAND_FRONT, Role.COMMUNE_CHAIR])
def test_nobody_is_told_to_do_what_is_not_his(world: World, survey: Survey, role: Role) -> None:
    surveys.start(round=world.round, village=world.village, by=world.officer)
    assert [what for what, *__ in due(world)] == [What.FORMS]
    place = world.province if role == Role.DEPARTMENT else world.commune
    assert due(world, users.user("other", role, place)) == []


def test_the_chair_is_told_when_the_decision_is_his_turn(world: World, survey: Survey) -> None:
    chair = users.user("chair", Role.COMMUNE_CHAIR, world.commune)
    procedure.closed_village(world.round, world.village, world.officer)
    assert due(world, chair) == []
    way = commune_steps.begun(round=world.round, commune=world.commune)
    commune_steps.close_villages(way=way, act=act(10, 7), by=world.officer)
    assert due(world, chair) == [(What.COMMUNE_TURN, None, 0)]
