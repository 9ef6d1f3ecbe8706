"""Changing the map: who may, what is refused, and that nothing of the past is overwritten."""

import datetime as dt

import pytest

from households.choices import AreaChangeKind, AreaLevel, AreaType, Role, Settlement, TraitKind
from households.errors import Conflict, Invalid, Refused
from households.models import (
    Area,
    AreaChange,
    AreaTrait,
    Assignment,
    AuditEvent,
    Household,
    Residence,
    User,
)
from households.services import areas, cards
from households.services.system_user import system_user

pytestmark = pytest.mark.django_db
START = dt.date(2020, 1, 1)
TODAY = dt.date(2024, 10, 15)


@pytest.fixture
def system(db: None) -> User:
    return system_user()


@pytest.fixture
def province(system: User) -> Area:
    return areas.open_area(
        level=AreaLevel.PROVINCE, code="96", name="Tỉnh Thử", valid_from=START, by=system
    )


@pytest.fixture
def commune(province: Area, system: User) -> Area:
    return areas.open_area(
        level=AreaLevel.COMMUNE,
        code="96001",
        name="Xã Một",
        parent=province,
        valid_from=START,
        area_type=AreaType.COMMUNE,
        settlement=Settlement.RURAL,
        by=system,
    )


@pytest.fixture
def officer(commune: Area) -> User:
    user = User.objects.create(username="officer")
    Assignment.objects.create(user=user, role=Role.COMMUNE_OFFICER, area=commune, valid_from=START)
    return user


def test_officer_adds_a_village_and_the_act_is_recorded(commune: Area, officer: User) -> None:
    village = areas.add_village(
        commune=commune,
        name="  Nà   Pài ",
        valid_from=TODAY,
        settlement=Settlement.URBAN,
        by=officer,
    )

    assert village.name == "Nà Pài"
    assert village.path == commune.inner_path
    assert village.traits.get().value == Settlement.URBAN
    event = AuditEvent.objects.get(verb="area.add_village")
    assert (event.by, event.area, village.act) == (officer, commune, event)


def test_officer_of_another_commune_is_refused(
    commune: Area, province: Area, officer: User, system: User
) -> None:
    other = areas.open_area(
        level=AreaLevel.COMMUNE, code="96002", name="Xã Hai", parent=province, valid_from=START,
        by=system,
    )  # fmt: skip

    with pytest.raises(Refused):
        areas.add_village(commune=other, name="Nà Pài", valid_from=TODAY, by=officer)


def test_officer_does_not_change_communes(commune: Area, officer: User) -> None:
    with pytest.raises(Refused):
        areas.close_area(area=commune, last_day=TODAY, by=officer)
    with pytest.raises(Refused):
        areas.rename(area=commune, name="Khác", changed_on=TODAY, by=officer)


def test_two_villages_of_one_name_are_refused_whatever_the_accents(
    commune: Area, officer: User
) -> None:
    areas.add_village(commune=commune, name="Nà Hoà", valid_from=START, by=officer)

    with pytest.raises(Conflict):
        areas.add_village(commune=commune, name="NÀ HÒA", valid_from=TODAY, by=officer)
    assert Area.objects.at(AreaLevel.VILLAGE).count() == 1
    assert AuditEvent.objects.filter(verb="area.add_village").count() == 1


@pytest.mark.parametrize("name", ["", "   "])
def test_a_village_needs_a_name(commune: Area, officer: User, name: str) -> None:
    with pytest.raises(Invalid) as refusal:
        areas.add_village(commune=commune, name=name, valid_from=TODAY, by=officer)
    assert "name" in refusal.value.fields


def test_a_village_does_not_begin_before_its_commune(commune: Area, officer: User) -> None:
    with pytest.raises(Invalid) as refusal:
        areas.add_village(
            commune=commune, name="Nà Pài", valid_from=START - dt.timedelta(days=1), by=officer
        )
    assert "valid_from" in refusal.value.fields


