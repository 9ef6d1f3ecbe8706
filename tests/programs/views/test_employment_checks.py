"""The grid of who is due to be asked, and the results."""

import pytest
from django.urls import reverse
from pytest_django import Settings

from households.choices import Role
from programs.models import EmploymentCheck
from tests.factories import users
from tests.programs.conftest import Land, day
from tests.programs.services.test_employment import hired
from tests.programs.views.test_programmes import client_of


@pytest.fixture(autouse=True)
def in_english(settings: Settings) -> None:
    settings.POVREG_TODAY = day("2024-10-15")
    settings.LANGUAGE_CODE = "en"


def test_answers_are_recorded_in_the_grid_and_told_as_shares(land: Land) -> None:
    client, address = client_of(land.officer), reverse("programs:job_checks")
    rows = [hired(land) for _ in range(3)]
    page = client.get(address).content.decode()
    assert "3 questions are due today" in page
    typed = {
        "checked_on": "01/10/2024", "asked_how": "PHONE",
        f"answer-{rows[0].pk}-3": "YES", f"wage-{rows[0].pk}-3": "8.000.000",
        f"answer-{rows[1].pk}-3": "NO",
    }  # fmt: skip
    page = client.post(address, typed, follow=True).content.decode()
    assert "2 are recorded" in page
    assert "1 question is due today" in page
    assert "50.0 %" in page
    kept = EmploymentCheck.objects.order_by("pk").values_list("answer", "wage_vnd")
    assert list(kept) == [("YES", 8_000_000), ("NO", None)]


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ({"checked_on": "01/10/2024"}, "Nothing was chosen"),
        ({"checked_on": "01/04/2024", "answer": "YES"}, "not before"),
        ({"checked_on": "01/10/2024", "answer": "YES", "wage": "nhiều"}, "no sum of money"),
        ({"checked_on": "01/10/2024", "wage": "1000"}, "without an answer"),
    ],
)
def test_what_cannot_be_stays_on_the_form(land: Land, typed: dict[str, str], told: str) -> None:
    client, row = client_of(land.officer), hired(land)
    sent = {
        f"{name}-{row.pk}-3" if name in ("answer", "wage") else name: value
        for name, value in typed.items()
    }
    answer = client.post(reverse("programs:job_checks"), sent | {"asked_how": "VISIT"})
    assert answer.status_code == 422
    assert told in answer.content.decode()
    assert not EmploymentCheck.objects.exists()


def test_who_reads_sees_what_is_due_and_records_nothing(land: Land) -> None:
    hired(land)
    reader = client_of(users.user("reader", Role.COMMUNE_CHAIR, land.commune))
    page = reader.get(reverse("programs:job_checks")).content.decode()
    assert "1 question is due today" in page
    assert "Record the answers" not in page
    assert reader.post(reverse("programs:job_checks"), {}).status_code == 403
