"""Pages of complaints and of the decision: recorded, re-checked, answered, hung out again."""

from collections.abc import Callable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from households.choices import ComplaintState, Role
from households.models import (
    Complaint,
    PublicPosting,
    RecognitionDecision,
    StatusPeriod,
    Survey,
    SurveyReopening,
    User,
)
from households.services import commune_steps, village_steps
from tests.factories import pictures, procedure, reviews, users
from tests.factories.procedure import act
from tests.households.conftest import World

pytestmark = pytest.mark.usefixtures("paper_folder")
LogIn = Callable[[User], Client]
POOR = {"income_per_capita_month_vnd": 1_200_000, **reviews.THREE_LACKS}


@pytest.fixture
def survey(world: World) -> Survey:
    """A poor household whose result hangs out since 9 October, until the 14th."""
    procedure.confirm_terms(users.user("department", Role.DEPARTMENT, world.province))
    made = reviews.surveyed(world.round, world.village, world.officer, **POOR)
    way = village_steps.begun(round=world.round, village=world.village)
    village_steps.finish_survey(way=way, act=act(10, 8), by=world.officer)
    village_steps.record_meeting(
        way=way, meeting=procedure.meeting(), act=act(10, 9), by=world.officer
    )
    village_steps.post(way=way, places="x", is_read_out=True, act=act(10, 9), by=world.officer)
    return made


@pytest.fixture
def client(world: World, logged_in: LogIn) -> Client:
    return logged_in(world.officer)


def recorded(client: Client, world: World, survey: Survey) -> Complaint:
    url = reverse("households:complaint_new", args=[world.round.pk, world.village.pk])
    assert client.get(url).status_code == 200
    typed = {
        "kind": "COMPLAINT",
        "household": str(survey.household_id),
        "received_on": "10/10/2024",
        "from_name": "Phùng Văn Khiếu",
        "words": "Nhà có xe",
    }
    page = client.post(url, typed)
    found = Complaint.objects.get()
    assert page["Location"] == reverse("households:complaint", args=[found.pk])
    return found


def act_on(client: Client, complaint: Complaint, name: str, **typed: str) -> int:
    url = reverse("households:complaint", args=[complaint.pk])
    return client.post(url, {"act": name, **typed}).status_code


def test_a_complaint_goes_from_its_letter_to_a_new_posting(
    client: Client, world: World, survey: Survey
) -> None:
    complaint = recorded(client, world, survey)
    assert complaint.holds_back
    assert act_on(client, complaint, "recheck") == 302
    assert SurveyReopening.objects.get().survey == survey
    assert client.get(reverse("households:survey_form", args=[survey.uuid])).status_code == 200
    answer = {"state": "UPHELD", "answered_on": "11/10/2024", "answer": "Đúng"}
    assert act_on(client, complaint, "answer", **{**answer, "answer": " "}) == 422
    assert act_on(client, complaint, "answer", **answer) == 302
    complaint.refresh_from_db()
    assert complaint.state == ComplaintState.UPHELD
    assert act_on(client, complaint, "repost", places="Nhà văn hóa", posted_on="11/10/2024") == 302
    posting = PublicPosting.objects.get(household=survey.household)
    assert act_on(client, complaint, "take_down", closed_on="14/10/2024") == 422  # until the 16th
    page = client.get(reverse("households:complaint", args=[complaint.pk])).content.decode()
    assert f"{posting.ends_on:%d/%m/%Y}" in page


def test_the_draft_names_who_is_kept_back_and_the_decision_leaves_him_out(
    client: Client, world: World, survey: Survey
) -> None:
    other = reviews.adult("Người Được Ký")
    del other["ethnic_group"]
    complaint = recorded(client, world, survey)
    way = village_steps.begun(round=world.round, village=world.village)
    village_steps.close_posting(way=way, act=act(10, 14), by=world.officer)
    commune = commune_steps.begun(round=world.round, commune=world.commune)
    commune_steps.close_villages(way=commune, act=act(10, 14), by=world.officer)
    commune_steps.send_up(way=commune, act=act(10, 14), by=world.officer)
    commune_steps.record_opinion(way=commune, act=act(10, 15), by=world.officer)
    url = reverse("households:decision", args=[world.round.pk, world.commune.pk])
    assert "1 household is kept back" in client.get(url).content.decode()

    def sign(number: str) -> int:
        typed = {
            "number": number,
            "decided_on": "15/10/2024",
            "decided_by": "Hoàng Văn Chủ",
            "signer_title": "CHAIR",
            "pages": SimpleUploadedFile("qd.jpg", pictures.jpeg(), "image/jpeg"),
        }
        return client.post(url, typed).status_code

    assert sign("15/QĐ") == 302
    assert not StatusPeriod.objects.exists()
    assert sign("16/QĐ") == 422  # nobody is settled
    answer = {"state": "KEPT", "answered_on": "15/10/2024", "answer": "Giữ nguyên"}
    assert act_on(client, complaint, "answer", **answer) == 302
    assert "waits for a supplement" in client.get(url).content.decode()
    assert sign("16/QĐ") == 302
    assert StatusPeriod.objects.get().decision_in.number == "16/QĐ"
    assert RecognitionDecision.objects.count() == 2
    page = client.get(url).content.decode()
    assert page.count("Signed paper, 1 page") == 2
    assert "Record the supplement" not in page


def test_what_nobody_offers_is_no_request(client: Client, world: World, survey: Survey) -> None:
    complaint = recorded(client, world, survey)
    assert act_on(client, complaint, "forget") == 400


def test_terms_are_read_by_all_and_set_by_the_department(
    world: World, survey: Survey, logged_in: LogIn
) -> None:
    url = reverse("households:terms")
    typed = {
        "set": "term",
        "term-name": "posting_days",
        "term-value": "4",
        "term-valid_from": "01/10/2024",
        "term-source": "Văn bản",
    }
    officer = logged_in(world.officer)
    assert "Only the department sets terms" in officer.get(url).content.decode()
    assert officer.post(url, typed).status_code == 403
    department = logged_in(User.objects.get(username="department"))
    assert department.post(url, {**typed, "term-value": "0"}).status_code == 422
    assert department.post(url, typed).status_code == 302
    day = {"set": "day", "day-day": "20/11/2024", "day-name": "Nghỉ", "day-source": "Thông báo"}
    assert department.post(url, day).status_code == 302
    page = department.get(url).content.decode()
    assert "20/11/2024" in page
