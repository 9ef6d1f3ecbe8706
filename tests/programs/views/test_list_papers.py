"""The list on paper, as Word and Excel: recorded, and numbers only for who needs them."""

from io import BytesIO

import pytest
from django.http import HttpResponse
from django.urls import reverse
from pypdf import PdfReader
from pytest_django import Settings

from households.choices import Role
from households.exchange import small_sheets
from households.models import AuditEvent
from programs.models import SupportList
from tests.factories import people, users
from tests.programs.conftest import Land, day
from tests.programs.support_lists import handed_over, listed_home, pupil_home
from tests.programs.views.test_programmes import client_of

NUMBER = "006080123456"
FOR_BANK = {"purpose": "OTHER", "note": "Chuyển ngân hàng"}


@pytest.fixture(autouse=True)
def in_2024(settings: Settings) -> None:
    settings.POVREG_TODAY = day("2024-10-15")


@pytest.fixture
def loans(land: Land) -> SupportList:
    listed_home(land, people.person("Nông Văn Vay", personal_id=NUMBER))
    return handed_over(land)


def paper(found: SupportList, kind: str = "receiver", form: str = "") -> str:
    url = reverse("programs:support_list_paper", args=[found.uuid, kind])
    return f"{url}?format={form}" if form else url


def words(answer: HttpResponse) -> str:
    assert answer["Content-Type"] == "application/pdf"
    return "\n".join(page.extract_text() for page in PdfReader(BytesIO(answer.content)).pages)


def test_the_paper_names_who_and_by_which_ground_and_is_recorded(
    land: Land, loans: SupportList
) -> None:
    client = client_of(land.officer)
    told = words(client.post(paper(loans), FOR_BANK))
    for word in ("Nông Văn Vay", "Hộ nghèo", "12/DS-UBND", "1 lượt, của 1 hộ", "Hoàng Văn Chủ"):
        assert word in told
    assert NUMBER not in told
    act = AuditEvent.objects.get(verb="paper.print")
    assert act.details["filters"] == {
        "support_list": str(loans.uuid), "kind": "receiver", "numbers": False,
    }  # fmt: skip
    assert act.reason == "Chuyển ngân hàng"


def test_numbers_go_out_only_when_ticked_and_that_is_recorded(
    land: Land, loans: SupportList
) -> None:
    client = client_of(land.officer)
    assert NUMBER in words(client.post(paper(loans), FOR_BANK | {"with_numbers": "on"}))
    assert AuditEvent.objects.get(verb="paper.print").details["filters"]["numbers"] is True
    # The department hands over nothing itself: its copy has no numbers, whatever it sends.
    chief = client_of(users.user("chief", Role.DEPARTMENT, land.province))
    assert NUMBER not in words(chief.post(paper(loans), FOR_BANK | {"with_numbers": "on"}))


def test_without_a_purpose_nothing_goes_out(land: Land, loans: SupportList) -> None:
    client = client_of(land.officer)
    answer = client.post(paper(loans), {"purpose": "OTHER", "note": ""})
    assert answer.status_code == 422
    assert not AuditEvent.objects.filter(verb="paper.print").exists()


def test_excel_and_word_say_the_same(land: Land, loans: SupportList) -> None:
    client = client_of(land.officer)
    sent = client.post(paper(loans, form="xlsx"), FOR_BANK)
    content = b"".join(sent.streaming_content)  # type: ignore[attr-defined]
    cells = [cell for line in small_sheets.lines_of(content, "x.xlsx") for cell in line]
    assert "Nông Văn Vay" in cells
    assert "Số hợp đồng" in cells
    word = client.post(paper(loans, form="word"), FOR_BANK)
    assert word["Content-Type"].endswith("wordprocessingml.document")


def test_what_is_posted_names_heads_and_numbers_of_rows_alone(land: Land) -> None:
    listed_home(land, people.person("Chủ Hộ", personal_id=NUMBER), people.person("Con Nhỏ"))
    cards = handed_over(land, "health_card")
    posting = {"purpose": "POSTING", "note": ""}
    told = words(client_of(land.officer).post(paper(cards, "posted"), posting))
    assert "Chủ Hộ" in told
    for secret in ("Con Nhỏ", NUMBER, "01/05/1980", "hộ nghèo"):
        assert secret not in told


def test_a_school_gets_no_numbers_and_its_totals_by_level(land: Land) -> None:
    __, child = pupil_home(land)
    child.personal_id = NUMBER
    child.save()
    costs = handed_over(land, "study_cost")
    client = client_of(land.officer)
    assert "with_numbers" not in client.get(paper(costs)).content.decode()
    told = " ".join(words(client.post(paper(costs), FOR_BANK | {"with_numbers": "on"})).split())
    assert NUMBER not in told
    assert "Tiểu học: 1 lượt, 1.350.000 đồng" in told
    assert "năm học 2024–2025" in told
