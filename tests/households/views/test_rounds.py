"""The list of rounds, and the department opening, closing and reopening them."""

import datetime as dt
from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from households.choices import Role, RoundKind
from households.models import AuditEvent, PovertyStandard, ReviewRound, User
from tests.factories import areas, reviews, users
from tests.households.conftest import World

LogIn = Callable[[User], Client]
ROUNDS = reverse("households:round_list")
NEW = reverse("households:round_new")


def department_of(world: World) -> User:
    return users.user("so", Role.DEPARTMENT, world.province)


def step(name: str, round: ReviewRound) -> str:
    return reverse(f"households:round_{name}", args=[round.pk])


def test_rounds_of_ones_province_with_their_forms(world: World, logged_in: LogIn) -> None:
    reviews.surveyed(world.round, world.village, world.officer)
    (row,) = logged_in(world.officer).get(ROUNDS).context["rows"]
    assert (row.round, row.round.complete, row.round.begun) == (world.round, 1, 0)


def test_a_trial_is_named_on_the_list_and_on_the_decision(world: World, logged_in: LogIn) -> None:
    client = logged_in(world.officer)
    assert "trial)" not in client.get(ROUNDS).content.decode()
    reviews.with_trial(world.round)
    [row] = client.get(ROUNDS).context["rows"]
    assert [one.code for one in PovertyStandard.objects.filter(pk__in=row.trials)] == ["std_2027"]
    assert ", trial)" in client.get(ROUNDS).content.decode()
    page = reverse("households:decision", args=[world.round.pk, world.commune.pk])
    assert "Trial, nobody is decided on by it" in client.get(page).content.decode()


def test_another_provinces_rounds_are_not_listed(world: World, logged_in: LogIn) -> None:
    elsewhere = areas.province(code="19", name="Tỉnh Khác")
    reviews.periodic(elsewhere, 2023, PovertyStandard.objects.get(code="std_2022"))
    department = users.user("so", Role.DEPARTMENT, elsewhere)
    (row,) = logged_in(department).get(ROUNDS).context["rows"]
    assert row.round.province == elsewhere


def test_the_list_takes_no_post(world: World, logged_in: LogIn) -> None:
    assert logged_in(world.officer).post(ROUNDS).status_code == 405


@pytest.mark.parametrize(
    ("today", "is_closed", "words"),
    [
        (dt.date(2024, 8, 31), False, "Not begun yet"),
        (dt.date(2024, 9, 1), False, "Under way"),
        (dt.date(2024, 12, 14), False, "Under way"),
        (dt.date(2024, 12, 15), False, "Overdue"),
        (dt.date(2024, 12, 15), True, "Closed"),
    ],
)
def test_the_list_tells_where_a_round_stands(
    world: World, logged_in: LogIn, settings: Settings, today: dt.date, is_closed: bool, words: str
) -> None:
    settings.POVREG_TODAY = today
    ReviewRound.objects.update(is_closed=is_closed)
    page = logged_in(world.officer).get(ROUNDS).content.decode()
    told = {one for one in ("Not begun yet", "Under way", "Overdue", "Closed") if one in page}
    assert told == {words}


def test_the_department_opens_a_round(world: World, logged_in: LogIn) -> None:
    client = logged_in(department_of(world))
    assert NEW in client.get(ROUNDS).content.decode()
    given = {"province": world.province.pk, "kind": RoundKind.AD_HOC, "year": 2024, "month": 4}
    assert client.post(NEW, given).status_code == 302
    opened = ReviewRound.objects.get(kind=RoundKind.AD_HOC)
    assert (opened.key, opened.as_of, opened.closes_on) == (
        "2024-04",
        dt.date(2024, 4, 15),
        dt.date(2024, 4, 30),
    )
    assert opened.standards.get().code == "std_2022"
    assert AuditEvent.objects.filter(verb="round.open").exists()


def test_a_round_that_exists_is_told_and_what_was_typed_stays(
    world: World, logged_in: LogIn
) -> None:
    given = {"province": world.province.pk, "kind": RoundKind.PERIODIC, "year": 2024}
    page = logged_in(department_of(world)).post(NEW, given)
    assert page.status_code == 422
    assert page.context["form"].non_field_errors() == ["The province has this round already."]
    assert 'value="2024"' in page.content.decode()
    assert ReviewRound.objects.count() == 1


