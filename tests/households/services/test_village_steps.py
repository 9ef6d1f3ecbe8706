"""A village's way: nothing skipped, paper behind each step, back only by a step that allows it."""

import datetime as dt

import pytest

from households.choices import MeetingOutcome, Role, VillageState
from households.errors import Conflict, Invalid, Refused
from households.models import (
    Attachment,
    AuditEvent,
    PublicPosting,
    StepTaken,
    Survey,
    SurveyReopening,
    VillageReview,
)
from households.services import attachments, surveys, village_steps
from tests.factories import procedure, reviews, users
from tests.factories.procedure import act, meeting
from tests.households.conftest import World

pytestmark = pytest.mark.usefixtures("paper_folder")


@pytest.fixture
def survey(world: World) -> Survey:
    return reviews.surveyed(world.round, world.village, world.officer)


@pytest.fixture
def way(world: World, survey: Survey) -> VillageReview:
    return village_steps.begun(round=world.round, village=world.village)


def surveyed(way: VillageReview, world: World) -> None:
    village_steps.finish_survey(way=way, act=act(10, 1), by=world.officer)


def met(way: VillageReview, world: World) -> None:
    surveyed(way, world)
    village_steps.record_meeting(way=way, meeting=meeting(), act=act(10, 2), by=world.officer)


def posted(way: VillageReview, world: World) -> PublicPosting:
    met(way, world)
    return village_steps.post(
        way=way, places="Nhà văn hóa", is_read_out=True, act=act(10, 3), by=world.officer
    )


def state(way: VillageReview) -> str:
    return VillageReview.objects.get(pk=way.pk).state


def test_the_whole_way_leaves_a_step_with_paper_for_each_act(
    world: World, way: VillageReview
) -> None:
    procedure.closed_village(world.round, world.village, world.officer)
    assert state(way) == VillageState.CLOSED
    verbs = list(StepTaken.objects.values_list("verb", flat=True))
    assert verbs == ["village.surveyed", "village.meeting_held", "village.posted", "village.closed"]
    step = StepTaken.objects.get(verb="village.meeting_held")
    assert (step.acted_by_name, step.recorded_by) == (procedure.HEAD, world.officer)
    assert step.attachments.get().page_count == 1
    event = AuditEvent.objects.get(pk=step.act_id)
    assert (event.verb, event.area, event.by) == (
        "village.meeting_held",
        world.village,
        world.officer,
    )


def test_a_survey_is_not_done_while_a_form_is_open_or_a_listed_household_has_none(
    world: World, way: VillageReview
) -> None:
    draft = surveys.start(round=world.round, village=world.village, by=world.officer)
    with pytest.raises(Refused, match="1 form is not complete"):
        surveyed(way, world)
    surveys.discard(survey=draft, by=world.officer)
    earlier = reviews.periodic(world.province, 2023, reviews.standard())
    listed = reviews.surveyed(earlier, world.village, world.officer).household
    reviews.listed(earlier, world.commune, world.officer, listed)
    with pytest.raises(Refused, match="1 household of the list has no form"):
        surveyed(way, world)
    assert state(way) == VillageState.LISTED
    assert not StepTaken.objects.exists()


def test_a_form_that_form_a_stopped_does_not_hold_the_village(
    world: World, way: VillageReview
) -> None:
    draft = surveys.start(round=world.round, village=world.village, by=world.officer)
    Survey.objects.filter(pk=draft.pk).update(form_a_passed=False)
    surveyed(way, world)
    assert state(way) == VillageState.SURVEYED


def test_forms_are_locked_when_the_survey_is_done(
    world: World, way: VillageReview, survey: Survey
) -> None:
    surveyed(way, world)
    with pytest.raises(Refused):
        reviews.surveyed(world.round, world.village, world.officer, household=survey.household)


