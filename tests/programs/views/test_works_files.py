"""The works of a commune leave as a sheet, on paper or as Word, once it is said what for."""

import io
from pathlib import Path

import pytest
from django.urls import reverse
from pytest_django import Settings
from python_calamine import CalamineWorkbook

from households.models import AuditEvent
from programs.models import WorksProject
from tests.factories import houses
from tests.programs.conftest import Land, day
from tests.programs.views.test_programmes import client_of
from tests.programs.views.test_works import TYPED, home


@pytest.fixture(autouse=True)
def in_2024(settings: Settings, land: Land, tmp_path: Path) -> None:
    settings.POVREG_TODAY = day("2024-10-15")
    settings.LANGUAGE_CODE = "en"
    settings.MEDIA_ROOT = tmp_path
    houses.rules()


def test_what_the_page_shows_stands_in_the_file(land: Land) -> None:
    client = client_of(land.officer)
    new = reverse("programs:works_new", args=[land.village.pk])
    client.post(new, TYPED | {"households": [home(land).pk]})
    assert WorksProject.objects.count() == 1
    page = client.get(reverse("programs:works_list", args=[land.commune.pk])).content.decode()
    address = reverse("programs:works_file", args=[land.commune.pk])
    assert address in page
    assert client.post(address, {"format": "xlsx"}).status_code == 422, "what for is asked"
    said = {"purpose": "REPORT", "note": "Báo cáo quý"}
    answer = client.post(address, {**said, "format": "xlsx"})
    book = CalamineWorkbook.from_filelike(io.BytesIO(b"".join(answer)))
    cells = [cell for row in book.get_sheet_by_index(0).to_python() for cell in row]
    assert "Bể nước Khuổi Thử" in cells
    assert 250_000_000 in cells
    assert land.village.name in cells
    assert AuditEvent.objects.filter(verb="list.download").count() == 1
    word = client.post(address, {**said, "format": "docx"})
    assert word["Content-Disposition"].endswith('cong-trinh.docx"')
