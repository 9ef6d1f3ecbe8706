"""Printed papers: what stands on them, what must not, who prints them, and that it is recorded."""

import datetime as dt
from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from households.choices import ComplaintKind, Role
from households.exchange import paper_printing
from households.models import AuditEvent, CommuneReview, Installation, Survey, User
from households.services import commune_steps, complaints, decision_drafts, terms, village_steps
from households.views import decision_words
from tests.factories import people, reviews, users
from tests.factories.procedure import act, meeting
from tests.households.conftest import World
from tests.security.answers import text_of

LogIn = Callable[[User], Client]
pytestmark = pytest.mark.usefixtures("paper_folder")
NAME = "Lường Thị Ngẫu #1 *đậm* $x$ _y_"
POOR = {"income_per_capita_month_vnd": 1_200_000, **reviews.THREE_LACKS}
#: Session, user, rights (2), unit, round, rows (3), act (3), posting, terms, marks (2).
QUERIES = 21


@pytest.fixture
def survey(world: World) -> Survey:
    head = reviews.adult(NAME, personal_id="006080123456")
    return reviews.surveyed(
        world.round, world.village, world.officer, members=[head], phone="0912345678", **POOR
    )


def page(world: World, kind: str) -> str:
    return reverse("households:village_paper", args=[world.round.pk, world.village.pk, kind])


def printed(client: Client, world: World, kind: str) -> str:
    answer = client.post(page(world, kind), {"purpose": "MEETING"})
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/pdf")
    return " ".join(text_of(answer).split())  # type: ignore[arg-type]


def test_the_posting_list_says_who_and_what_and_nothing_else(
    world: World, survey: Survey, logged_in: LogIn
) -> None:
    way = village_steps.begun(round=world.round, village=world.village)
    village_steps.finish_survey(way=way, act=act(10, 1), by=world.officer)
    village_steps.record_meeting(way=way, meeting=meeting(), act=act(10, 2), by=world.officer)
    village_steps.post(way=way, places="x", is_read_out=True, act=act(10, 3), by=world.officer)
    text = printed(logged_in(world.officer), world, "posting")
    for said in (NAME, "Hộ nghèo", "03/10/2024", "08/10/2024", "Thôn Một", "NIÊM YẾT"):
        assert said in text
    member = survey.members.get()
    assert member.birth_date is not None
    for kept in ("006080123456", "0912345678", "1980", "Kinh", world.officer.username):
        assert kept not in text


def test_the_minutes_leave_room_for_what_is_written_by_hand(
    world: World, survey: Survey, logged_in: LogIn
) -> None:
    text = printed(logged_in(world.officer), world, "minutes")
    for said in ("BIÊN BẢN HỌP THÔN", NAME, "50 %", "CHỦ TRÌ", "1 hộ nghèo"):
        assert said in text
    assert "Người officer" in text  # in its foot, with the day, in the paper's language
    assert "Họp dân" in text or "họp dân" in text


def test_the_list_to_review_holds_listed_households_and_begun_forms(
    world: World, survey: Survey, logged_in: LogIn
) -> None:
    waiting = people.household(world.village, people.person("Người Chờ"))
    reviews.listed(world.round, world.commune, world.officer, waiting)
    people.household(world.village, people.person("Người Ngoài"))
    text = printed(logged_in(world.officer), world, "to-review")
    assert "Người Chờ" in text
    assert waiting.code in text
    assert NAME[:10] in text
    assert "Người Ngoài" not in text


def test_each_print_is_recorded_before_it_is_made(
    world: World, survey: Survey, logged_in: LogIn
) -> None:
    client = logged_in(world.officer)
    assert client.get(page(world, "minutes")).status_code == 200
    assert not AuditEvent.objects.filter(verb="paper.print").exists()
    assert client.post(page(world, "minutes"), {"purpose": "OTHER"}).status_code == 422
    assert not AuditEvent.objects.filter(verb="paper.print").exists()
    printed(client, world, "minutes")
    event = AuditEvent.objects.get(verb="paper.print")
    assert event.details == {
        "filters": {"paper": "minutes", "round": "2024", "village": world.village.pk},
        "count": 1,
        "purpose": "MEETING",
    }


def test_a_demonstration_says_so_on_every_page(
    world: World, survey: Survey, logged_in: LogIn
) -> None:
    client = logged_in(world.officer)
    assert "SỐ LIỆU MẪU" not in printed(client, world, "posting")
    Installation.objects.create(pk=1, kind="DEMO")
    assert "SỐ LIỆU MẪU" in printed(client, world, "posting")


def test_papers_are_for_readers_of_the_area_and_of_a_kind_that_is_there(
    world: World, survey: Survey, logged_in: LogIn
) -> None:
    stranger = logged_in(users.user("stranger", Role.COMMUNE_OFFICER, world.other_commune))
    assert stranger.post(page(world, "posting"), {"purpose": "MEETING"}).status_code == 404
    assert logged_in(world.officer).get(page(world, "love-letter")).status_code == 404


