"""Form B on paper: the questions of the page, what was answered before, the register's members."""

from collections.abc import Callable
from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse

from households.models import AuditEvent, Household, Survey, User
from tests.factories import people, reviews
from tests.households.conftest import World
from tests.security.answers import text_of

LogIn = Callable[[User], Client]
NUMBER = "006080123456"


@pytest.fixture
def home(world: World) -> Household:
    """Reviewed in 2023 and listed since, with a phone and a house of 52.5 m²."""
    past = reviews.periodic(world.province, 2023, reviews.standard())
    head = reviews.adult("Lường Thị Ngẫu", personal_id=NUMBER)
    survey = reviews.surveyed(
        past, world.village, world.officer, members=[head],
        floor_area_m2=Decimal("52.5"), phone="0912345678",
    )  # fmt: skip
    reviews.listed(world.round, world.commune, world.officer, survey.household)
    return survey.household


def printed(client: Client, page: str) -> str:
    answer = client.post(page, {"purpose": "FIELD_WORK"})
    assert answer["Content-Type"] == "application/pdf"
    return " ".join(text_of(answer).split())  # type: ignore[arg-type]


def village_page(world: World) -> str:
    return reverse("households:village_forms", args=[world.round.pk, world.village.pk])


def test_last_years_answers_stand_on_it_and_nothing_is_written(
    world: World, home: Household, logged_in: LogIn
) -> None:
    text = printed(logged_in(world.officer), village_page(world))
    for words in ("PHIẾU B", "Lường Thị Ngẫu", home.code, "52,5 m²", "0912345678", "Nước sạch"):
        assert words in text
    assert NUMBER not in text
    assert "•••" in text
    assert text.count("PHIẾU B") == 2  # and an empty one
    assert not Survey.objects.filter(round=world.round).exists()
    assert AuditEvent.objects.get(verb="paper.print").details["count"] == 1


def test_a_form_that_is_begun_is_printed_as_it_stands(
    world: World, home: Household, logged_in: LogIn
) -> None:
    head = reviews.adult("Lường Thị Ngẫu", person_id=home.memberships.get().person_id)
    reviews.surveyed(
        world.round, world.village, world.officer, household=home, members=[head],
        floor_area_m2=Decimal("33"),
    )  # fmt: skip
    page = reverse("households:household_form", args=[home.pk])
    text = printed(logged_in(world.officer), page)
    assert "33 m²" in text
    assert "52,5" not in text


def test_only_households_to_review_are_on_it(
    world: World, home: Household, logged_in: LogIn
) -> None:
    people.household(world.village, people.person("Người Ngoài"))
    assert "Người Ngoài" not in printed(logged_in(world.officer), village_page(world))


def test_where_nobody_is_to_be_reviewed_an_empty_form_is_printed(
    world: World, logged_in: LogIn
) -> None:
    client = logged_in(world.officer)
    assert "Open the PDF" in client.get(village_page(world)).content.decode()
    assert printed(client, village_page(world)).count("PHIẾU B") == 1
