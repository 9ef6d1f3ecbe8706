"""The village's minutes and the commune's list as PDF, Word and Excel; each is recorded."""

from io import BytesIO
from pathlib import Path

import pytest
import python_calamine
from django.urls import reverse
from docx import Document
from pytest_django import Settings

from households.choices import TraitKind
from households.models import AuditEvent
from programs.models import HousingCase
from tests.factories import families, houses, people
from tests.programs.conftest import Land, day
from tests.programs.views.test_programmes import client_of


@pytest.fixture
def case(land: Land, settings: Settings, tmp_path: Path) -> HousingCase:
    settings.POVREG_TODAY = day("2024-10-15")
    settings.MEDIA_ROOT = tmp_path
    families.trait(land.district, TraitKind.POOR_DISTRICT, "YES")
    houses.rules()
    home = people.household(land.village, people.person("Lý Thị Nhà"))
    families.on_list(home, land.decision, since=day("2022-01-01"))
    (case,) = houses.listed(land.village, land.officer, home)
    return houses.taken_to(case, "DECIDED", land.officer)


def sent(land: Land, address: str, kind: str) -> bytes:
    answer = client_of(land.officer).post(address, {"purpose": "REPORT", "format": kind})
    assert answer.status_code == 200
    if answer.streaming:
        return b"".join(answer.streaming_content)
    return bytes(answer.content)


def test_the_commune_s_list_as_pdf_word_and_excel(land: Land, case: HousingCase) -> None:
    address = reverse("programs:housing_out", args=[land.commune.pk])
    assert sent(land, address, "pdf").startswith(b"%PDF")
    word = Document(BytesIO(sent(land, address, "word")))
    cells = [cell.text for table in word.tables for row in table.rows for cell in row.cells]
    assert "Lý Thị Nhà" in cells
    assert "50.000.000" in cells
    book = python_calamine.load_workbook(BytesIO(sent(land, address, "xlsx")))
    (row,) = [line for line in book.get_sheet_by_index(0).to_python() if "Lý Thị Nhà" in line]
    assert 50_000_000 in row
    acts = AuditEvent.objects.filter(verb__in=["paper.print", "list.download"])
    assert [one.details["count"] for one in acts] == [1, 1, 1]


def test_the_minutes_carry_meeting_order_and_reasons(land: Land, case: HousingCase) -> None:
    address = reverse("programs:housing_meeting_out", args=[case.meeting.uuid])
    word = Document(BytesIO(sent(land, address, "word")))
    told = "\n".join(one.text for one in word.paragraphs)
    assert "01/03/2024" in told
    assert "30 người" in told
    row = [cell.text for cell in word.tables[1].rows[1].cells]
    assert row == ["1", "Lý Thị Nhà", "1", "Xây mới", "Nhà tạm, nhà dột nát"]
    assert sent(land, address, "pdf").startswith(b"%PDF")


def test_what_for_is_asked_first(land: Land, case: HousingCase) -> None:
    address = reverse("programs:housing_out", args=[land.commune.pk])
    client = client_of(land.officer)
    assert client.get(address).status_code == 200
    assert client.post(address, {"purpose": "", "format": "pdf"}).status_code == 422
    assert client.post(address, {"purpose": "OTHER", "format": "pdf"}).status_code == 422
    assert not AuditEvent.objects.filter(verb="paper.print").exists()
