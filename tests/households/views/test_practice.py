"""The practice area in the browser: in by a button, marked on every page, out again."""

import datetime as dt

import pytest
from django.test import Client
from pytest_django import Settings

from households.choices import Role
from households.models import Area, Survey, User
from tests.factories import areas, reviews, users

pytestmark = pytest.mark.django_db
MARK = "Practice area: not real data"


@pytest.fixture
def officer(settings: Settings) -> User:
    settings.POVREG_TODAY = dt.date(2024, 10, 15)
    province = areas.province()
    commune = areas.commune(areas.district(province))
    made = users.user("canbo", Role.COMMUNE_OFFICER, commune)
    round = reviews.periodic(province, 2024, reviews.standard())
    reviews.surveyed(round, areas.village(commune), made)
    return made


@pytest.fixture
def browser_of(officer: User) -> Client:
    client = Client(headers={"accept-language": "en"})
    client.force_login(officer)
    return client


def test_outside_no_page_is_marked_and_inside_every_page_is(browser_of: Client) -> None:
    pages = ("/", "/households/", "/practice/", "/standards/", "/rounds/", "/no-such-page/")
    assert not [page for page in pages if MARK in browser_of.get(page).content.decode()]
    browser_of.post("/practice/enter/")
    assert not [page for page in pages if MARK not in browser_of.get(page).content.decode()]
    browser_of.post("/practice/leave/")
    assert MARK not in browser_of.get("/").content.decode()


def test_inside_the_real_family_does_not_exist(browser_of: Client) -> None:
    real = Survey.objects.get()
    assert browser_of.get(f"/reviews/{real.uuid}/").status_code == 200
    browser_of.post("/practice/enter/")
    assert browser_of.get(f"/reviews/{real.uuid}/").status_code == 404
    assert browser_of.get(f"/households/{real.household_id}/").status_code == 404


def test_a_story_stands_beside_its_form_and_is_compared(browser_of: Client) -> None:
    browser_of.post("/practice/enter/")
    form = browser_of.post("/practice/town/start/", follow=True)
    text = form.content.decode()
    assert "Rented rooms in town" in text
    assert "Phạm Quang Duy" in text
    compared = browser_of.get("/practice/town/answer/").content.decode()
    assert "Phạm Quang Duy is missing among the members." in compared
    assert "It is read by: 8." in compared


def test_a_practice_form_cannot_be_opened_from_real_work(browser_of: Client) -> None:
    browser_of.post("/practice/enter/")
    browser_of.post("/practice/town/start/")
    practice = Survey.objects.get(village__is_practice=True)
    browser_of.post("/practice/leave/")
    assert browser_of.get(f"/reviews/{practice.uuid}/form/").status_code == 404
    assert browser_of.post("/practice/town/start/").url == "/practice/"
    assert "How it goes" in browser_of.get("/practice/town/answer/").content.decode()


def test_the_button_empties_it(browser_of: Client) -> None:
    browser_of.post("/practice/enter/")
    browser_of.post("/practice/town/start/")
    page = browser_of.post("/practice/empty/", follow=True).content.decode()
    assert "The practice area is empty: 1 household cleared." in page
    assert Survey.objects.count() == 1


def test_a_reviewer_sees_why_he_does_not_empty_it(officer: User) -> None:
    village = Area.objects.get(level="VILLAGE")
    client = Client(headers={"accept-language": "en"})
    client.force_login(users.user("rasoat", Role.REVIEWER, village))
    assert "Only a commune officer, the department" in client.get("/practice/").content.decode()
    assert client.post("/practice/empty/").status_code == 403


def test_a_story_that_does_not_exist_is_not_found(browser_of: Client) -> None:
    assert browser_of.post("/practice/no-such/start/").status_code == 404
    assert browser_of.get("/practice/no-such/answer/").status_code == 404
    assert browser_of.get("/practice/enter/").status_code == 405
