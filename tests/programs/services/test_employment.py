"""Jobs and work abroad: recorded, changed, departed, returned."""

from dataclasses import replace

import pytest
from pytest_django import Settings

from households.choices import Role
from households.errors import Invalid, Refused
from programs.choices import BenefitState
from programs.choices.employment import EmploymentKind
from programs.models import Benefit, Employment, Programme
from programs.services import benefits, employment
from programs.services.benefit_checks import Given
from programs.services.employment import Contract, Member
from programs.services.recipients import Outsider
from tests.factories import people, users
from tests.programs.conftest import Land, day
from tests.programs.services.test_participants import confirmed, poor

WORK = Contract(EmploymentKind.AWAY, employer="Công ty May Một", wage_vnd=7_500_000)
ABROAD = Contract(EmploymentKind.ABROAD, employer="Công ty Hai", country="Nhật Bản")


@pytest.fixture(autouse=True)
def in_2024(settings: Settings) -> None:
    settings.POVREG_TODAY = day("2024-10-15")
    settings.LANGUAGE_CODE = "en"


def hired(land: Land, who: Member | Outsider | None = None, **more: object) -> Benefit:
    worker = people.person("Nông Thị Làm", birth_date=day("2000-02-01"))
    facts = {
        "who": who or Member(poor(land, people.person(), worker), worker), "contract": WORK,
        "state": BenefitState.SERVED, "acted_on": day("2024-02-01"), "by": land.officer,
        "given": Given(valid_from=day("2024-02-01"), valid_to=day("2025-01-31")),
    } | more  # fmt: skip
    return employment.record(**facts)  # type: ignore[arg-type]


def test_a_job_is_one_benefit_with_its_contract(land: Land) -> None:
    row = hired(land)
    assert (row.programme.code, row.served_on, row.terms) == ("job", day("2024-02-01"), None)
    work = Employment.objects.get()
    assert (work.benefit, work.employer, work.wage_vnd) == (row, "Công ty May Một", 7_500_000)


def test_work_abroad_goes_from_the_list_to_the_return(land: Land) -> None:
    row = hired(land, contract=ABROAD, state=BenefitState.LISTED, given=Given())
    assert (row.programme.code, row.served_on) == ("labour_export", None)
    departed = benefits.advance(
        benefit=row, state=BenefitState.SERVED, by=land.officer, acted_on=day("2024-03-05")
    )
    assert departed.served_on == day("2024-03-05")
    back = benefits.advance(
        benefit=row, state=BenefitState.CLOSED, by=land.officer, acted_on=day("2024-09-01")
    )
    assert (back.state, back.served_on) == (BenefitState.CLOSED, day("2024-03-05"))


def test_a_confirmed_ground_that_does_not_hold_asks_why(land: Land) -> None:
    confirmed("labour_export")
    worker = people.person("Lý Văn Khá")
    who = Member(people.household(land.village, worker), worker)
    with pytest.raises(Invalid, match="Not entitled"):
        hired(land, who, contract=ABROAD)
    row = hired(land, who, contract=ABROAD, because="Tự chi trả")
    assert (row.terms, row.reason) == (None, "Tự chi trả")
    assert hired(land, contract=ABROAD).terms


def test_what_cannot_be_is_refused_with_its_field(land: Land) -> None:
    with pytest.raises(Invalid, match="country") as raised:
        hired(land, contract=replace(ABROAD, country=" "))
    assert list(raised.value.fields) == ["country"]
    with pytest.raises(Invalid, match="still to come"):
        hired(land, acted_on=day("2024-10-16"))
    with pytest.raises(Invalid, match="negative"):
        hired(land, contract=replace(WORK, wage_vnd=-1))
    with pytest.raises(Refused):
        hired(land, by=users.user("s", Role.COMMUNE_OFFICER, land.other_commune))
    assert not Benefit.objects.exists()


def test_a_person_outside_the_register_has_a_job_too(land: Land) -> None:
    outside = Outsider("Hoàng Văn Ngoài", 1990, "Có nhu cầu việc làm", land.commune, land.village)
    row = hired(land, outside)
    assert (row.household, row.outside_name) == (None, "Hoàng Văn Ngoài")
    with pytest.raises(Invalid, match="on record already"):
        hired(land, outside)
    for field in ("name", "ground"):
        with pytest.raises(Invalid) as raised:
            hired(land, replace(outside, **{field: " "}))  # type: ignore[arg-type]
        assert list(raised.value.fields) == [field]
    assert Employment.objects.count() == 1


def test_the_contract_is_said_otherwise_and_added_where_it_was_missing(land: Land) -> None:
    row = hired(land)
    changed = employment.change(
        benefit=row, contract=replace(WORK, wage_vnd=8_000_000), by=land.officer,
        given=Given(number="12/HĐ", valid_from=day("2024-02-01")),
    )  # fmt: skip
    row.refresh_from_db()
    assert (changed.wage_vnd, row.number, row.valid_to) == (8_000_000, "12/HĐ", None)
    with pytest.raises(Invalid, match="two programmes"):
        employment.change(benefit=row, contract=ABROAD, given=Given(), by=land.officer)
    bare = Benefit.objects.create(
        programme=Programme.objects.get(code="job"), outside_name="An", commune=land.commune,
        state="SERVED", acted_on="2024-01-02", served_on="2024-01-02", recorded_by=land.officer,
    )  # fmt: skip
    assert employment.change(benefit=bare, contract=WORK, given=Given(), by=land.officer).pk
