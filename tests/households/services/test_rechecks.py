"""What comes after the list is decided: who was kept back is not signed, a late complaint runs on a
track of its own, and a re-check of one household leaves its village where it is."""

import datetime as dt

import pytest
from pytest_django import Settings

from households import policies
from households.choices import ComplaintKind, ComplaintState, Role
from households.errors import Conflict, Refused
from households.models import CommuneReview, Complaint, Notice, ReviewRound, Survey, User
from households.queries import decision_draft, do_first, household_search
from households.queries.do_first import What
from households.services import (
    commune_steps,
    complaints,
    notices,
    rechecks,
    recognition,
    repostings,
    village_steps,
)
from households.views import survey_results
from tests.factories import procedure, users
from tests.factories.procedure import act, paper
from tests.households.conftest import TODAY, World

pytestmark = pytest.mark.usefixtures("paper_folder")


def complained(
    world: World, survey: Survey, day: int, kind: ComplaintKind = ComplaintKind.COMPLAINT
) -> Complaint:
    heard = complaints.Heard(
        kind, dt.date(2024, 10, day), "Người Khiếu", "Nhà có xe", household=survey.household
    )
    return complaints.receive(
        round=world.round, village=world.village, heard=heard, by=world.officer
    )


@pytest.fixture
def closed(world: World, department: User, kinds: dict[str, Survey]) -> None:
    """The village's list hung out from 2 to 7 October."""
    procedure.confirm_terms(department)
    way = village_steps.begun(round=world.round, village=world.village)
    village_steps.finish_survey(way=way, act=act(10, 1), by=world.officer)
    meeting = procedure.meeting()
    village_steps.record_meeting(way=way, meeting=meeting, act=act(10, 2), by=world.officer)
    village_steps.post(way=way, places="x", is_read_out=True, act=act(10, 2), by=world.officer)
    village_steps.close_posting(way=way, act=act(10, 7), by=world.officer)


def decided(world: World) -> CommuneReview:
    way = commune_steps.begun(round=world.round, commune=world.commune)
    commune_steps.close_villages(way=way, act=act(10, 8), by=world.officer)
    commune_steps.send_up(way=way, act=act(10, 8), by=world.officer)
    commune_steps.record_opinion(way=way, act=act(10, 9), by=world.officer)
    recognition.recognise(way=way, paper=paper(10, 10), pages=procedure.pages(), by=world.officer)
    way.refresh_from_db()
    return way


@pytest.mark.usefixtures("closed")
def test_who_was_kept_back_is_not_shown_as_decided(world: World, kinds: dict[str, Survey]) -> None:
    complained(world, kinds["Poor"], 4)
    decided(world)
    told = {name: survey_results.explained(one)[-1].is_decided for name, one in kinds.items()}
    assert told == {"Poor": False, "Near": True, "Above": True}
    (summary,) = survey_results.of_household(kinds["Poor"].household)
    assert [one.is_decided for one in summary.assessments] == [False]
    undecided = household_search.latest_undecided([one.household_id for one in kinds.values()])
    assert list(undecided) == [kinds["Poor"].household_id]


@pytest.mark.usefixtures("closed")
def test_my_work_tells_of_complaints_and_of_the_supplement_after_the_decision(
    world: World, kinds: dict[str, Survey]
) -> None:
    early = complained(world, kinds["Poor"], 4)
    decided(world)
    complained(world, kinds["Near"], 14)
    due = do_first.due_for(world.officer, [], today=TODAY)
    assert [(one.what, one.days_left(TODAY)) for one in due] == [
        (What.COMPLAINT, -6),
        (What.COMPLAINT, 2),
    ]
    complaints.settle(
        complaint=early, state=ComplaintState.KEPT, answered_on=dt.date(2024, 10, 11),
        answer="Giữ nguyên", by=world.officer,
    )  # fmt: skip
    due = do_first.due_for(world.officer, [], today=TODAY)
    assert [(one.what, one.number) for one in due] == [(What.COMPLAINT, 0), (What.SUPPLEMENT, 1)]
    stranger = users.user("stranger", Role.COMMUNE_OFFICER, world.other_commune)
    assert do_first.due_for(stranger, [], today=TODAY) == []