def test_a_code_in_use_is_refused_and_free_again_later(
    commune: Area, province: Area, system: User
) -> None:
    def open_again(day: dt.date) -> Area:
        return areas.open_area(
            level=AreaLevel.COMMUNE, code="96001", name="Xã Mới", parent=province, valid_from=day,
            by=system,
        )  # fmt: skip

    with pytest.raises(Conflict):
        open_again(TODAY)
    areas.close_area(area=commune, last_day=TODAY, by=system)
    assert open_again(TODAY + dt.timedelta(days=1)).name == "Xã Mới"


def test_a_code_of_the_wrong_length_is_refused(province: Area, system: User) -> None:
    with pytest.raises(Conflict):
        areas.open_area(
            level=AreaLevel.COMMUNE, code="961", name="Xã Ba", parent=province, valid_from=START,
            by=system,
        )  # fmt: skip


def test_closing_ends_traits_and_leaves_an_arrow(commune: Area, system: User) -> None:
    areas.close_area(area=commune, last_day=TODAY, by=system, reason="Nghị quyết")

    commune.refresh_from_db()
    assert commune.valid_to == TODAY
    assert {trait.valid_to for trait in commune.traits.all()} == {TODAY}
    arrow = AreaChange.objects.get(from_area=commune)
    assert (arrow.kind, arrow.to_area) == (AreaChangeKind.ABOLISH, None)


def test_a_unit_with_villages_or_households_is_not_closed(commune: Area, system: User) -> None:
    village = areas.add_village(commune=commune, name="Nà Pài", valid_from=START, by=system)
    Residence.objects.create(
        household=Household.objects.create(), village=village, valid_from=START
    )

    with pytest.raises(Conflict, match="Xã Một"):
        areas.close_area(area=commune, last_day=TODAY, by=system)
    with pytest.raises(Conflict, match="Nà Pài"):
        areas.close_area(area=village, last_day=TODAY, by=system)


def test_renaming_carries_over_what_goes_on(commune: Area, officer: User, system: User) -> None:
    village = areas.add_village(commune=commune, name="Nà Pài", valid_from=START, by=system)
    household = Household.objects.create()
    Residence.objects.create(household=household, village=village, valid_from=START)
    cards.refresh(household_ids=[household.pk])

    renamed = areas.rename(area=commune, name="Xã Đổi Tên", changed_on=TODAY, by=system)

    before, after = TODAY - dt.timedelta(days=1), TODAY
    assert Area.objects.on(before).get(code="96001").name == "Xã Một"
    assert Area.objects.on(after).get(code="96001") == renamed
    assert renamed.came_from.get().from_area == commune
    assert set(renamed.traits.values_list("kind", "value")) == {
        (TraitKind.TYPE, AreaType.COMMUNE), (TraitKind.SETTLEMENT, Settlement.RURAL),
    }  # fmt: skip
    moved = Area.objects.on(after).get(level=AreaLevel.VILLAGE)
    assert moved.path == renamed.inner_path
    assert household.residences.on(before).get().village == village
    assert household.residences.on(after).get().village == moved
    assert officer.assignments.on(after).get().area == renamed
    assert Household.objects.under(renamed).get() == household


def test_a_slip_is_corrected_without_a_new_unit(commune: Area, system: User) -> None:
    areas.correct_name(area=commune, name="Xã Mốt", by=system)

    assert Area.objects.on(TODAY).get(code="96001").pk == commune.pk


def test_a_trait_follows_the_one_before_it(commune: Area, system: User) -> None:
    areas.state_trait(
        area=commune, kind=TraitKind.TYPE, value=AreaType.TOWN, valid_from=TODAY,
        source="Nghị quyết", by=system,
    )  # fmt: skip

    def type_on(day: dt.date) -> str:
        return str(AreaTrait.objects.on(day).get(area=commune, kind=TraitKind.TYPE).value)

    assert type_on(TODAY - dt.timedelta(days=1)) == AreaType.COMMUNE
    assert type_on(TODAY) == AreaType.TOWN


def test_a_trait_needs_its_source(commune: Area, system: User) -> None:
    with pytest.raises(Invalid):
        areas.state_trait(
            area=commune, kind=TraitKind.ZONE, value="III", valid_from=TODAY, source=" ", by=system
        )
