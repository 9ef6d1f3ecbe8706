"""After a merger a round goes by the units of its day: nothing due is told of units of today that
the round does not know, and nothing is lost of those of then."""

import datetime as dt

from households.choices import CommuneState, SurveyState
from households.models import Area, CommuneReview, ReviewRound
from households.queries import due, my_work, village_ways
from households.services import surveys
from households.services.reorganisation import signing
from tests.factories import reviews
from tests.households.services.reorganisation.conftest import TODAY, World
from tests.households.services.reorganisation.conftest import world as world


def _round(world: World) -> ReviewRound:
    """Begun by nobody; a1's household has a form in it, b1's is on the list without one."""
    round = reviews.periodic(world.province, 2024, reviews.standard())
    assert round.as_of < TODAY
    for commune, officer, name in (
        (world.a, world.officer_a, "a1"), (world.b, world.officer_b, "b1"),
    ):  # fmt: skip
        reviews.listed(round, commune, officer, world.households[name])
    return round


def _merge(world: World) -> Area:
    signing.sign(reorganisation=world.draft(world.merger()), by=world.department)
    new: Area = Area.objects.on(TODAY).get(code="02008")
    return new


def test_what_is_due_is_told_under_the_villages_of_the_rounds_day(world: World) -> None:
    round = _round(world)
    new = _merge(world)

    (work,) = my_work.work_of(world.officer_b)

    assert {one.area for one in work.units} == {world.villages[name] for name in ("a1", "a2", "b1")}
    assert {one.area: one.to_do for one in work.units if one.to_do} == {
        world.villages["a1"]: 1, world.villages["b1"]: 1,
    }  # fmt: skip
    assert set(work.communes) == {world.a, world.b}
    assert village_ways.of_village(round, world.villages["b1"]).due == 1
    assert new not in work.communes


def test_a_form_begun_before_is_finished_by_the_officer_of_the_new_commune(world: World) -> None:
    round = _round(world)
    CommuneReview.objects.create(round=round, commune=world.a)
    draft = surveys.start(round=round, household=world.households["a1"], by=world.officer_a)
    type(round).objects.update(is_closed=True)
    _merge(world)
    type(round).objects.update(is_closed=False)

    assert surveys.start(round=round, household=world.households["a1"], by=world.officer_b) == draft
    assert (draft.state, draft.commune) == (SurveyState.DRAFT, world.a)
    assert my_work.drafts_of(world.officer_b) == [draft]
    (work,) = my_work.work_of(world.officer_b)
    assert {one.area: one.begun for one in work.units if one.begun} == {world.villages["a1"]: 1}


def test_a_round_that_the_communes_of_then_decided_is_done(world: World) -> None:
    round = _round(world)
    for commune in (world.a, world.b):
        CommuneReview.objects.create(round=round, commune=commune, state=CommuneState.RECOGNISED)
    _merge(world)

    assert my_work.work_of(world.officer_b) == []
    assert due.without_form(round, [world.villages["b1"]]) == {}


def test_a_village_that_nothing_went_into_counts_as_it_is(world: World) -> None:
    _round(world)
    Area.objects.filter(pk=world.villages["b1"].pk).update(valid_from=dt.date(2024, 10, 10))

    (work,) = my_work.work_of(world.officer_b)

    assert [one.area for one in work.units] == [world.villages["b1"]]