@pytest.mark.usefixtures("closed")
def test_a_signed_household_that_is_re_checked_is_not_told_as_kept_back(
    world: World, kinds: dict[str, Survey]
) -> None:
    decided(world)
    late = complained(world, kinds["Poor"], 14)
    complaints.order_recheck(complaint=late, by=world.officer)
    assert decision_draft.left_out_so_far(world.round, world.commune) == set()
    assert decision_draft.settled_since(world.round, world.commune) == []


@pytest.mark.usefixtures("closed")
def test_a_complaint_after_the_round_is_closed_has_its_re_check(
    world: World, kinds: dict[str, Survey]
) -> None:
    decided(world)
    ReviewRound.objects.filter(pk=world.round.pk).update(is_closed=True)
    world.round.refresh_from_db()
    late = complained(world, kinds["Poor"], 14)
    assert not late.holds_back
    locked = policies.why_not_edit_survey(world.officer, Survey.objects.get(pk=kinds["Poor"].pk))
    assert locked is not None
    complaints.order_recheck(complaint=late, by=world.officer)
    open_again = Survey.objects.select_related("round", "village").get(pk=kinds["Poor"].pk)
    assert policies.why_not_edit_survey(world.officer, open_again) is None
    other = Survey.objects.select_related("round", "village").get(pk=kinds["Near"].pk)
    assert policies.why_not_edit_survey(world.officer, other) is not None


@pytest.mark.usefixtures("closed")
def test_an_ordered_re_check_keeps_its_household_back_until_it_hung_out_again(
    world: World, kinds: dict[str, Survey], settings: Settings
) -> None:
    poor = Survey.objects.select_related("round", "village__parent", "commune").get(
        pk=kinds["Poor"].pk
    )
    rechecks.order(survey=poor, reason="Có người phản ánh miệng", by=world.officer)
    with pytest.raises(Conflict):
        rechecks.order(survey=poor, reason="Lần nữa", by=world.officer)
    assert list(decision_draft.held_back(world.round, world.commune)) == [poor.household_id]
    rechecks.settle(survey=poor, by=world.officer)
    assert list(decision_draft.held_back(world.round, world.commune)) == [poor.household_id]
    way = village_steps.begun(round=world.round, village=world.village)
    posting = repostings.post(
        way=way, household=poor.household, places="x", posted_on=TODAY, is_read_out=False,
        by=world.officer,
    )  # fmt: skip
    settings.POVREG_TODAY = posting.ends_on
    repostings.close(posting=posting, closed_on=posting.ends_on, by=world.officer)
    assert decision_draft.held_back(world.round, world.commune) == {}


def test_a_re_check_is_ordered_by_the_commune_of_a_village_that_is_past_its_survey(
    world: World, kinds: dict[str, Survey]
) -> None:
    poor = kinds["Poor"]
    with pytest.raises(Refused, match="still surveyed"):
        rechecks.order(survey=poor, reason="x", by=world.officer)
    reviewer = users.user("reviewer", Role.REVIEWER, world.commune)
    with pytest.raises(Refused):
        rechecks.order(survey=poor, reason="x", by=reviewer)


@pytest.mark.usefixtures("closed")
def test_the_district_and_the_chair_are_told_when_it_is_their_turn(world: World) -> None:
    way = commune_steps.begun(round=world.round, commune=world.commune)
    commune_steps.close_villages(way=way, act=act(10, 8), by=world.officer)
    commune_steps.send_up(way=way, act=act(10, 8), by=world.officer)
    way.refresh_from_db()
    # Opinion within so many working days of the procedure's terms, counted from 8 October.
    due_on = commune_steps.opinion_due_on(way)
    assert due_on is not None
    assert due_on > dt.date(2024, 10, 8)
    commune_steps.record_opinion(way=way, act=act(10, 9), by=world.officer)
    kinds = Notice.objects.order_by("pk").values_list("kind", flat=True)
    assert [one for one in kinds if one in ("SENT_UP", "TO_SIGN")] == ["SENT_UP", "TO_SIGN"]


@pytest.mark.usefixtures("closed")
def test_a_denunciation_has_no_day_of_answer(world: World, kinds: dict[str, Survey]) -> None:
    found = complained(world, kinds["Near"], 4, ComplaintKind.DENUNCIATION)
    assert found.due_on is None
    notices.tell_what_is_due()
    assert not Notice.objects.filter(kind="COMPLAINT_DUE").exists()
