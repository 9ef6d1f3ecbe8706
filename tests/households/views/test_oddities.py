"""The page of what is to be checked again, and the monitor's column."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation

from households.choices import Role
from households.choices.oddities import OddityKind
from households.models import User
from households.queries.oddities import Oddity
from households.services import oddities
from households.views import oddity_words
from tests.factories import reviews, users
from tests.households.conftest import World

LogIn = Callable[[User], Client]


def page(world: World) -> str:
    return reverse("households:commune_oddities", args=[world.round.pk, world.commune.pk])


@pytest.fixture
def odd(world: World) -> World:
    head = reviews.adult("Lý Văn Không")
    reviews.surveyed(
        world.round, world.village, world.officer, members=[head],
        ethnic_group=head["ethnic_group"], income_per_capita_month_vnd=1_200_000,
        **reviews.THREE_LACKS,
    )  # fmt: skip
    return world


def test_told_dismissed_and_kept(odd: World, logged_in: LogIn) -> None:
    client = logged_in(odd.officer)
    shown = client.get(page(odd)).content.decode()
    assert "without a cause of poverty" in shown
    assert "Lý Văn Không" in shown
    (one,) = oddities.found_in(odd.round, odd.commune)
    assert client.post(page(odd), {"key": one.key}).status_code == 422
    answer = client.post(page(odd), {"key": one.key, "reason": "RIGHT"}, follow=True)
    told = answer.content.decode()
    assert "Nothing of this commune" in told
    assert "Checked, the forms are right" in told


def test_the_monitor_counts_it_for_the_department(odd: World, logged_in: LogIn) -> None:
    monitor = reverse("households:round_monitor", args=[odd.round.pk])
    department = logged_in(users.user("so", Role.DEPARTMENT, odd.province))
    assert "not counted yet" in department.get(monitor).content.decode()
    oddities.count_changed()
    (row,) = department.get(monitor).context["rows"]
    assert row.to_check == 1
    chair = logged_in(users.user("chair", Role.COMMUNE_CHAIR, odd.commune))
    assert "To be checked again" not in chair.get(monitor).content.decode()
    assert chair.get(page(odd)).status_code == 403


FACTS = {
    OddityKind.EDGE: {
        "basis": "points",
        "settlement": "RURAL",
        "line": 140,
        "under": 11,
        "all": 12,
    },
    OddityKind.IDENTICAL: {"forms": 3},
    OddityKind.FAST: {"forms": 9, "minutes": 7, "at": "2024-10-01T03:00:00+00:00"},
    OddityKind.REVIEWER: {"forms": 20, "poor": 15, "others": 40, "others_poor": 10},
    OddityKind.CHANGED: {"worse": ["roof", "floor"]},
}
SENTENCES = {
    OddityKind.EDGE: (
        "Rural: of 12 households close to the line of 140 points, 11 are at or under it."
    ),
    OddityKind.IDENTICAL: "Thôn Một: 3 forms with the same answers about the household.",
    OddityKind.FAST: "An: 9 forms first completed within 7 minutes, 10:00 01/10/2024.",
    OddityKind.REVIEWER: (
        "Forms by An: 75% poor or near-poor (15 of 20); the other forms of the commune: 25%."
    ),
    OddityKind.CHANGED: (
        "Against the earlier form: roof no longer durable, smaller floor area; no hardship is "
        "recorded."
    ),
}


@pytest.mark.parametrize("kind", FACTS)
def test_each_kind_has_its_sentence(kind: OddityKind) -> None:
    one = Oddity(kind, "", 1.0, FACTS[kind], (1,), None, None)
    with translation.override("en"):
        told = oddity_words.sentence(one, village="Thôn Một", who="An")
    assert told == SENTENCES[kind]


def test_the_draft_says_that_something_is_to_be_checked_to_who_is_shown_it(
    odd: World, logged_in: LogIn
) -> None:
    draft = reverse("households:decision", args=[odd.round.pk, odd.commune.pk])
    officer = logged_in(odd.officer)
    assert "1 thing stands out in the forms" in officer.get(draft).content.decode()
    chair = logged_in(users.user("chair", Role.COMMUNE_CHAIR, odd.commune))
    assert "stands out" not in chair.get(draft).content.decode()
