"""Who sees which lists and rows of them, and what these count for him."""

from typing import Any

import pytest

from households.choices import Role
from households.models import Area, Household, User
from programs.choices.benefit_lists import ListState, RowOutcome
from programs.models import BenefitList, BenefitListRow, Programme
from programs.queries import benefit_lists
from programs.queries.benefit_lists import ListNumbers
from tests.factories import areas, people, users
from tests.programs.conftest import Land


def listed(land: Land, area: Area, **more: Any) -> BenefitList:
    facts: dict[str, Any] = {
        "programme": Programme.objects.get(code="loan"), "year": 2024, "sender": "Ngân hàng",
        "listed_on": "2024-06-30", "sent_by": land.officer, "file_name": "vay.csv",
        "file_hash": str(BenefitList.objects.count()), "state": ListState.WRITTEN,
        "counts": {"rows": 4, "times": 2, "amount_vnd": 9, "without_ground": 0, "in_error": 0},
    } | more  # fmt: skip
    return BenefitList.objects.create(area=area, **facts)


def row(of: BenefitList, line: int, commune: Area | None, **more: Any) -> BenefitListRow:
    facts: dict[str, Any] = {"outcome": RowOutcome.UNMATCHED, "day": "2024-05-01"} | more
    return BenefitListRow.objects.create(of_list=of, line=line, commune=commune, **facts)


@pytest.fixture
def home(land: Land) -> Household:
    return people.household(land.village, people.person())


@pytest.fixture
def of_province(land: Land, home: Household) -> BenefitList:
    """Two rows of the commune (one recorded), one of the other, one that names no commune."""
    made = listed(land, land.province)
    row(made, 2, land.commune, outcome=RowOutcome.NEW, household=home, amount_vnd=5)
    row(made, 3, land.commune, amount_vnd=7)
    row(made, 4, land.other_commune, outcome=RowOutcome.NEW, amount_vnd=4)
    row(made, 5, None)
    return made


def lines(user: User, of: BenefitList) -> list[int]:
    rows = benefit_lists.rows_of(user, of, list(RowOutcome))
    return [one.line for one in rows]


def test_the_commune_sees_its_own_rows_and_counts_these(
    land: Land, of_province: BenefitList
) -> None:
    assert list(benefit_lists.of_user(land.officer)) == [of_province]
    assert lines(land.officer, of_province) == [2, 3]
    counts = benefit_lists.counts_of(land.officer, of_province)
    assert {code: number for code, number in counts.items() if number} == {
        "NEW": 1, "UNMATCHED": 1,
    }  # fmt: skip
    numbers = benefit_lists.numbers_of(land.officer, [of_province])
    assert numbers == {
        of_province.pk: ListNumbers(
            rows=2, times=1, amount_vnd=5, without_ground=1, in_error=0, to_settle=1,
            is_whole=False,
        )
    }  # fmt: skip


def test_the_department_sees_the_whole_list_as_it_was_counted(
    land: Land, of_province: BenefitList
) -> None:
    department = users.user("so", Role.DEPARTMENT, land.province)
    assert lines(department, of_province) == [2, 3, 4, 5]
    (numbers,) = benefit_lists.numbers_of(department, [of_province]).values()
    assert (numbers.rows, numbers.times, numbers.is_whole) == (4, 2, True)


def test_a_district_sees_its_communes(land: Land, of_province: BenefitList) -> None:
    away = areas.commune(areas.district(land.province, code="999", name="Huyện Xa"), code="09999")
    row(of_province, 6, away)
    reader = users.user("huyen", Role.DISTRICT_READER, land.district)
    assert lines(reader, of_province) == [2, 3, 4]
    assert list(benefit_lists.of_user(reader)) == [of_province]
    # A list of a commune in the district is seen whole, with the row that names no commune.
    own = listed(land, land.commune)
    row(own, 2, None)
    assert lines(reader, own) == [2]


def test_a_list_that_names_nobody_of_the_commune_is_not_there(
    land: Land, of_province: BenefitList
) -> None:
    of_province.rows.filter(commune=land.other_commune).delete()
    stranger = users.user("stranger", Role.COMMUNE_OFFICER, land.other_commune)
    assert not benefit_lists.of_user(stranger).exists()
    # Nor is a neighbour's list that names somebody of this commune by mistake.
    row(listed(land, land.commune), 2, land.other_commune)
    assert not benefit_lists.of_user(stranger).exists()


@pytest.mark.parametrize(
    ("state", "is_seen"),
    [
        (ListState.CHECKED, False), (ListState.TO_WRITE, False), (ListState.FAILED, False),
        (ListState.WRITTEN, True), (ListState.TO_UNDO, True), (ListState.UNDONE, True),
    ],
)  # fmt: skip
def test_nothing_of_a_list_above_is_seen_before_it_is_recorded(
    land: Land, of_province: BenefitList, state: ListState, is_seen: bool
) -> None:
    BenefitList.objects.update(state=state)
    assert benefit_lists.of_user(land.officer).exists() == is_seen
