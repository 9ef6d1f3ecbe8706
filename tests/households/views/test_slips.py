"""Slips: printed for a household or a village, and checked by whoever holds one."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from households.models import AuditEvent, ResultSlip, Survey, User
from households.services import surveys
from tests.factories import reviews
from tests.households.conftest import World
from tests.security.answers import text_of

LogIn = Callable[[User], Client]
POOR = {"income_per_capita_month_vnd": 1_200_000, **reviews.THREE_LACKS}


@pytest.fixture
def survey(world: World) -> Survey:
    head = reviews.adult("Lường Thị Ngẫu", personal_id="006080123456")
    return reviews.surveyed(world.round, world.village, world.officer, members=[head], **POOR)  # type: ignore[arg-type]


def test_a_village_prints_its_slips_and_each_print_is_recorded(
    world: World, survey: Survey, logged_in: LogIn
) -> None:
    reviews.surveyed(
        world.round, world.village, world.officer, members=[reviews.adult("Lý A Sùng")]
    )
    client = logged_in(world.officer)
    page = reverse("households:village_slips", args=[world.round.pk, world.village.pk])
    text = " ".join(text_of(client.post(page, {"purpose": "FIELD_WORK"})).split())  # type: ignore[arg-type]
    for words in ("Lường Thị Ngẫu", "Lý A Sùng", "Hộ nghèo", "thiếu hụt 3 chỉ số", "khiếu nại"):
        assert words in text
    assert "006080123456" not in text
    assert ResultSlip.objects.count() == 2
    assert AuditEvent.objects.get(verb="paper.print").details["count"] == 2


def test_a_trial_of_the_next_standard_stands_on_no_slip(world: World, logged_in: LogIn) -> None:
    reviews.with_trial(world.round)
    reviews.surveyed(world.round, world.village, world.officer, **POOR)  # type: ignore[arg-type]
    page = reverse("households:village_slips", args=[world.round.pk, world.village.pk])
    answer = logged_in(world.officer).post(page, {"purpose": "FIELD_WORK"})
    text = " ".join(text_of(answer).split())  # type: ignore[arg-type]
    assert "2022-2026" in text
    assert "2027-2030" not in text


def test_a_draft_has_none(world: World, logged_in: LogIn) -> None:
    draft = surveys.start(round=world.round, village=world.village, by=world.officer)
    page = reverse("households:survey_slip", args=[draft.uuid])
    assert logged_in(world.officer).get(page).status_code == 403


def test_anybody_checks_and_learns_no_name(world: World, survey: Survey, logged_in: LogIn) -> None:
    logged_in(world.officer).post(
        reverse("households:survey_slip", args=[survey.uuid]), {"purpose": "FIELD_WORK"}
    )
    page = reverse("households:slip_check", args=[ResultSlip.objects.get().token])
    stranger = Client(headers={"accept-language": "en"})
    answer = stranger.get(page)
    text = answer.content.decode()
    assert "It holds." in text
    assert "Lường" not in text
    assert answer["X-Robots-Tag"] == "noindex, nofollow"
    assert "no-store" in answer["Cache-Control"]
    wrong = stranger.post(page, {"birth_year": "1981", "last_four": "3456"}).content.decode()
    assert "Nothing is shown" in wrong
    assert "Lường" not in wrong
    right = stranger.post(page, {"birth_year": "1980", "last_four": "3456"}).content.decode()
    assert "Lường Thị Ngẫu" in right
    nothing = stranger.get(reverse("households:slip_check", args=["x" * 22])).content.decode()
    assert "There is no such slip." in nothing