@pytest.mark.parametrize("name", ["meeting", "post", "close"])
def test_no_step_is_skipped(world: World, way: VillageReview, name: str) -> None:
    take = {
        "meeting": lambda: village_steps.record_meeting(
            way=way, meeting=meeting(), act=act(10, 2), by=world.officer
        ),
        "post": lambda: village_steps.post(
            way=way, places="x", is_read_out=False, act=act(10, 3), by=world.officer
        ),
        "close": lambda: village_steps.close_posting(way=way, act=act(10, 9), by=world.officer),
    }[name]
    with pytest.raises(Conflict, match="Another step comes first"):
        take()
    assert (state(way), StepTaken.objects.count()) == (VillageState.LISTED, 0)


def test_the_second_who_takes_a_step_is_told_who_took_it(world: World, way: VillageReview) -> None:
    surveyed(way, world)
    with pytest.raises(Conflict, match="officer"):
        surveyed(way, world)
    assert StepTaken.objects.count() == 1


def test_who_records_for_another_attaches_the_paper(world: World, way: VillageReview) -> None:
    surveyed(way, world)
    without = act(10, 2, pages=())
    with pytest.raises(Invalid) as refusal:
        village_steps.record_meeting(way=way, meeting=meeting(), act=without, by=world.officer)
    assert "pages" in refusal.value.fields
    head = users.user("head", Role.VILLAGE_HEAD, world.village)
    village_steps.record_meeting(way=way, meeting=meeting(), act=without, by=head)
    assert state(way) == VillageState.MEETING_HELD


@pytest.mark.parametrize("role", [Role.REVIEWER, Role.FATHERLAND_FRONT, Role.COMMUNE_CHAIR])
def test_a_role_that_owns_no_step_takes_none(world: World, way: VillageReview, role: Role) -> None:
    with pytest.raises(Refused):
        village_steps.finish_survey(
            way=way, act=act(10, 1), by=users.user("other", role, world.commune)
        )


def test_an_officer_of_another_commune_takes_none(world: World, way: VillageReview) -> None:
    stranger = users.user("stranger", Role.COMMUNE_OFFICER, world.other_commune)
    with pytest.raises(Refused):
        village_steps.finish_survey(way=way, act=act(10, 1), by=stranger)


@pytest.mark.parametrize(
    ("agreed", "outcome", "ends_in"),
    [
        (20, MeetingOutcome.AGREED, VillageState.MEETING_HELD),  # half of 40 is enough
        (19, MeetingOutcome.NOT_AGREED, VillageState.LISTED),
    ],
)
def test_at_least_half_of_those_present_have_to_agree(
    world: World, way: VillageReview, agreed: int, outcome: str, ends_in: str
) -> None:
    surveyed(way, world)
    held = village_steps.record_meeting(
        way=way, meeting=meeting(agreed=agreed), act=act(10, 2), by=world.officer
    )
    assert (held.outcome, held.required_percent, state(way)) == (outcome, 50, ends_in)


def test_a_meeting_that_did_not_agree_opens_the_forms_and_is_held_again(
    world: World, way: VillageReview, survey: Survey
) -> None:
    surveyed(way, world)
    village_steps.record_meeting(
        way=way, meeting=meeting(agreed=3), act=act(10, 2), by=world.officer
    )
    reviews.surveyed(
        world.round, world.village, world.officer, household=survey.household, floor_area_m2=70
    )
    village_steps.finish_survey(way=way, act=act(10, 4), by=world.officer)
    village_steps.record_meeting(way=way, meeting=meeting(), act=act(10, 5), by=world.officer)
    assert state(way) == VillageState.MEETING_HELD


