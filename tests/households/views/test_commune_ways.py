"""Pages of the steps: what is offered to whom, what is missing, and what they cost."""

from collections.abc import Callable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from households.choices import Role
from households.models import StepTaken, User
from households.services import village_steps
from tests.factories import areas, pictures, procedure, reviews, users
from tests.factories.procedure import act
from tests.households.conftest import World

pytestmark = pytest.mark.usefixtures("paper_folder")
LogIn = Callable[[User], Client]
#: Session, user, rights (2), unit, round, way, villages (10), steps, terms, banner and the rest.
COMMUNE_QUERIES = 32
VILLAGE_QUERIES = 30


def commune_page(world: World) -> str:
    return reverse("households:commune_way", args=[world.round.pk, world.commune.pk])


def village_page(world: World) -> str:
    return reverse("households:village_way", args=[world.round.pk, world.village.pk])


def test_the_page_costs_the_same_for_one_village_and_for_ten(
    world: World, logged_in: LogIn, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    reviews.surveyed(world.round, world.village, world.officer)
    client = logged_in(world.officer)
    with django_assert_max_num_queries(COMMUNE_QUERIES):
        client.get(commune_page(world))
    for number in range(9):
        village = areas.village(world.commune, f"Thôn Thêm {number}")
        reviews.surveyed(world.round, village, world.officer)
    procedure.closed_village(world.round, world.village, world.officer)
    with django_assert_max_num_queries(COMMUNE_QUERIES):
        page = client.get(commune_page(world))
    assert page.content.decode().count("way-cells") == 10
    with django_assert_max_num_queries(VILLAGE_QUERIES):
        client.get(village_page(world))


def test_what_is_missing_stands_in_place_of_the_step(world: World, logged_in: LogIn) -> None:
    reviews.surveyed(world.round, world.village, world.officer)
    page = logged_in(world.officer).get(commune_page(world)).content.decode()
    assert "1 village is not closed: Thôn Một." in page
    assert "commune.villages_closed" not in page


def test_a_reader_sees_the_step_with_the_reason_why_it_is_not_his(
    world: World, logged_in: LogIn
) -> None:
    reviews.surveyed(world.round, world.village, world.officer)
    reader = users.user("front", Role.FATHERLAND_FRONT, world.commune)
    client = logged_in(reader)
    page = client.get(village_page(world)).content.decode()
    assert "This step is taken by: Commune poverty officer" in page
    assert 'name="step"' not in page
    posted = client.post(village_page(world), {"step": "village.surveyed"})
    assert (posted.status_code, StepTaken.objects.count()) == (403, 0)


def test_a_step_is_recorded_from_the_page_and_a_second_click_is_told(
    world: World, logged_in: LogIn
) -> None:
    reviews.surveyed(world.round, world.village, world.officer)
    client = logged_in(world.officer)
    typed = {"step": "village.surveyed", "village-surveyed-acted_on": "01/10/2024"}
    for said in ("The step is recorded.", "recorded a step on"):
        page = client.post(village_page(world), typed, follow=True)
        assert said in page.content.decode()
    assert StepTaken.objects.count() == 1


def test_the_minutes_keep_what_was_typed_when_a_field_is_wrong(
    world: World, logged_in: LogIn
) -> None:
    reviews.surveyed(world.round, world.village, world.officer)
    way = village_steps.begun(round=world.round, village=world.village)
    village_steps.finish_survey(way=way, act=act(10, 1), by=world.officer)
    name = "village-meeting_held"
    typed = {
        "step": "village.meeting_held",
        f"{name}-acted_on": "02/10/2024",
        f"{name}-acted_by_name": "Triệu Văn Trưởng",
        f"{name}-place": "Nhà văn hóa",
        f"{name}-secretary_name": "Lý Thị Thư",
        f"{name}-present": "10",
        f"{name}-agreed": "11",
        f"{name}-pages": SimpleUploadedFile("a.jpg", pictures.jpeg(), "image/jpeg"),
    }
    page = logged_in(world.officer).post(village_page(world), typed)
    assert page.status_code == 422
    assert "No more can agree than were present." in page.content.decode()
    assert "Triệu Văn Trưởng" in page.content.decode()


@pytest.mark.parametrize("step", ["", "village.recognised", "commune.sent_up"])
def test_a_step_that_is_none_of_a_village_is_no_request(
    world: World, logged_in: LogIn, step: str
) -> None:
    reviews.surveyed(world.round, world.village, world.officer)
    page = logged_in(world.officer).post(village_page(world), {"step": step})
    assert page.status_code == 400


def test_a_round_of_another_province_is_not_found(world: World, logged_in: LogIn) -> None:
    elsewhere = areas.province("19", "Tỉnh Khác")
    other = reviews.periodic(elsewhere, 2024, reviews.standard())
    url = reverse("households:village_way", args=[other.pk, world.village.pk])
    assert logged_in(world.officer).get(url).status_code == 404


def test_the_posting_keeps_its_minutes_where_they_are_attached(
    world: World, logged_in: LogIn
) -> None:
    reviews.surveyed(world.round, world.village, world.officer)
    way = village_steps.begun(round=world.round, village=world.village)
    village_steps.finish_survey(way=way, act=act(10, 1), by=world.officer)
    village_steps.record_meeting(
        way=way, meeting=procedure.meeting(), act=act(10, 2), by=world.officer
    )
    scan = SimpleUploadedFile("a.jpg", procedure.pages()[0], content_type="image/jpeg")
    given = {
        "step": "village.posted",
        "village-posted-acted_on": "03/10/2024",
        "village-posted-places": "Nhà văn hóa thôn",
        "village-posted-pages": scan,
    }
    answer = logged_in(world.officer).post(village_page(world), given, follow=True)
    assert answer.status_code == 200
    posted = StepTaken.objects.get(verb="village.posted")
    assert posted.attachments.count() == 1
