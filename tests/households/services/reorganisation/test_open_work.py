"""Work that is open when units merge goes on in the new one; a split wants it finished first."""

import datetime as dt

import pytest
from django.conf import LazySettings

from households.choices import ComplaintKind, ComplaintState
from households.choices.requests import RequestChannel, RequestKind
from households.models import Area, CommuneReview, Complaint, ReviewRequest, VillageReview
from households.services import complaints, home_succession, requests, surveys
from households.services.reorganisation import forecast, obstacles, signing
from tests.factories import procedure, reviews
from tests.households.services.reorganisation.conftest import SOON, TODAY, World


@pytest.fixture
def request_(world: World) -> ReviewRequest:
    procedure.confirm_terms(world.department)
    asked = requests.Asked(
        RequestKind.REVIEW, RequestChannel.DESK, TODAY, "Nông Văn Hỏi",
        household=world.households["a1"],
    )  # fmt: skip
    return requests.receive(village=world.villages["a1"], asked=asked, by=world.officer_a)


@pytest.fixture
def complaint(world: World) -> Complaint:
    round = reviews.periodic(world.province, 2023, reviews.standard())
    made: Complaint = Complaint.objects.create(
        round=round, village=world.villages["a1"], commune=world.a, kind=ComplaintKind.COMPLAINT,
        received_on=TODAY, due_on=SOON, from_name="Phùng Văn Khiếu", words="Thử",
        recorded_by=world.officer_a,
    )  # fmt: skip
    return made


def test_a_request_goes_on_in_what_its_village_became(
    world: World, request_: ReviewRequest, settings: LazySettings
) -> None:
    draft = world.draft(world.merger(), day=SOON)
    assert len(forecast.dry_run(draft).parts[0].going_on) == 1
    signing.sign(reorganisation=draft, by=world.department)
    settings.POVREG_TODAY = dt.date(2025, 10, 5)
    home_succession.follow()
    round = reviews.periodic(world.province, 2025, reviews.standard())

    survey = requests.pick_up(request=request_, round=round, by=world.officer_b)

    assert survey.commune == Area.objects.on(SOON).get(code="02008")
    assert survey.village.name == "Nà Pài (Xã A)"
    assert survey.household == world.households["a1"]


def test_a_complaint_is_settled_by_the_new_commune(
    world: World, complaint: Complaint, settings: LazySettings
) -> None:
    signing.sign(reorganisation=world.draft(world.merger(), day=SOON), by=world.department)
    settings.POVREG_TODAY = SOON
    home_succession.follow()

    complaints.settle(
        complaint=complaint, state=ComplaintState.KEPT, answered_on=SOON, answer="Giữ kết quả",
        by=world.officer_b,
    )  # fmt: skip

    complaint.refresh_from_db()
    assert complaint.state == ComplaintState.KEPT


def test_a_split_wants_both_finished_first(
    world: World, request_: ReviewRequest, complaint: Complaint
) -> None:
    found = obstacles.standing(world.draft(world.split()))

    assert len(found) == 2
    assert all(one.do_first for one in found)
    assert (request_.village, complaint.village) == (world.villages["a1"], world.villages["a1"])


def test_each_is_told_with_its_commune_and_the_page_on_which_it_is_finished(
    world: World, request_: ReviewRequest, complaint: Complaint
) -> None:
    told = forecast.dry_run(world.draft(world.merger(), day=SOON)).parts[0].going_on

    pages = {one.page.name: one.page.args for one in told if one.page}
    assert pages == {
        "households:commune_way": (complaint.round_id, world.a.pk),
        "households:request_list": (world.a.pk,),
    }
    assert all("Xã A" in one.reason and one.do_first for one in told if one.page)


def test_a_form_only_begun_of_a_closed_round_is_told_and_stays(world: World) -> None:
    round = reviews.periodic(world.province, 2023, reviews.standard())
    draft = surveys.start(round=round, household=world.households["a1"], by=world.officer_a)
    type(round).objects.update(is_closed=True)

    told = forecast.dry_run(world.draft(world.split(), day=SOON)).parts[0].going_on

    assert [one.page.args for one in told if one.page] == [(round.pk, world.a.pk)]
    signing.sign(reorganisation=world.draft(world.merger(), day=SOON), by=world.department)
    draft.refresh_from_db()
    assert draft.commune == world.a


def test_a_round_in_the_middle_says_how_many_villages_have_closed(world: World) -> None:
    round = reviews.periodic(world.province, 2024, reviews.standard())
    CommuneReview.objects.create(round=round, commune=world.a)
    VillageReview.objects.create(round=round, village=world.villages["a1"], state="CLOSED")
    VillageReview.objects.create(round=round, village=world.villages["a2"])

    (told,) = obstacles.standing(world.draft(world.split()))

    assert "1 trên 2 thôn" in told.reason
    assert told.page is not None
    assert told.page.args == (round.pk, world.a.pk)