def test_a_village_costs_the_same_for_one_household_and_for_ten(
    world: World,
    survey: Survey,
    logged_in: LogIn,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    for number in range(9):
        head = reviews.adult(f"Người {number}")
        reviews.surveyed(world.round, world.village, world.officer, members=[head])
    client = logged_in(world.officer)
    with django_assert_max_num_queries(QUERIES):
        printed(client, world, "posting")


def test_the_draft_of_the_decision_carries_its_lists(
    world: World, survey: Survey, logged_in: LogIn
) -> None:
    url = reverse("households:decision_paper", args=[world.round.pk, world.commune.pk])
    client = logged_in(world.officer)
    assert client.get(url).status_code == 200
    answer = client.post(url, {"purpose": "REPORT"})
    text = " ".join(text_of(answer).split())  # type: ignore[arg-type]
    for said in ("QUYẾT ĐỊNH", "hộ nghèo: 1 hộ, 1 khẩu", NAME, "Thôn Một", "01/01/2025"):
        assert said in text
    assert AuditEvent.objects.get(verb="paper.print").details["count"] == 1


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        ("invitation", ("GIẤY MỜI", "1 hộ của thôn", "50 %")),
        ("posting-minutes", ("BIÊN BẢN NIÊM YẾT", "03/10/2024", "08/10/2024", "Nhà văn hóa")),
        ("end-of-posting", ("KẾT THÚC NIÊM YẾT", "03/10/2024", "Khiếu nại")),
    ],
)
def test_papers_without_names_are_printed_at_once_and_name_nobody(
    world: World, survey: Survey, logged_in: LogIn, kind: str, said: tuple[str, ...]
) -> None:
    way = village_steps.begun(round=world.round, village=world.village)
    village_steps.finish_survey(way=way, act=act(10, 1), by=world.officer)
    village_steps.record_meeting(way=way, meeting=meeting(), act=act(10, 2), by=world.officer)
    village_steps.post(
        way=way, places="Nhà văn hóa", is_read_out=True, act=act(10, 3), by=world.officer
    )
    answer = logged_in(world.officer).get(page(world, kind))
    assert answer["Content-Type"] == "application/pdf"
    text = " ".join(text_of(answer).split())  # type: ignore[arg-type]
    for words in said:
        assert words in text
    assert NAME[:10] not in text
    assert not AuditEvent.objects.filter(verb="paper.print").exists()


def test_the_report_of_the_commune_sums_up_its_villages(
    world: World, survey: Survey, logged_in: LogIn
) -> None:
    village_steps.begun(round=world.round, village=world.village)
    report = reverse("households:report_paper", args=[world.round.pk, world.commune.pk])
    text = " ".join(text_of(logged_in(world.officer).get(report)).split())  # type: ignore[arg-type]
    for words in ("BÁO CÁO", "Thôn Một", "Tổng cộng 1 1 0 0 0", "Huyện Thử"):
        assert words in text
    assert NAME[:10] not in text


def test_a_decision_under_two_standards_holds_the_lists_of_both(
    world: World, survey: Survey, logged_in: LogIn
) -> None:
    village_steps.begun(round=world.round, village=world.village)
    drafted = decision_drafts.draft(CommuneReview.objects.select_related("round__province").get())
    data = decision_words.draft_data(world.round, world.commune, drafted * 2, "", "")
    assert [len(part["lists"]) for part in data["parts"]] == [4, 4]
    assert len(paper_printing.pictures("decision", data)) == 3  # the act, and a list of each


def test_the_answer_to_a_complaint_says_what_came_and_what_became_of_it(
    world: World, survey: Survey, logged_in: LogIn
) -> None:
    heard = complaints.Heard(
        ComplaintKind.COMPLAINT, dt.date(2024, 10, 4), "Người Gửi", "Nhà có giếng khoan",
        household=survey.household,
    )  # fmt: skip
    found = complaints.receive(
        round=world.round, village=world.village, heard=heard, by=world.officer
    )
    client = logged_in(world.officer)
    address = reverse("households:complaint_answer", args=[found.pk])
    answer = client.post(address, {"purpose": "REPORT"})
    text = " ".join(text_of(answer).split())  # type: ignore[arg-type]
    for words in ("Người Gửi", "Nhà có giếng khoan", "04/10/2024", "TRẢ LỜI KHIẾU NẠI"):
        assert words in text
    assert "KT. CHỦ TỊCH" not in text
    answer = client.post(address, {"purpose": "REPORT", "signer_title": "DEPUTY_FOR_CHAIR"})
    assert "KT. CHỦ TỊCH PHÓ CHỦ TỊCH" in " ".join(text_of(answer).split())  # type: ignore[arg-type]
    posting = reverse("households:complaint_posting", args=[found.pk])
    text = " ".join(text_of(client.post(posting, {"purpose": "POSTING"})).split())  # type: ignore[arg-type]
    assert NAME[:10] in text


def test_points_hang_out_only_where_the_province_wants_them(
    world: World, survey: Survey, logged_in: LogIn
) -> None:
    officer = logged_in(world.officer)
    assert "B2 30" not in printed(officer, world, "posting")
    terms.set_term(
        name="posting_points", value="1", valid_from=dt.date(2024, 1, 1), source="Công văn 7",
        by=users.user("so", Role.DEPARTMENT, world.province),
    )  # fmt: skip
    assert "Hộ nghèo (B2 30)" in printed(officer, world, "posting")
    assert "B2 30" not in printed(officer, world, "minutes")


def test_the_letter_submits_figures_without_a_name(
    world: World, survey: Survey, logged_in: LogIn
) -> None:
    commune_steps.begun(round=world.round, commune=world.commune)
    letter = reverse("households:submission_paper", args=[world.round.pk, world.commune.pk])
    text = " ".join(text_of(logged_in(world.officer).get(letter)).split())  # type: ignore[arg-type]
    assert "TỜ TRÌNH" in text
    assert "rà soát 1 hộ; hộ nghèo 1 hộ" in text
    assert NAME not in text
