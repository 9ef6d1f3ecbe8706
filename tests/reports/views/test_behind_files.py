"""The households behind a figure leave the screen once it is said and recorded what for."""

import io

import pytest
import python_calamine
from django.urls import reverse
from pytest_django import Settings

from households.models import AuditEvent
from households.services import disclosures
from reports.choices import FigureLevel
from tests.factories import figures
from tests.reports.views.test_behind import asked, department, of

URL = reverse("reports:behind_file")
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def in_english(settings: Settings) -> None:
    settings.LANGUAGE_CODE = "en"


def test_asked_what_for_then_given_and_recorded() -> None:
    world = figures.world()
    client = department(world)
    question = of(world)
    address = f"{URL}?{asked(question, 'T2', 'other_out', world.a.pk, counted='persons')}"
    page = client.get(address).content.decode()
    assert "Poor households, other decrease" in page
    assert "3 rows" in page
    assert client.post(address, {"format": "xlsx"}).status_code == 422
    assert not AuditEvent.objects.filter(verb=disclosures.DOWNLOAD).exists()
    answer = client.post(address, {"format": "xlsx", "purpose": "REPORT"})
    assert answer.status_code == 200
    content = b"".join(answer.streaming_content)  # type: ignore[attr-defined]
    rows = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0)
    found = rows.to_python()
    [heads] = [row for row in found if "Household code" in row]
    assert heads[-3:] == ["Before, 2022", "Official list", "Persons"]
    body = found[found.index(heads) + 1 :]
    codes = {world.homes[name].code: name for name in world.homes}
    assert {codes[row[heads.index("Household code")]]: row[-1] for row in body} == {
        "mover": 1, "dying": 1, "stayer": 1,
    }  # fmt: skip
    event = AuditEvent.objects.get(verb=disclosures.DOWNLOAD)
    assert event.details["count"] == 3
    assert event.details["filters"]["column"] == "other_out"
    assert event.details["filters"]["counted"] == "persons"
    for form in ("csv", "docx", "print"):
        assert client.post(address, {"format": form, "purpose": "REPORT"}).status_code == 200


def test_nothing_asked_and_too_much(monkeypatch: pytest.MonkeyPatch) -> None:
    world = figures.world()
    client = department(world)
    assert "Open a number" in client.get(URL).content.decode()
    assert "Open a number" in client.get(reverse("reports:behind")).content.decode()
    question = of(world, FigureLevel.PROVINCE)
    query = asked(question, "T1", "poor_households", world.province.pk)
    monkeypatch.setattr("reports.views.behind_files.MOST_AT_ONCE", 3)
    monkeypatch.setattr("reports.views.behind.MOST_AT_ONCE", 3)
    assert client.get(f"{URL}?{query}").status_code == 403
    page = client.get(f"{reverse('reports:behind')}?{query}").content.decode()
    assert "More than 3 households" in page
    assert "disabled" in page
    nobody = asked(question, "T11", "near_poor_children", world.province.pk)
    assert client.get(f"{URL}?{nobody}").status_code == 404
