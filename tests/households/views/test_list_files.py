"""Every list leaves as it is seen, with a purpose where it holds names; of one's own area only."""

import datetime as dt
import io
from collections.abc import Callable

import pytest
import python_calamine
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from households.choices import RequestChannel, RequestKind, Role
from households.models import AuditEvent, User
from households.services import requests
from households.views.list_sheets import LISTS
from tests.factories import reviews, users
from tests.households.conftest import TODAY, World

LogIn = Callable[[User], Client]
SENT = {"purpose": "REPORT", "format": "xlsx"}


def url(name: str, pk: int) -> str:
    return reverse("households:list_file", args=[name, pk])


def rows_of(answer: HttpResponse) -> list[list[object]]:
    book = python_calamine.load_workbook(io.BytesIO(b"".join(answer)))
    return book.get_sheet_by_index(0).to_python()


def asked(world: World, name: str) -> None:
    request = requests.Asked(RequestKind.REVIEW, RequestChannel.DESK, TODAY, name)
    requests.receive(village=world.village, asked=request, by=world.officer)


@pytest.fixture
def client(world: World, logged_in: LogIn) -> Client:
    asked(world, "=Nông Văn Công")
    return logged_in(world.officer)


def test_asking_shows_how_many_and_records_nothing(world: World, client: Client) -> None:
    acts = AuditEvent.objects.count()
    page = client.get(url("requests", world.commune.pk))
    assert page.context["listed"].count == 1
    assert AuditEvent.objects.count() == acts


def test_the_sheet_is_the_list_with_its_purpose(world: World, client: Client) -> None:
    answer = client.post(url("requests", world.commune.pk) + "?state=OPEN", SENT)
    assert answer["Content-Disposition"] == 'attachment; filename="povreg-requests.xlsx"'
    top, heads, row = rows_of(answer)
    assert "Report to a higher level" in str(top[0])
    assert heads[:3] == ["Number", "Who asks", "Village"]
    assert (row[1], row[2], row[4]) == ("=Nông Văn Công", "Thôn Một", dt.date(2024, 10, 15))
    event = AuditEvent.objects.get(verb="list.download")
    assert event.details == {
        "filters": {"list": "request_list", "commune": world.commune.pk, "state": "OPEN"},
        "count": 1,
        "purpose": "REPORT",
    }


def test_only_what_the_page_shows(world: World, client: Client) -> None:
    answer = client.post(url("requests", world.commune.pk) + "?state=REFUSED", SENT)
    assert len(rows_of(answer)) == 2
    assert AuditEvent.objects.get(verb="list.download").details["count"] == 0


def test_csv_runs_no_formula(world: World, client: Client) -> None:
    answer = client.post(url("requests", world.commune.pk), SENT | {"format": "csv"})
    lines = b"".join(answer).decode().splitlines()
    assert lines[0].startswith("\ufeffNumber;")
    assert ";'=Nông Văn Công;" in lines[1]
    assert "Report to a higher level" in lines[-1]


OF_A_COMMUNE = ("requests", "certificates", "confirmations", "transfers")


@pytest.mark.parametrize("name", OF_A_COMMUNE)
def test_each_list_of_a_commune(world: World, client: Client, name: str) -> None:
    page = client.get(url(name, world.commune.pk))
    assert page.status_code == 200
    assert client.get(page.context["listed"].back).status_code == 200
    rows = rows_of(client.post(url(name, world.commune.pk), SENT))
    assert len(rows) == (3 if name == "requests" else 2)
    assert client.post(url(name, world.other_commune.pk), SENT).status_code == 404
    assert client.post(url(name, world.commune.pk), {"format": "csv"}).status_code == 422


def test_the_progress_of_a_round_holds_no_names(world: World, client: Client) -> None:
    reviews.surveyed(world.round, world.village, world.officer)
    acts = AuditEvent.objects.count()
    heads, row = rows_of(client.get(url("progress", world.round.pk)))
    assert (heads[2], row[1], row[2], row[5]) == ("Commune", "02008", "Xã Thử", 1.0)
    text = b"".join(client.get(url("progress", world.round.pk) + "?format=csv")).decode()
    assert ";Xã Thử;" in text
    assert AuditEvent.objects.count() == acts


def test_no_such_list(world: World, client: Client) -> None:
    assert client.get(url("kings", world.commune.pk)).status_code == 404


def test_who_reads_no_families_takes_none_out(world: World, logged_in: LogIn) -> None:
    administrator = logged_in(users.user("adm", Role.ADMINISTRATOR, world.province))
    for name in set(LISTS) - {"users"}:
        pk = world.round.pk if name == "progress" else world.commune.pk
        address = f"{url(name, pk)}?round={world.round.pk}"
        assert administrator.post(address, SENT).status_code == 403


def test_it_costs_the_same_for_one_and_for_many(
    world: World, client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    address = url("requests", world.commune.pk)
    b"".join(client.post(address, SENT))
    with django_assert_num_queries(QUERIES):
        assert len(rows_of(client.post(address, SENT))) == 3
    for number in range(5):
        asked(world, f"Lý Thị {number}")
    with django_assert_num_queries(QUERIES):
        assert len(rows_of(client.post(address, SENT))) == 8


QUERIES = 11
