"""Households worked out by hand check a point table before anyone may propose it."""

from typing import Any

import pytest

from households.choices import PointTableState, Role
from households.errors import Invalid, Refused
from households.models import AuditEvent, PointTable, User, WorkedHousehold
from households.services import worked_households
from tests.factories import areas, users
from tests.factories import standards as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def first() -> User:
    return users.user("nguoi_nhap", Role.DEPARTMENT, areas.province())


@pytest.fixture
def draft(first: User) -> PointTable:
    return make.point_table(make.standard(), first)


def work_out(
    table: PointTable, by: User, variant: str = "NT2", expected: int = 25, **answers: str
) -> WorkedHousehold:
    return worked_households.add(
        table=table,
        name=f"Hộ {variant}",
        variant=variant,
        answers={"motorbike": "yes", "tv": "yes", **answers},
        expected_b1_points=expected,
        by=by,
    )


def test_the_table_is_read_for_the_variant(draft: PointTable, first: User) -> None:
    work_out(draft, first, tv="no", expected=15)
    work_out(draft, first, "URBAN", 15)
    rural, urban = worked_households.check(draft)
    assert (rural.computed, rural.agrees) == (15, True)
    assert (urban.computed, urban.agrees) == (15, True)
    assert rural.lines == (("Xe máy", "Có", 15), ("Ti vi", "Không", 0))


def test_a_difference_shows(draft: PointTable, first: User) -> None:
    work_out(draft, first, expected=26)
    (found,) = worked_households.check(draft)
    assert (found.computed, found.agrees) == (25, False)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"name": " "}, "name"),
        ({"variant": "NT9"}, "variant"),
        ({"answers": {"motorbike": "yes"}}, "answers.tv"),
        ({"answers": {"motorbike": "two", "tv": "no"}}, "answers.motorbike"),
        ({"answers": {"motorbike": "no", "tv": "no", "boat": "no"}}, "answers"),
        ({"expected_b1_points": 100_000}, "expected_b1_points"),
    ],
)
def test_an_incomplete_one_is_told_at_its_field(
    draft: PointTable, first: User, changes: dict[str, Any], field: str
) -> None:
    given: dict[str, Any] = {
        "name": "Hộ thử",
        "variant": "NT2",
        "answers": {"motorbike": "no", "tv": "no"},
        "expected_b1_points": 0,
    }
    with pytest.raises(Invalid) as invalid:
        worked_households.add(table=draft, by=first, **{**given, **changes})
    assert list(invalid.value.fields) == [field]


def test_one_can_be_taken_away(draft: PointTable, first: User) -> None:
    worked_households.remove(worked=work_out(draft, first), by=first)
    assert not draft.worked_households.exists()


def test_each_change_is_an_act(draft: PointTable, first: User) -> None:
    worked_households.remove(worked=work_out(draft, first), by=first)
    verbs = list(AuditEvent.objects.order_by("pk").values_list("verb", flat=True))
    assert verbs == ["point_table.add_worked", "point_table.remove_worked"]


def test_an_answer_the_table_no_longer_has_is_told(draft: PointTable, first: User) -> None:
    work_out(draft, first)
    WorkedHousehold.objects.update(answers={"motorbike": "two", "tv": "no"})
    (found,) = worked_households.check(draft)
    assert (found.computed, found.agrees) == (None, False)
    assert "Xe máy" in found.problem


@pytest.mark.parametrize("state", [PointTableState.PROPOSED, PointTableState.IN_FORCE])
def test_none_is_added_or_removed_past_the_draft(
    draft: PointTable, first: User, state: PointTableState
) -> None:
    worked = work_out(draft, first)
    PointTable.objects.update(state=state)
    draft.refresh_from_db()
    worked.refresh_from_db()
    with pytest.raises(Refused):
        work_out(draft, first)
    with pytest.raises(Refused):
        worked_households.remove(worked=worked, by=first)


def test_only_the_department_enters_them(draft: PointTable) -> None:
    officer = users.user("can_bo_xa", Role.COMMUNE_OFFICER, areas.province("19", "Tỉnh Khác"))
    with pytest.raises(Refused):
        work_out(draft, officer)
