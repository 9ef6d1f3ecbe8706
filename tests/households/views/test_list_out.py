"""A list with names leaves the screen only with a purpose, and is written down."""

import io
from collections.abc import Callable

import pytest
import python_calamine
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from households.choices import Role
from households.models import AuditEvent, User
from tests.factories import reviews, users
from tests.households.conftest import World

LogIn = Callable[[User], Client]
URL = reverse("households:household_list_out")


@pytest.fixture
def client(world: World, logged_in: LogIn) -> Client:
    head = reviews.adult("=Nông Văn Công")
    reviews.surveyed(world.round, world.village, world.officer, members=[head])
    officer = users.user("other", Role.COMMUNE_OFFICER, world.other_commune)
    reviews.surveyed(world.round, world.other_village, officer, members=[reviews.adult("Lý Xa")])
    return logged_in(world.officer)


def test_asking_shows_how_many_and_records_nothing(client: Client) -> None:
    acts = AuditEvent.objects.count()
    assert client.get(URL).context["count"] == 1
    assert AuditEvent.objects.count() == acts


def test_the_file_holds_ones_own_area_and_runs_no_formula(world: World, client: Client) -> None:
    answer = client.post(
        f"{URL}?village={world.village.pk}", {"act": "download", "purpose": "MEETING"}
    )
    text = b"".join(answer).decode()
    assert text.startswith("\ufeff")
    lines = text.splitlines()
    assert len(lines) == 3
    assert ";'=Nông Văn Công;Thôn Một;" in lines[1]
    assert "Village meeting" in lines[2]
    assert "Lý Xa" not in text
    event = AuditEvent.objects.get(verb="list.download")
    assert event.by == world.officer
    assert event.details == {
        "filters": {
            "class": "",
            "village": world.village.pk,
            "commune": None,
            "in_round": "",
            "searched": False,
        },
        "count": 1,
        "purpose": "MEETING",
    }


def test_the_sheet_holds_the_same_list(world: World, client: Client) -> None:
    answer = client.post(f"{URL}?sort=-members", {"act": "xlsx", "purpose": "MEETING"})
    assert answer["Content-Disposition"] == 'attachment; filename="povreg-ho.xlsx"'
    book = python_calamine.load_workbook(io.BytesIO(b"".join(answer)))
    top, heads, row = book.get_sheet_by_index(0).to_python()
    assert "Village meeting" in top[0]
    assert (heads[1], row[1], row[2], row[4]) == ("Head of household", *SEEN)
    assert AuditEvent.objects.get(verb="list.download").details["count"] == 1


#: The row as the page shows it: nothing in a workbook runs, so nothing is put before it.
SEEN = ("=Nông Văn Công", "Thôn Một", 1.0)


def test_paper_carries_name_time_and_purpose(world: World, client: Client) -> None:
    sent = {"act": "print", "purpose": "OTHER", "note": "Đối chiếu sổ hộ khẩu"}
    page = client.post(f"{URL}?q=nong", sent)
    assert page.status_code == 200
    assert str(world.officer) in page.context["foot"]
    assert "Đối chiếu sổ hộ khẩu" in page.content.decode()
    event = AuditEvent.objects.get(verb="list.print")
    assert event.details["filters"]["searched"] is True
    assert "nong" not in str(event.details)


@pytest.mark.parametrize("sent", [{}, {"purpose": "FUN"}, {"purpose": "OTHER", "note": " "}])
def test_without_a_purpose_nothing_leaves(client: Client, sent: dict[str, str]) -> None:
    answer = client.post(URL, {"act": "download", **sent})
    assert answer.status_code == 422
    assert not AuditEvent.objects.filter(verb__startswith="list.").exists()


def test_paper_costs_the_same_for_one_and_for_many(
    world: World, client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    sent = {"act": "print", "purpose": "MEETING"}
    client.post(URL, sent)
    with django_assert_num_queries(QUERIES):
        client.post(URL, sent)
    for number in range(5):
        reviews.surveyed(
            world.round, world.village, world.officer, members=[reviews.adult(f"Nông {number}")]
        )
    with django_assert_num_queries(QUERIES):
        assert len(client.post(URL, sent).context["rows"]) == 6


QUERIES = 15
