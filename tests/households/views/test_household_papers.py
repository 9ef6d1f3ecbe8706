"""Forms B and slips of all villages of a commune: few at once, many by a job."""

import zipfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse
from pypdf import PdfReader
from pytest_django import Settings

from households import tasks
from households.choices import Role
from households.choices.ordered_files import OrderedState
from households.models import Area, AuditEvent, OrderedFile, ResultSlip, User
from households.queries import village_papers
from households.views import household_papers
from tests.factories import areas, people, reviews, users
from tests.households.conftest import World
from tests.security.answers import text_of

LogIn = Callable[[User], Client]
POOR = {"income_per_capita_month_vnd": 1_200_000, **reviews.THREE_LACKS}
SENT = {"purpose": "FIELD_WORK", "note": ""}


@pytest.fixture
def second(world: World, settings: Settings, tmp_path: Path) -> Area:
    """Two villages with a poor household each, one with a household that nobody reviews."""
    settings.POVREG_IMPORTS = tmp_path
    second = areas.village(world.commune, "Thôn Hai")
    people.household(areas.village(world.commune, "Thôn Vắng"), people.person("Người Ngoài"))
    for village, name in ((world.village, "Lường Thị Một"), (second, "Triệu Văn Hai")):
        reviews.surveyed(world.round, village, world.officer, members=[reviews.adult(name)], **POOR)
    return second


def address(world: World, kind: str) -> str:
    return reverse(
        "households:commune_household_papers", args=[world.round.pk, world.commune.pk, kind]
    )


@pytest.mark.parametrize(("kind", "paper"), [("forms", "form_b"), ("slips", "slip")])
def test_few_come_at_once_in_one_file(
    world: World, second: Area, logged_in: LogIn, kind: str, paper: str
) -> None:
    client = logged_in(world.officer)
    assert "Open the PDF" in client.get(address(world, kind)).content.decode()
    answer = client.post(address(world, kind), SENT)
    assert len(PdfReader(BytesIO(answer.content)).outline) == 2
    words = text_of(answer)
    assert "Lường Thị Một" in words
    assert "Triệu Văn Hai" in words
    assert "Người Ngoài" not in words
    kept = AuditEvent.objects.get(verb="paper.print").details
    assert kept["count"] == 2
    assert kept["filters"] == {"paper": paper, "round": "2024", "commune": world.commune.pk}


@pytest.mark.parametrize("kind", ["forms", "slips"])
def test_many_are_written_by_a_job_a_file_for_each_village(
    world: World, second: Area, logged_in: LogIn, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    monkeypatch.setattr(household_papers, "MOST_AT_ONCE", 1)
    client = logged_in(world.officer)
    assert "Order the file" in client.get(address(world, kind)).content.decode()
    answer = client.post(address(world, kind), SENT)
    made = OrderedFile.objects.get()
    page = reverse("households:ordered_file", args=[made.uuid])
    assert (answer.status_code, answer["Location"]) == (302, page)
    assert (made.rows, AuditEvent.objects.get(verb="paper.print").details["count"]) == (2, 2)
    assert tasks.write_file(made.pk) == OrderedState.READY
    given = client.post(page)
    assert given["Content-Type"] == "application/zip"
    with zipfile.ZipFile(BytesIO(b"".join(given))) as packed:  # type: ignore[arg-type]
        assert packed.namelist() == ["01-thon-hai.pdf", "02-thon-mot.pdf"]
        pages = PdfReader(BytesIO(packed.read("02-thon-mot.pdf"))).pages
    words = " ".join(page.extract_text() for page in pages)
    assert "Lường Thị Một" in words
    assert "Triệu Văn Hai" not in words
    if kind == "slips":
        pages_of = [
            reverse("households:slip_check", args=[one.token]) for one in ResultSlip.objects.all()
        ]
        assert any(f"http://testserver{one}" in "".join(words.split()) for one in pages_of)
        assert set(ResultSlip.objects.values_list("issued_by", flat=True)) == {world.officer.pk}


def test_an_order_without_a_purpose_orders_nothing(
    world: World, second: Area, logged_in: LogIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(household_papers, "MOST_AT_ONCE", 1)
    answer = logged_in(world.officer).post(address(world, "forms"), {"purpose": "OTHER"})
    assert answer.status_code == 422
    assert not OrderedFile.objects.exists()
    assert not AuditEvent.objects.filter(verb="paper.print").exists()


def test_who_may_not_see_the_commune_gets_none(
    world: World, second: Area, logged_in: LogIn
) -> None:
    client = logged_in(world.officer)
    assert client.get(address(world, "no-such")).status_code == 404
    elsewhere = areas.commune(world.province, "02099", "Xã Khác")
    other = logged_in(users.user("khac", Role.COMMUNE_OFFICER, elsewhere))
    assert other.get(address(world, "forms")).status_code == 404
    page = client.get(reverse("households:commune_way", args=[world.round.pk, world.commune.pk]))
    assert address(world, "slips") in page.content.decode()


def test_numbers_are_those_of_the_papers(world: World, second: Area) -> None:
    villages = [world.village.pk, second.pk]
    for numbers, rows in (
        (village_papers.numbers_to_review, village_papers.to_review),
        (village_papers.numbers_reviewed, village_papers.reviewed),
    ):
        found = {village.pk: len(rows(world.round, village)) for village in (world.village, second)}
        assert numbers(world.round, villages) == found == dict.fromkeys(villages, 1)
