"""Complaints keep back a household, not the list; each ends with an answer."""

import datetime as dt

import pytest

from households.choices import (
    ComplaintKind,
    ComplaintState,
    DecisionOrigin,
    HowIn,
    PovertyClass,
    Role,
)
from households.errors import Conflict, Invalid, Refused
from households.models import (
    CommuneReview,
    Complaint,
    RecognitionDecision,
    StatusPeriod,
    Survey,
    User,
    VillageReview,
)
from households.queries import decision_draft
from households.services import (
    commune_steps,
    complaints,
    decision_drafts,
    recognition,
    repostings,
    village_steps,
)
from tests.factories import procedure, users
from tests.factories.procedure import act, paper
from tests.households.conftest import World

pytestmark = pytest.mark.usefixtures("paper_folder")


def recognised(way: CommuneReview, world: World, **facts: object) -> None:
    recognition.recognise(
        way=way, paper=paper(10, 10, **facts), pages=procedure.pages(), by=world.officer
    )


@pytest.fixture
def complaint(world: World, department: User, kinds: dict[str, Survey]) -> Complaint:
    """About the poor household, while the list hangs out."""
    procedure.confirm_terms(department)
    way = village_steps.begun(round=world.round, village=world.village)
    village_steps.finish_survey(way=way, act=act(10, 1), by=world.officer)
    village_steps.record_meeting(
        way=way, meeting=procedure.meeting(), act=act(10, 2), by=world.officer
    )
    village_steps.post(
        way=way, places="Nhà văn hóa", is_read_out=True, act=act(10, 2), by=world.officer
    )
    heard = complaints.Heard(
        ComplaintKind.COMPLAINT,
        dt.date(2024, 10, 4),
        "Người Khiếu",
        "Nhà có xe máy mới",
        household=kinds["Poor"].household,
    )
    found = complaints.receive(
        round=world.round, village=world.village, heard=heard, by=world.officer
    )
    village_steps.close_posting(way=way, act=act(10, 7), by=world.officer)
    return found


def sent(world: World) -> CommuneReview:
    way = commune_steps.begun(round=world.round, commune=world.commune)
    commune_steps.close_villages(way=way, act=act(10, 8), by=world.officer)
    commune_steps.send_up(way=way, act=act(10, 8), by=world.officer)
    commune_steps.record_opinion(way=way, act=act(10, 9), by=world.officer)
    return way


def test_an_open_complaint_keeps_back_its_household_not_the_list(
    world: World, complaint: Complaint, kinds: dict[str, Survey]
) -> None:
    assert (complaint.holds_back, complaint.due_on) == (True, dt.date(2024, 10, 9))
    way = sent(world)
    (drafted,) = decision_drafts.draft(way)
    assert drafted.held_back == [kinds["Poor"].household_id]
    assert [len(rows) for __, rows in drafted.draft.lists] == [0, 1, 0, 0]
    recognised(way, world)
    assert StatusPeriod.objects.get().household == kinds["Near"].household
    with pytest.raises(Refused, match="No household"):
        recognition.supplement(
            way=way, paper=paper(10, 12, number="17/QĐ"), pages=procedure.pages(), by=world.officer
        )


def test_a_kept_result_is_signed_by_a_supplement(
    world: World, complaint: Complaint, kinds: dict[str, Survey]
) -> None:
    way = sent(world)
    recognised(way, world)
    complaints.settle(
        complaint=complaint,
        state=ComplaintState.KEPT,
        answered_on=dt.date(2024, 10, 11),
        answer="Xe máy là của con rể",
        by=world.officer,
    )
    done = recognition.supplement(
        way=way, paper=paper(10, 12, number="17/QĐ"), pages=procedure.pages(), by=world.officer
    )
    assert (done.opened, done.ended) == (1, 0)
    period = StatusPeriod.objects.get(household=kinds["Poor"].household)
    assert (period.poverty_class, period.how_in) == (PovertyClass.POOR, HowIn.OPENING)
    supplement = RecognitionDecision.objects.get(origin=DecisionOrigin.SUPPLEMENT)
    assert supplement.only_about == [kinds["Poor"].household_id]
    assert supplement.attachments.count() == 1