def test_a_household_voted_on_alone_is_surveyed_again_and_the_others_are_agreed(
    world: World, way: VillageReview, survey: Survey
) -> None:
    other = reviews.surveyed(
        world.round, world.village, world.officer, members=[reviews.adult("Người Khác")]
    )
    surveyed(way, world)
    held = village_steps.record_meeting(
        way=way,
        meeting=meeting(alone={survey.pk: 12, other.pk: 30}),
        act=act(10, 2),
        by=world.officer,
    )
    assert (held.outcome, state(way)) == (MeetingOutcome.AGREED_EXCEPT, VillageState.SURVEYED)
    opened = SurveyReopening.objects.get()
    assert (opened.survey, opened.due_on) == (survey, dt.date(2024, 10, 7))
    reviews.surveyed(
        world.round, world.village, world.officer, household=survey.household, floor_area_m2=70
    )
    with pytest.raises(Refused):
        reviews.surveyed(world.round, world.village, world.officer, household=other.household)
    with pytest.raises(Conflict):
        village_steps.post(way=way, places="x", is_read_out=True, act=act(10, 3), by=world.officer)
    village_steps.record_meeting(way=way, meeting=meeting(), act=act(10, 8), by=world.officer)
    assert state(way) == VillageState.MEETING_HELD
    assert not SurveyReopening.objects.filter(ended_at__isnull=True).exists()


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"present": 0, "agreed": 0}, "present"),
        ({"agreed": 41}, "agreed"),
        ({"agreed": -1}, "agreed"),
        ({"place": " "}, "place"),
        ({"secretary_name": ""}, "secretary_name"),
        ({"alone": {1: 41}}, "alone.1"),
    ],
)
def test_minutes_that_cannot_be_right_are_refused_at_their_field(
    world: World, way: VillageReview, wrong: dict, field: str
) -> None:
    surveyed(way, world)
    with pytest.raises(Invalid) as refusal:
        village_steps.record_meeting(
            way=way, meeting=meeting(**wrong), act=act(10, 2), by=world.officer
        )
    assert field in refusal.value.fields
    assert state(way) == VillageState.SURVEYED


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"month": 10, "day": 16}, "acted_on"),  # tomorrow
        ({"month": 8, "day": 31}, "acted_on"),  # before the round
        ({"month": 9, "day": 30}, "acted_on"),  # before the step before
        ({"month": 10, "day": 2, "acted_by_name": " "}, "acted_by_name"),
    ],
)
def test_a_day_or_a_name_that_cannot_be_is_refused(
    world: World, way: VillageReview, facts: dict, field: str
) -> None:
    surveyed(way, world)
    month, day = facts.pop("month"), facts.pop("day")
    with pytest.raises(Invalid) as refusal:
        village_steps.record_meeting(
            way=way, meeting=meeting(), act=act(month, day, **facts), by=world.officer
        )
    assert field in refusal.value.fields


def test_the_list_hangs_out_three_working_days(world: World, way: VillageReview) -> None:
    posting = posted(way, world)  # Thursday 3 October
    assert posting.ends_on == dt.date(2024, 10, 8)
    with pytest.raises(Invalid) as refusal:
        village_steps.close_posting(way=way, act=act(10, 7), by=world.officer)
    assert "acted_on" in refusal.value.fields
    village_steps.close_posting(way=way, act=act(10, 8), by=world.officer)
    assert PublicPosting.objects.get().closed_on == dt.date(2024, 10, 8)


def test_back_to_the_survey_only_with_a_reason_and_not_from_a_posting(
    world: World, way: VillageReview
) -> None:
    surveyed(way, world)
    with pytest.raises(Invalid):
        village_steps.reopen_survey(way=way, act=act(10, 2), by=world.officer)
    village_steps.reopen_survey(way=way, act=act(10, 2, note="Sót một hộ"), by=world.officer)
    assert state(way) == VillageState.LISTED
    village_steps.finish_survey(way=way, act=act(10, 3), by=world.officer)
    village_steps.record_meeting(way=way, meeting=meeting(), act=act(10, 3), by=world.officer)
    village_steps.survey_again(way=way, act=act(10, 4, note="Sai tuổi"), by=world.officer)
    assert state(way) == VillageState.LISTED


def test_a_closed_village_is_reopened_only_after_a_return(world: World, way: VillageReview) -> None:
    procedure.closed_village(world.round, world.village, world.officer)
    with pytest.raises(Refused, match="returned"):
        village_steps.reopen_village(way=way, act=act(10, 8, note="Sai"), by=world.officer)


def test_a_failed_audit_leaves_no_step_and_no_paper_row(
    world: World, way: VillageReview, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(**_: object) -> None:
        raise RuntimeError("no audit")

    monkeypatch.setattr(attachments, "keep_paper", broken)
    with pytest.raises(RuntimeError):
        surveyed(way, world)
    assert (StepTaken.objects.count(), Attachment.objects.count()) == (0, 0)
    assert state(way) == VillageState.LISTED
