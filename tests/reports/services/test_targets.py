"""Targets are set all or none, kept with their text, and taken back with a reason."""

from decimal import Decimal

import pytest

from households.choices import AreaLevel, Role
from households.errors import Invalid, Refused
from households.models import Area, AuditEvent, PovertyStandard, RowHistory, User
from reports.choices import TargetWhom
from reports.models import ReductionTarget
from reports.services import targets
from reports.services.targets import Aim, Basis, Points
from tests.factories import areas, reviews, users
from tests.factories.targets import target

pytestmark = pytest.mark.django_db
TWO = Points(Decimal(2), Decimal("2.5"))


@pytest.fixture
def province() -> Area:
    return areas.province()


@pytest.fixture
def department(province: Area) -> User:
    return users.user("so", Role.DEPARTMENT, province)


@pytest.fixture
def standard() -> PovertyStandard:
    return reviews.standard()


def put(
    by: User, standard: PovertyStandard, *aims: Aim, year: int = 2024, basis: str = "Nghị quyết 5"
) -> int:
    return targets.state(
        year=year, standard=standard, whom=TargetWhom.ALL, aims=aims, basis=Basis(basis), by=by
    )


def test_targets_of_several_areas_are_one_act(
    province: Area, department: User, standard: PovertyStandard
) -> None:
    district = areas.district(province)
    over = Points(Decimal(4), is_over=True)
    assert put(department, standard, Aim(province, TWO), Aim(district, over)) == 2
    one, other = ReductionTarget.objects.order_by("points_from")
    assert (one.points_to, one.is_over, one.legal_basis) == (Decimal("2.5"), False, "Nghị quyết 5")
    assert (other.points_to, other.is_over, other.entered_by) == (None, True, department)
    event = AuditEvent.objects.get(verb="targets.state")
    assert {one.act_id, other.act_id} == {event.pk}
    assert event.details == {"year": 2024, "standard": standard.code, "whom": "ALL", "rows": 2}


def test_the_same_again_writes_nothing_and_another_number_takes_its_place(
    province: Area, department: User, standard: PovertyStandard
) -> None:
    assert put(department, standard, Aim(province, TWO)) == 1
    assert put(department, standard, Aim(province, TWO)) == 0
    assert put(department, standard, Aim(province, Points(Decimal(3)))) == 1
    assert ReductionTarget.objects.get().points_from == 3
    assert AuditEvent.objects.filter(verb="targets.state").count() == 2
    assert RowHistory.objects.filter(table_name="reports_reductiontarget").count() == 1


def test_who_states_a_shipped_target_anew_confirms_it(
    province: Area, department: User, standard: PovertyStandard
) -> None:
    target(province, standard=standard, year=2024, is_confirmed=False)
    assert put(department, standard, Aim(province, TWO), basis="Nghị quyết 1/NQ") == 1
    assert ReductionTarget.objects.get().is_confirmed


@pytest.mark.parametrize(
    "points",
    [
        Points(Decimal(0)), Points(Decimal(-1)), Points(Decimal(3), Decimal(2)),
        Points(Decimal(2), Decimal(51)), Points(Decimal(51)),
    ],
)  # fmt: skip
def test_points_that_make_no_sense_are_refused(
    province: Area, department: User, standard: PovertyStandard, points: Points
) -> None:
    district = areas.district(province)
    with pytest.raises(Invalid, match="Huyện Thử"):
        put(department, standard, Aim(province, TWO), Aim(district, points))
    assert not ReductionTarget.objects.exists()


def test_year_text_standard_and_unit_have_to_be_there(
    province: Area, department: User, standard: PovertyStandard
) -> None:
    aim = Aim(province, TWO)
    with pytest.raises(Invalid):
        put(department, standard, aim, year=1999)
    with pytest.raises(Invalid) as missing:
        put(department, standard, aim, basis="  ")
    assert "legal_basis" in missing.value.fields
    with pytest.raises(Invalid):
        put(department, standard, aim, year=2015)
    own = areas.province("19", "Tỉnh Khác")
    PovertyStandard.objects.filter(pk=standard.pk).update(owner=own)
    standard.refresh_from_db()
    with pytest.raises(Invalid):
        put(department, standard, aim)
    assert not ReductionTarget.objects.exists()


def test_only_who_keeps_them_in_the_area_sets_targets(
    province: Area, department: User, standard: PovertyStandard
) -> None:
    commune = areas.commune(areas.district(province))
    stranger = users.user("so_khac", Role.DEPARTMENT, areas.province("19", "Tỉnh Khác"))
    officer = users.user("can_bo", Role.COMMUNE_OFFICER, commune)
    for other in (stranger, officer):
        with pytest.raises(Refused):
            put(other, standard, Aim(commune, TWO))
    village = areas.village(commune)
    assert village.level == AreaLevel.VILLAGE
    with pytest.raises(Refused):
        put(department, standard, Aim(village, TWO))
    administrator = users.user("quan_tri", Role.ADMINISTRATOR, province)
    assert put(administrator, standard, Aim(commune, TWO)) == 1


def test_a_target_is_taken_back_with_a_reason_and_stays_in_the_history(
    province: Area, department: User
) -> None:
    kept = target(province)
    number = kept.pk
    with pytest.raises(Invalid):
        targets.withdraw(target=kept, reason=" ", by=department)
    stranger = users.user("so_khac", Role.DEPARTMENT, areas.province("19", "Tỉnh Khác"))
    with pytest.raises(Refused):
        targets.withdraw(target=kept, reason="nhầm", by=stranger)
    assert ReductionTarget.objects.exists()
    targets.withdraw(target=kept, reason="nhầm", by=department)
    assert not ReductionTarget.objects.exists()
    event = AuditEvent.objects.get(verb="targets.withdraw")
    assert (event.reason, event.object_id, event.area) == ("nhầm", number, province)
    history = RowHistory.objects.get(table_name="reports_reductiontarget")
    assert (history.operation, history.row["points_from"]) == ("D", 2.0)
