"""Payments of a project: against acceptances, and never above what was approved."""

import pytest
from django.db import IntegrityError, transaction
from pytest_django import Settings

from households.choices import Role
from households.errors import Conflict, Invalid, Refused
from programs.models import Project, ProjectPayment
from programs.queries import project_progress
from programs.services import project_money, projects
from programs.services.project_money import Paid
from tests.factories import projects as make
from tests.factories import users
from tests.programs.conftest import Land, day

TODAY = day("2024-08-21")


@pytest.fixture
def made(settings: Settings, land: Land) -> Project:
    settings.POVREG_TODAY = TODAY
    settings.LANGUAGE_CODE = "en"
    make.loaded()
    return make.project(land.commune, land.officer)


def approved(land: Land, made: Project, committed_vnd: int = 800_000_000) -> None:
    projects.approve(
        project=made, committed_vnd=committed_vnd, committed_on=day("2024-06-01"),
        decision_number="12/QĐ", by=land.officer,
    )  # fmt: skip


def paid(land: Land, made: Project, amount_vnd: int, **facts: object) -> ProjectPayment:
    given: dict[str, object] = {
        "paid_on": day("2024-07-01"), "amount_vnd": amount_vnd, "funding": "central",
        "acceptance_number": "01/BB", "accepted_on": day("2024-06-28"),
    }  # fmt: skip
    return project_money.pay(project=made, paid=Paid(**given | facts), by=land.officer)  # type: ignore[arg-type]


def test_money_is_paid_up_to_what_was_approved_and_not_above(land: Land, made: Project) -> None:
    with pytest.raises(Invalid, match="Nothing is approved"):
        paid(land, made, 1)
    approved(land, made)
    first = paid(land, made, 500_000_000)
    with pytest.raises(Invalid, match=r"300,000,000 đồng are left") as raised:
        paid(land, made, 300_000_001)
    assert list(raised.value.fields) == ["amount_vnd"]
    paid(land, made, 300_000_000)
    assert project_progress.of_project(made, TODAY).paid_vnd == 800_000_000
    with pytest.raises(Invalid, match="800,000,000 đồng were paid"):
        approved(land, made, 799_999_999)
    project_money.void(payment=first, reason="Nhập nhầm dự án", by=land.officer)
    assert project_progress.of_project(made, TODAY).paid_vnd == 300_000_000
    approved(land, made, 300_000_000)


def test_the_database_itself_pays_nothing_above_what_was_approved(
    land: Land, made: Project
) -> None:
    approved(land, made)
    row = paid(land, made, 800_000_000)
    with pytest.raises(IntegrityError, match="more paid than approved"), transaction.atomic():
        ProjectPayment.objects.filter(pk=row.pk).update(amount_vnd=800_000_001)
    row.pk = None
    with pytest.raises(IntegrityError, match="more paid than approved"), transaction.atomic():
        row.save()


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"paid_on": day("2024-05-31"), "accepted_on": day("2024-05-30")}, "paid_on"),
        ({"accepted_on": day("2024-07-02")}, "accepted_on"),
        ({"funding": "policy_bank"}, "funding"),
        ({"paid_on": day("2024-08-22")}, "paid_on"),
    ],
)
def test_wrong_days_and_lines_are_refused_at_their_field(
    land: Land, made: Project, facts: dict[str, object], field: str
) -> None:
    approved(land, made)
    with pytest.raises(Invalid) as raised:
        paid(land, made, 1_000_000, **facts)
    assert list(raised.value.fields) == [field]


def test_a_payment_of_nothing_is_refused(land: Land, made: Project) -> None:
    approved(land, made)
    with pytest.raises(Conflict, match="more than nothing"):
        paid(land, made, 0)


def test_who_has_no_right_there_pays_nothing(land: Land, made: Project) -> None:
    approved(land, made)
    row = paid(land, made, 1_000_000)
    stranger = users.user("stranger", Role.COMMUNE_OFFICER, land.other_commune)
    with pytest.raises(Refused):
        project_money.void(payment=row, reason="x", by=stranger)
    with pytest.raises(Invalid, match="Write why"):
        project_money.void(payment=row, reason="", by=land.officer)