def test_the_empty_form_posted_is_refused_at_its_fields(world: World, logged_in: LogIn) -> None:
    page = logged_in(department_of(world)).post(NEW, {})
    assert page.status_code == 422
    assert set(page.context["form"].errors) == {"province", "kind", "year"}


def test_a_closed_round_reopens_only_with_a_reason(world: World, logged_in: LogIn) -> None:
    client = logged_in(department_of(world))
    assert client.post(step("close", world.round)).status_code == 302
    assert ReviewRound.objects.get().is_closed
    client.post(step("reopen", world.round), {"reason": " "})
    assert ReviewRound.objects.get().is_closed
    client.post(step("reopen", world.round), {"reason": "Nhập thiếu"})
    assert not ReviewRound.objects.get().is_closed
    assert AuditEvent.objects.get(verb="round.reopen").reason == "Nhập thiếu"


def test_closing_twice_is_told_and_noted_once(world: World, logged_in: LogIn) -> None:
    client = logged_in(department_of(world))
    client.post(step("close", world.round))
    page = client.post(step("close", world.round), follow=True)
    assert "The round is closed already." in page.content.decode()
    assert AuditEvent.objects.filter(verb="round.close").count() == 1


def test_an_officer_opens_and_closes_nothing(world: World, logged_in: LogIn) -> None:
    client = logged_in(world.officer)
    assert NEW not in client.get(ROUNDS).content.decode()
    assert client.get(NEW).status_code == 403
    for name in ("close", "reopen"):
        assert client.post(step(name, world.round), {"reason": "x"}).status_code == 403
    assert not ReviewRound.objects.get().is_closed


def test_another_provinces_department_does_not_find_the_round(
    world: World, logged_in: LogIn
) -> None:
    elsewhere = areas.province(code="19", name="Tỉnh Khác")
    client = logged_in(users.user("xa", Role.DEPARTMENT, elsewhere))
    assert client.post(step("close", world.round)).status_code == 404
    given = {"province": world.province.pk, "kind": RoundKind.PERIODIC, "year": 2023}
    assert set(client.post(NEW, given).context["form"].errors) == {"province"}


def test_a_round_is_opened_for_ticked_communes_with_last_days(
    world: World, logged_in: LogIn
) -> None:
    client = logged_in(department_of(world))
    given = {
        "province": world.province.pk, "kind": RoundKind.AD_HOC, "year": 2024, "month": 10,
        "communes": [world.commune.pk], "due_CLOSED": "25/10/2024",
    }  # fmt: skip
    assert client.post(NEW, given | {"due_CLOSED": "25/12/2024"}).status_code == 422
    assert client.post(NEW, given).status_code == 302
    round = ReviewRound.objects.get(kind=RoundKind.AD_HOC)
    assert not round.covers_all_communes
    assert round.deadlines.get().due_on == dt.date(2024, 10, 25)


def test_the_days_of_a_round_are_changed_on_its_page(world: World, logged_in: LogIn) -> None:
    client, page = logged_in(department_of(world)), step("change", world.round)
    assert 'value="14/12/2024"' in client.get(page).content.decode()
    given = {"closes_on": "20/12/2024", "due_SURVEYED": "01/11/2024", "reason": "Mưa lũ"}
    assert client.post(page, given | {"reason": ""}).status_code == 422
    assert client.post(page, given).status_code == 302
    world.round.refresh_from_db()
    assert world.round.closes_on == dt.date(2024, 12, 20)
    shown = logged_in(world.officer).get(
        reverse("households:village_way", args=[world.round.pk, world.village.pk])
    )
    assert "01/11/2024" in shown.content.decode()
    assert logged_in(world.officer).get(page).status_code == 403


def test_the_monitor_tells_who_is_past_the_day_of_the_stage(world: World, logged_in: LogIn) -> None:
    reviews.surveyed(world.round, world.village, world.officer)
    world.round.deadlines.create(stage="MEETING_HELD", due_on=dt.date(2024, 10, 14))
    client = logged_in(department_of(world))
    monitor = reverse("households:round_monitor", args=[world.round.pk])
    (row,) = client.get(monitor, {"step": "late"}).context["rows"]
    assert (row.commune, row.days_left) == (world.commune, -1)
    world.round.deadlines.update(due_on=dt.date(2024, 10, 15))
    assert client.get(monitor).context["late"] == 0
