"""Complaints, forms to be checked again, duplicates, accounts, moves and returned rows as files:
what the page shows, to whom it shows it."""

import datetime as dt
from collections.abc import Callable
from urllib.parse import urlencode

import pytest
from django.test import Client
from django.urls import reverse

from households.choices import ComplaintKind, Role
from households.models import (
    AuditEvent,
    Complaint,
    DuplicatePair,
    HouseholdTransfer,
    OddityDismissal,
    Survey,
    User,
)
from households.services import oddities
from tests.factories import layouts, people, reviews, users
from tests.households.conftest import TODAY, World
from tests.households.views.test_list_files import rows_of

LogIn = Callable[[User], Client]
SENT = {"purpose": "REPORT", "format": "xlsx"}


@pytest.fixture
def family(world: World) -> Survey:
    return reviews.surveyed(world.round, world.village, world.officer)


@pytest.fixture
def department(world: World) -> User:
    return users.user("dep", Role.DEPARTMENT, world.province)


def taken(client: Client, name: str, pk: int, **asked: object) -> list[list[object]]:
    """Headings and rows below the line that says what for; its page leads back to the list."""
    address = f"{reverse('households:list_file', args=[name, pk])}?{urlencode(asked)}"
    page = client.get(address)
    assert page.status_code == 200
    assert client.get(page.context["listed"].back).status_code == 200
    acts = AuditEvent.objects.filter(verb="list.download").count()
    rows = rows_of(client.post(address, SENT))
    assert AuditEvent.objects.filter(verb="list.download").count() == acts + 1
    assert "Report to a higher level" in str(rows[0][0])
    return rows[1:]


def status(client: Client, name: str, pk: int, **asked: object) -> int:
    address = reverse("households:list_file", args=[name, pk])
    return client.post(f"{address}?{urlencode(asked)}", SENT).status_code


def test_complaints_of_a_round(world: World, family: Survey, logged_in: LogIn) -> None:
    Complaint.objects.create(
        round=world.round, village=world.village, commune=world.commune,
        household=family.household, kind=ComplaintKind.OPINION, received_on=TODAY, due_on=TODAY,
        from_name="=Phùng Văn Ý", words="Nhà có xe máy", recorded_by=world.officer,
    )  # fmt: skip
    client = logged_in(world.officer)
    heads, row = taken(client, "complaints", world.commune.pk, round=world.round.pk)
    assert heads[2] == "From whom"
    assert (row[0], row[2], row[5]) == (dt.date(2024, 10, 15), "=Phùng Văn Ý", "Nhà có xe máy")
    asked = {"round": world.round.pk, "village": world.other_village.pk}
    assert status(client, "complaints", world.commune.pk, **asked) == 404
    assert status(client, "complaints", world.commune.pk) == 404
    asked = {"round": world.round.pk}
    assert status(client, "complaints", world.other_commune.pk, **asked) == 404
    reviewer = logged_in(users.user("rev", Role.REVIEWER, world.village))
    assert status(reviewer, "complaints", world.commune.pk, **asked) == 403


def test_what_is_to_be_checked_again(world: World, logged_in: LogIn, department: User) -> None:
    for number in range(4):
        members = [reviews.adult("Nông Văn Giống", birth_date=dt.date(1980, 1, 1 + number))]
        reviews.surveyed(world.round, world.village, world.officer, members=members)
    found = oddities.found_in(world.round, world.commune)
    client = logged_in(world.officer)
    rows = taken(client, "oddities", world.commune.pk, round=world.round.pk)
    assert len(rows) == 1 + len(found)
    if found:
        OddityDismissal.objects.create(
            round=world.round, commune=world.commune, kind=found[0].kind, key=found[0].key,
            reason="RIGHT", dismissed_by=world.officer,
        )  # fmt: skip
        last = taken(client, "oddities", world.commune.pk, round=world.round.pk)[-1]
        assert last[5] != ""
    chair = logged_in(users.user("chair", Role.COMMUNE_CHAIR, world.commune))
    assert status(chair, "oddities", world.commune.pk, round=world.round.pk) == 403
    stranger = logged_in(users.user("khach", Role.COMMUNE_OFFICER, world.other_commune))
    assert status(stranger, "oddities", world.commune.pk, round=world.round.pk) == 404


def test_likely_duplicates_as_the_queue_is_narrowed(
    world: World, family: Survey, logged_in: LogIn
) -> None:
    other = people.household(world.village, people.person("Nông Văn Thử Hai"))
    DuplicatePair.objects.create(
        kind="HOUSEHOLD", household_a=family.household, household_b=other, score=80
    )
    client = logged_in(world.officer)
    heads, row = taken(client, "duplicates", 0, kind="HOUSEHOLD")
    assert heads[0] == "One"
    assert {row[0], row[2]} == {"Nông Văn Thử", "Nông Văn Thử Hai"}
    assert len(taken(client, "duplicates", 0, kind="PERSON")) == 1
    reviewer = logged_in(users.user("rev", Role.REVIEWER, world.village))
    assert status(reviewer, "duplicates", 0) == 403


def test_accounts_without_a_secret(world: World, logged_in: LogIn, department: User) -> None:
    administrator = users.user("adm", Role.ADMINISTRATOR, world.province)
    client = logged_in(administrator)
    heads, *rows = taken(client, "users", 0)
    assert heads == ["Full name", "Log-in name", "Phone", "Works as", "Last log-in", "State"]
    assert {row[1] for row in rows} == {"adm", "dep", "officer"}
    assert [row[1] for row in taken(client, "users", 0, q="offic")[1:]] == ["officer"]
    reader = logged_in(users.user("rev", Role.REVIEWER, world.village))
    assert status(reader, "users", 0) == 403


def test_moves_within_the_province(
    world: World, family: Survey, logged_in: LogIn, department: User
) -> None:
    HouseholdTransfer.objects.create(
        household=family.household, from_commune=world.commune, from_village=world.village,
        to_commune=world.other_commune, to_village=world.other_village, moved_on=TODAY,
        state="ACCEPTED", settled_on=TODAY, offered_by=world.officer, settled_by=world.officer,
        poverty_class="POOR",
    )  # fmt: skip
    client = logged_in(department)
    __, row = taken(client, "moved", 0, year=2024)
    assert row[1:3] == ["Xã Thử", "Xã Khác"]
    assert len(taken(client, "moved", 0, year=2023)) == 1
    assert status(logged_in(world.officer), "moved", 0) == 403


def test_rows_of_a_returned_sheet(
    world: World, family: Survey, logged_in: LogIn, department: User
) -> None:
    difference = layouts.returned(family.household, department, world.officer)
    pk = difference.row.returned_id
    client = logged_in(world.officer)
    __, row = taken(client, "returned", pk, show="changed")
    assert row[:3] == [2.0, family.household.code, "Nông Văn Thử"]
    assert ("A (B)" in str(row[4]), row[7]) == (True, "Thẻ: HN 2")
    assert len(taken(client, "returned", pk, show="not_found")) == 1
    stranger = logged_in(users.user("khach", Role.COMMUNE_OFFICER, world.other_commune))
    assert status(stranger, "returned", pk) == 404
