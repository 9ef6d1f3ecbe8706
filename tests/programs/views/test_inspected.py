"""What an inspector reads of a family: also the support it got, from which ground, by whom."""

from typing import Any

import pytest
from django.urls import reverse
from pytest_django import Settings

from households.choices import Role
from households.exchange import paper_printing
from households.models import AuditEvent, Household
from households.services import inspections
from households.services.inspections import Order
from programs.choices import BenefitState
from programs.choices.employment import EmploymentKind
from programs.services import employment
from programs.services.benefit_checks import Given
from programs.services.employment import Contract, Member
from tests.factories import families, people, users
from tests.programs.conftest import Land, day
from tests.programs.views.test_programmes import client_of


@pytest.fixture
def poor(land: Land, settings: Settings) -> Household:
    settings.POVREG_TODAY = day("2024-10-15")
    home = people.household(land.village, people.person("Nông Văn Thử"))
    families.on_list(home, land.decision, since=day("2024-01-01"))
    return home


def test_the_file_of_a_family_tells_who_decided_and_what_it_got(
    land: Land, poor: Household, monkeypatch: pytest.MonkeyPatch
) -> None:
    employment.record(
        who=Member(poor, poor.memberships.get().person),
        contract=Contract(EmploymentKind.AWAY, "Công ty May Một"),
        state=BenefitState.SERVED, acted_on=day("2024-02-01"), given=Given(), by=land.officer,
    )  # fmt: skip
    inspector = users.user("inspector", Role.INSPECTOR, land.commune)
    found = inspections.open_inspection(
        inspector=inspector, area=land.commune,
        order=Order("9/QĐ-TTr", 2024, 2024, day("2024-10-01"), day("2024-10-31")),
        by=users.user("so", Role.DEPARTMENT, land.province),
    )  # fmt: skip
    printed: dict[str, Any] = {}

    def kept(_paper: str, data: dict[str, Any]) -> bytes:
        printed.update(data)
        return b"%PDF"

    monkeypatch.setattr(paper_printing, "pdf", kept)
    address = reverse("programs:inspection_dossier", args=[found.pk])
    answer = client_of(inspector).post(address, {"household": poor.code})
    assert answer.content == b"%PDF"
    assert AuditEvent.objects.filter(verb="inspection.look", by=inspector).count() == 1
    parts = dict(printed["households"][0]["parts"])
    (place,) = parts["Danh sách chính thức"]
    assert f"Quyết định số {land.decision.number}" in place
    assert f"người ghi {land.decision.recorded_by}" in place
    (got,) = parts["Hỗ trợ đã ghi"]
    assert got.startswith("01/02/2024: ")
    assert "Nông Văn Thử" in got
    assert f"người ghi {land.officer}" in got
