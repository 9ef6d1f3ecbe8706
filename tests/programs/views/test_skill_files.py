"""Lists that leave the screen: with names asked what for and recorded, without names at once."""

from io import BytesIO

import pytest
from django.urls import reverse
from docx import Document
from pytest_django import Settings
from python_calamine import load_workbook

from households.choices import Role
from households.models import AuditEvent
from programs.models import Activity
from programs.services import participants
from tests.factories import people, users
from tests.programs.conftest import Land, day
from tests.programs.services.test_activities import course
from tests.programs.services.test_employment import hired
from tests.programs.services.test_participants import poor
from tests.programs.views.test_programmes import client_of


@pytest.fixture(autouse=True)
def in_english(settings: Settings) -> None:
    settings.POVREG_TODAY = day("2024-10-15")
    settings.LANGUAGE_CODE = "en"


def address(name: str) -> str:
    return reverse("programs:skill_file", args=[name])


def content_of(answer: object) -> bytes:
    return b"".join(answer.streaming_content)  # type: ignore[attr-defined]


def test_a_list_without_names_is_given_at_once(land: Land) -> None:
    made = course(land)
    answer = client_of(land.officer).get(address("activities"), {"format": "xlsx"})
    lines = load_workbook(BytesIO(content_of(answer))).get_sheet_by_index(0).to_python()
    assert made.topic in lines[1]
    assert made.topic in client_of(land.officer).get(
        address("activities"), {"format": "print"}
    ).content.decode()  # fmt: skip


def test_a_list_with_names_is_asked_for_and_recorded(land: Land) -> None:
    made = course(land)
    home = poor(land, people.person("Nông Văn Tên"))
    participants.add(activity=made, whom=[(home.pk, None)], because="", by=land.officer)
    client = client_of(land.officer)
    url = f"{address('participants')}?activity={made.uuid}"
    assert "Nông Văn Tên" not in client.get(url).content.decode()
    assert client.post(url, {"format": "csv"}).status_code == 422
    asked = {"purpose": "REPORT"}
    csv = content_of(client.post(url, asked | {"format": "csv"})).decode()
    assert "Nông Văn Tên" in csv
    printed = client.post(url, asked | {"format": "print"}).content.decode()
    assert "Nông Văn Tên" in printed
    word = Document(BytesIO(client.post(url, asked | {"format": "docx"}).content))
    assert word.tables[0].rows[1].cells[1].text == "Nông Văn Tên"
    verbs = AuditEvent.objects.filter(verb__startswith="list.").values_list("verb", flat=True)
    assert sorted(verbs) == ["list.download", "list.download", "list.print"]


@pytest.mark.parametrize("name", ["jobs", "job-checks"])
def test_jobs_and_what_is_due_are_lists_too(land: Land, name: str) -> None:
    hired(land)
    client = client_of(land.officer)
    answer = client.post(address(name), {"purpose": "FIELD_WORK", "format": "csv"})
    assert "Nông Thị Làm" in content_of(answer).decode()
    stranger = client_of(users.user("stranger", Role.COMMUNE_OFFICER, land.other_commune))
    answer = stranger.post(address(name), {"purpose": "FIELD_WORK", "format": "csv"})
    assert "Nông Thị Làm" not in content_of(answer).decode()


def test_what_is_no_list_is_not_found(land: Land) -> None:
    client = client_of(land.officer)
    assert client.get(address("nothing")).status_code == 404
    assert client.get(address("participants")).status_code == 404
    assert client.get(address("training"), {"format": "print"}).status_code == 200
    assert not Activity.objects.exists()
