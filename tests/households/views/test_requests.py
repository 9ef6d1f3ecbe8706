"""Requests as the officer enters, follows and answers them; and their papers."""

from collections.abc import Callable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from households.choices import RequestState, Role
from households.models import Household, ReviewRequest, Survey, User
from tests.factories import people, procedure, users
from tests.households.conftest import World
from tests.security.answers import text_of

LogIn = Callable[[User], Client]
pytestmark = pytest.mark.usefixtures("paper_folder")
ASKED = {"kind": "REVIEW", "received_on": "01/10/2024", "channel": "DESK"}


@pytest.fixture
def home(world: World) -> Household:
    return people.household(world.village, people.person("Nông Văn Hỏi"))


def new(world: World, home: Household | None = None) -> str:
    page = reverse("households:request_new", args=[world.commune.pk])
    return f"{page}?household={home.pk}" if home else page


def test_a_known_household_is_not_typed_again(
    world: World, home: Household, logged_in: LogIn
) -> None:
    client = logged_in(world.officer)
    assert 'value="Nông Văn Hỏi"' in client.get(new(world, home)).content.decode()
    answer = client.post(new(world, home), {**ASKED, "from_name": "Nông Văn Hỏi"}, follow=True)
    assert "answer due 14/12/2024" in answer.content.decode()
    assert ReviewRequest.objects.get().household == home
    again = client.post(new(world, home), {**ASKED, "from_name": "Nông Văn Hỏi"}, follow=True)
    assert "open request already" in again.content.decode()
    assert "1 request waits" in client.get("/").content.decode()


def test_a_new_asker_is_picked_up_by_a_form(world: World, logged_in: LogIn) -> None:
    client = logged_in(world.officer)
    given = {**ASKED, "from_name": "Lý Mới", "village": world.village.pk, "birth_year": 1990}
    assert client.post(new(world), {**given, "from_name": ""}).status_code == 422
    client.post(new(world), given)
    page = reverse("households:request", args=[ReviewRequest.objects.get().pk])
    answer = client.post(page, {"act": "pick_up"})
    assert answer["Location"] == f"/reviews/{Survey.objects.get().uuid}/form/"
    assert "Lý Mới" in client.get(answer["Location"]).content.decode()


def test_refused_with_a_signed_paper(world: World, home: Household, logged_in: LogIn) -> None:
    client = logged_in(world.officer)
    client.post(new(world, home), {**ASKED, "from_name": "Nông Văn Hỏi"})
    found = ReviewRequest.objects.get()
    page = reverse("households:request", args=[found.pk])
    scan = SimpleUploadedFile("a.jpg", procedure.pages()[0], content_type="image/jpeg")
    given = {
        "act": "answer", "state": "REFUSED", "words": "Thu nhập trên chuẩn", "number": "7/TB",
        "decided_on": "10/10/2024", "decided_by": "Hoàng Văn Chủ", "signer_title": "CHAIR",
    }  # fmt: skip
    assert client.post(page, given).status_code == 422
    assert client.post(page, {**given, "pages": scan}).status_code == 302
    found.refresh_from_db()
    assert found.state == RequestState.REFUSED
    assert "Thu nhập trên chuẩn" in client.get(page).content.decode()


def test_a_whole_village_is_ticked(world: World, home: Household, logged_in: LogIn) -> None:
    client = logged_in(world.officer)
    page = reverse("households:request_village", args=[world.village.pk])
    given = {"received_on": "01/10/2024", "reason": "Lũ quét"}
    assert client.post(page, given).status_code == 422
    assert client.post(page, {**given, "household": [home.pk]}).status_code == 302
    assert ReviewRequest.objects.get().channel == "DISASTER"


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        ("receipt", ("0001/2024/TN", "14/12/2024", "Nông Văn Hỏi")),
        ("form", ("Mẫu số 01", "NÔNG VĂN HỎI".title(), "GIẤY ĐỀ NGHỊ")),
        ("form-a", ("PHIẾU A", "chưa được xác nhận", "ô tô")),
        ("refusal", ("không công nhận", "khiếu nại")),
    ],
)
def test_its_papers(
    world: World, home: Household, logged_in: LogIn, kind: str, said: tuple[str, ...]
) -> None:
    client = logged_in(world.officer)
    client.post(new(world, home), {**ASKED, "from_name": "Nông Văn Hỏi"})
    paper = reverse("households:request_paper", args=[ReviewRequest.objects.get().pk, kind])
    answer = client.post(paper, {"purpose": "FIELD_WORK"})
    text = " ".join(text_of(answer).split())  # type: ignore[arg-type]
    for words in said:
        assert words in text


def test_others_read_and_strangers_find_nothing(
    world: World, home: Household, logged_in: LogIn
) -> None:
    logged_in(world.officer).post(new(world, home), {**ASKED, "from_name": "Nông Văn Hỏi"})
    page = reverse("households:request", args=[ReviewRequest.objects.get().pk])
    front = logged_in(users.user("front", Role.FATHERLAND_FRONT, world.commune))
    assert front.get(page).status_code == 200
    assert front.post(page, {"act": "withdraw"}).status_code == 403
    stranger = logged_in(users.user("stranger", Role.COMMUNE_OFFICER, world.other_commune))
    assert stranger.get(page).status_code == 404
    assert stranger.get(new(world)).status_code == 404
