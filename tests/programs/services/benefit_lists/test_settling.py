"""Rows that nobody was found for are kept, and settled by hand."""

import pytest

from households.errors import Conflict, Invalid, Refused
from households.models import AuditEvent, Household
from programs.choices import BenefitState
from programs.choices.benefit_lists import ListState
from programs.models import Benefit, BenefitListRow, HousingCeiling
from programs.services import benefits
from programs.services.benefit_checks import Given
from programs.services.benefit_lists import batches, settling
from tests.factories import families, houses, people, users
from tests.programs.conftest import Land, day
from tests.programs.services.benefit_lists.conftest import LOANS, Sends, recorded


@pytest.fixture
def row(poor: Household, sends: Sends) -> BenefitListRow:
    listed = sends(
        "loan", LOANS, "Nông Văn Thử,01/05/1980,,50,10/05/2024,KU01,",
        "Nông Thử,1980,,30,10/05/2024,KU02,Hộ nghèo",
    )  # fmt: skip
    return recorded(listed).rows.get(outcome="UNMATCHED")


def test_found_by_hand(land: Land, poor: Household, row: BenefitListRow) -> None:
    made = settling.record(row=row, household=poor, person=None, by=land.officer)
    assert (made.household, made.amount_vnd, made.number) == (poor, 30_000_000, "KU02")
    assert made.terms
    row.refresh_from_db()
    assert (row.outcome, row.benefit, row.settled_by) == ("SETTLED", made, land.officer)
    with pytest.raises(Conflict, match="settled already"):
        settling.set_aside(row=row, reason="x", by=land.officer)
    listed = row.of_list
    batches.ask_to_undo(listed=listed, by=land.officer)
    batches.run(list_id=listed.pk)
    listed.refresh_from_db()
    assert listed.state == ListState.WRITTEN
    assert "recorded by hand" in listed.failure


def test_what_is_on_record_is_not_recorded_again(
    land: Land, poor: Household, row: BenefitListRow
) -> None:
    benefits.record(
        programme=row.of_list.programme, household=poor, by=land.officer, acted_on=row.day,
        state=BenefitState.SERVED, given=Given(amount_vnd=30_000_000),
    )  # fmt: skip
    with pytest.raises(Invalid, match="on record already"):
        settling.record(row=row, household=poor, person=None, by=land.officer)
    row.refresh_from_db()
    assert row.outcome == "UNMATCHED"


def test_recorded_outside(land: Land, row: BenefitListRow) -> None:
    made = settling.record_outside(
        row=row, place=land.village, ground="Hộ nghèo xã khác", by=land.officer
    )
    assert (made.outside_name, made.outside_birth_year, made.village) == (
        "Nông Thử", 1980, land.village,
    )  # fmt: skip


def test_set_aside_with_a_reason(land: Land, row: BenefitListRow) -> None:
    with pytest.raises(Invalid, match="Write why"):
        settling.set_aside(row=row, reason=" ", by=land.officer)
    settling.set_aside(row=row, reason="Ghi nhầm", by=land.officer)
    row.refresh_from_db()
    assert (row.outcome, row.note, row.benefit) == ("SET_ASIDE", "Ghi nhầm", None)
    assert Benefit.objects.count() == 1


def test_rules_and_rights_hold_by_hand_too(land: Land, row: BenefitListRow) -> None:
    away = people.household(land.other_village, people.person("Lý Văn Xa"))
    with pytest.raises(Refused):
        settling.record(row=row, household=away, person=None, by=land.officer)
    stranger = users.user("stranger", "COMMUNE_OFFICER", land.other_commune)  # type: ignore[arg-type]
    with pytest.raises(Refused):
        settling.set_aside(row=row, reason="x", by=stranger)
    row.refresh_from_db()
    assert row.outcome == "UNMATCHED"


def test_a_list_of_the_province_is_settled_by_the_commune_of_the_row(
    land: Land, poor: Household, sends: Sends
) -> None:
    department = users.user("so", "DEPARTMENT", land.province)  # type: ignore[arg-type]
    listed = recorded(sends(
        "loan", LOANS, "Nông Văn Thử,01/05/1980,,50,10/05/2024,KU01,",
        f"Nông Thử,1980,{land.commune.name},30,10/05/2024,KU02,Hộ nghèo",
        f"Lý Xa,1981,{land.other_commune.name},30,10/05/2024,KU03,Hộ nghèo",
        "Không Ai,1982,,30,10/05/2024,KU04,Hộ nghèo",
        by=department, area=land.province,
    ))  # fmt: skip
    own, strangers, nobodys = listed.rows.filter(outcome="UNMATCHED").order_by("line")
    for row in (strangers, nobodys):
        with pytest.raises(Refused):
            settling.set_aside(row=row, reason="x", by=land.officer)
    made = settling.record(row=own, household=poor, person=None, by=land.officer)
    own.refresh_from_db()
    assert (own.outcome, own.settled_by, own.benefit) == ("SETTLED", land.officer, made)
    # Only what is counted of this commune is worked out anew.
    assert AuditEvent.objects.get(verb="benefits.settle_row").area == land.commune


def test_a_ceiling_not_confirmed_is_told_of_a_house_settled_by_hand(
    land: Land, poor: Household, sends: Sends
) -> None:
    houses.rules()
    families.trait(land.district, "POOR_DISTRICT", "YES")  # type: ignore[arg-type]
    HousingCeiling.objects.update(doubt="weak")
    listed = recorded(sends(
        "housing", "Họ tên chủ hộ,Năm sinh,Kinh phí hỗ trợ,Ngày hoàn thành",
        "Nông Văn Thử,01/05/1980,40000000,01/02/2024", "Nông Thử,1980,50000000,01/06/2024",
        funding="central",
    ))  # fmt: skip
    row = listed.rows.get(outcome="UNMATCHED")
    other = people.household(land.village, people.person("Nông Thử"))
    families.on_list(other, land.decision, since=day("2023-01-01"))
    made = settling.record(row=row, household=other, person=None, by=land.officer)
    (told,) = settling.warnings_of(row, made)
    assert told.startswith("At most 40,000,000 đồng")
    assert told.endswith("The ceiling is not confirmed.")
    row.amount_vnd = 40_000_000
    assert settling.warnings_of(row, made) == []