def test_an_upheld_complaint_is_re_checked_hung_out_again_and_then_signed(
    world: World, complaint: Complaint, kinds: dict[str, Survey]
) -> None:
    complaints.order_recheck(complaint=complaint, by=world.officer)
    with pytest.raises(Conflict):
        complaints.order_recheck(complaint=complaint, by=world.officer)
    poor = kinds["Poor"].household
    Survey.objects.filter(pk=kinds["Poor"].pk).update(state="DRAFT")
    complaint.refresh_from_db()
    upheld = {
        "complaint": complaint,
        "state": ComplaintState.UPHELD,
        "answered_on": dt.date(2024, 10, 9),
        "answer": "Đúng",
        "by": world.officer,
    }
    with pytest.raises(Refused):
        complaints.settle(**upheld)
    Survey.objects.filter(pk=kinds["Poor"].pk).update(state="COMPLETE")
    complaints.settle(**upheld)
    held = decision_draft.held_back(world.round, world.commune)
    assert list(held) == [poor.pk]  # not hung out again yet
    village = VillageReview.objects.select_related("village__parent", "round").get()
    posting = repostings.post(
        way=village,
        household=poor,
        places="Nhà văn hóa",
        posted_on=dt.date(2024, 10, 9),
        is_read_out=False,
        by=world.officer,
    )
    with pytest.raises(Invalid):
        repostings.close(posting=posting, closed_on=dt.date(2024, 10, 10), by=world.officer)
    repostings.close(posting=posting, closed_on=dt.date(2024, 10, 14), by=world.officer)
    assert decision_draft.held_back(world.round, world.commune) == {}


def test_a_remark_after_the_posting_days_keeps_nobody_back(
    world: World, complaint: Complaint, kinds: dict[str, Survey]
) -> None:
    heard = complaints.Heard(
        ComplaintKind.OPINION,
        dt.date(2024, 10, 9),
        "Người Khác",
        "Ý kiến muộn",
        household=kinds["Near"].household,
    )
    late = complaints.receive(
        round=world.round, village=world.village, heard=heard, by=world.officer
    )
    assert not late.holds_back


def test_a_denunciation_is_only_registered_and_handed_on(
    world: World, complaint: Complaint, kinds: dict[str, Survey]
) -> None:
    heard = complaints.Heard(
        ComplaintKind.DENUNCIATION,
        dt.date(2024, 10, 4),
        "Người Tố",
        "Tố cáo trưởng thôn",
        household=kinds["Near"].household,
    )
    found = complaints.receive(
        round=world.round, village=world.village, heard=heard, by=world.officer
    )
    assert not found.holds_back
    settled = {"complaint": found, "answered_on": dt.date(2024, 10, 5), "answer": "Chuyển"}
    with pytest.raises(Invalid):
        complaints.settle(**settled, state=ComplaintState.KEPT, by=world.officer)
    complaints.settle(**settled, state=ComplaintState.HANDED_ON, by=world.officer)


def test_complaints_are_the_communes_alone(world: World, complaint: Complaint) -> None:
    stranger = users.user("stranger", Role.COMMUNE_OFFICER, world.other_commune)
    reviewer = users.user("reviewer", Role.REVIEWER, world.commune)
    for by in (stranger, reviewer):
        with pytest.raises(Refused):
            complaints.order_recheck(complaint=complaint, by=by)
    complaints.settle(
        complaint=complaint,
        state=ComplaintState.WITHDRAWN,
        answered_on=dt.date(2024, 10, 8),
        answer="Rút đơn",
        by=world.officer,
    )
    with pytest.raises(Conflict, match="officer"):
        complaints.order_recheck(complaint=complaint, by=world.officer)
