"""The signed act: what follows, from which day, and that nothing of the past is rewritten."""

import datetime as dt

import pytest
from django.conf import LazySettings

from households.choices import AreaLevel, AreaType, Role, Settlement, TraitKind
from households.choices.reorganisations import ReorganisationKind, ReorganisationState
from households.errors import Conflict, Refused
from households.models import (
    Area,
    AreaChange,
    AreaGroup,
    AreaTrait,
    Assignment,
    AuditEvent,
    Household,
    HouseholdCard,
    Reorganisation,
    User,
)
from households.rights import Rights
from households.services import home_succession
from households.services.reorganisation import obstacles, signing
from households.services.reorganisation.plans import NewUnit, Part
from tests.factories import areas
from tests.households.services.reorganisation.conftest import SOON, TODAY, World

_READS = frozenset({Role.COMMUNE_OFFICER, Role.VILLAGE_HEAD})


def _on(code: str, day: dt.date) -> Area:
    found: Area = Area.objects.on(day).get(level=AreaLevel.COMMUNE, code=code)
    return found


def _sees(user: User, household: Household, day: dt.date) -> bool:
    village = HouseholdCard.objects.get(household=household).village
    return Rights(user, on=day).holds(_READS, village)


def test_a_merger_takes_villages_families_and_staff_with_it(world: World) -> None:
    before = TODAY - dt.timedelta(days=1)

    followed = signing.sign(reorganisation=world.draft(world.merger()), by=world.department)

    new = _on("02008", TODAY)
    assert (followed, new.name, new.parent) == (3, "Xã Chung", world.districts[0])
    assert _on("02008", before) == world.a
    assert set(new.children.values_list("name", flat=True)) == {
        "Nà Pài (Xã A)", "Nà Pài (Xã B)", "Bản Mới"
    }  # fmt: skip
    assert Household.objects.under(new).count() == 3
    assert world.households["a1"].residences.on(before).get().village == world.villages["a1"]
    for user in (world.officer_a, world.officer_b):
        assert user.assignments.on(TODAY).get().area == new
        assert _sees(user, world.households["a1"], TODAY)
        assert _sees(user, world.households["b1"], TODAY)
    assert world.head.assignments.on(TODAY).get().area.name == "Nà Pài (Xã A)"
    assert not _sees(world.head, world.households["b1"], TODAY)


def test_a_merger_states_what_was_said_of_all_alike(world: World) -> None:
    signing.sign(reorganisation=world.draft(world.merger()), by=world.department)

    said = AreaTrait.objects.on(TODAY).filter(area=_on("02008", TODAY))
    assert dict(said.values_list("kind", "value")) == {
        TraitKind.TYPE: AreaType.COMMUNE, TraitKind.SETTLEMENT: Settlement.RURAL,
        TraitKind.ZONE: "III",
    }  # fmt: skip


def test_a_coming_day_changes_nothing_today(world: World, settings: LazySettings) -> None:
    draft = world.draft(world.merger(), day=SOON)

    assert signing.sign(reorganisation=draft, by=world.department) == 0

    assert _on("02008", TODAY) == world.a
    assert (
        HouseholdCard.objects.get(household=world.households["a1"]).village
        == (world.villages["a1"])
    )
    assert _sees(world.officer_a, world.households["a1"], TODAY)
    settings.POVREG_TODAY = SOON
    assert home_succession.follow() == 3
    assert home_succession.follow() == 0
    assert Household.objects.under(_on("02008", SOON)).count() == 3
    assert _sees(world.officer_b, world.households["a1"], SOON)


def test_who_comes_between_signing_and_the_day_follows_too(
    world: World, settings: LazySettings
) -> None:
    signing.sign(reorganisation=world.draft(world.merger(), day=SOON), by=world.department)
    late = Household.objects.create()
    late.residences.create(village=world.villages["b1"], valid_from=TODAY)

    settings.POVREG_TODAY = SOON

    assert home_succession.follow() == 4
    assert late.residences.on(SOON).get().village.parent == _on("02008", SOON)


def test_a_split_goes_village_by_village(world: World) -> None:
    signing.sign(reorganisation=world.draft(world.split()), by=world.department)

    upper, lower = _on("02008", TODAY), _on("02099", TODAY)
    assert Household.objects.under(upper).get() == world.households["a1"]
    assert Household.objects.under(lower).get() == world.households["a2"]
    assert set(AreaChange.objects.filter(from_area=world.a).values_list("kind", "is_whole")) == {
        ("SPLIT", False)
    }
    assert _sees(world.officer_a, world.households["a1"], TODAY)
    assert not _sees(world.officer_a, world.households["a2"], TODAY)


def test_whoever_serves_a_part_keeps_the_files_of_its_villages(world: World) -> None:
    signing.sign(reorganisation=world.draft(world.split()), by=world.department)

    held = Rights(world.officer_a, on=TODAY)
    assert held.holds(_READS, world.villages["a1"])
    assert not held.holds(_READS, world.villages["a2"])
    assert not held.holds(_READS, world.a)


def test_villages_go_to_another_commune(world: World) -> None:
    part = Part(
        kind=ReorganisationKind.TRANSFER, units=(world.a.pk,),
        becomes=(NewUnit("1", area_id=world.c.pk),), goes={world.villages["a2"].pk: "1"},
    )  # fmt: skip

    signing.sign(reorganisation=world.draft(part), by=world.department)

    world.a.refresh_from_db()
    assert world.a.valid_to is None
    assert Household.objects.under(world.a).get() == world.households["a1"]
    assert Household.objects.under(world.c).count() == 2
    assert world.officer_a.assignments.on(TODAY).get().area == world.a


def test_another_name_code_and_type_at_once(world: World) -> None:
    new = NewUnit("1", "Thị trấn A", "02009", AreaType.TOWN, Settlement.URBAN)
    part = Part(kind=ReorganisationKind.RENAME, units=(world.a.pk,), becomes=(new,))

    signing.sign(reorganisation=world.draft(part), by=world.department)

    renamed = _on("02009", TODAY)
    assert Household.objects.under(renamed).count() == 2
    said = AreaTrait.objects.on(TODAY).get(area=renamed, kind=TraitKind.SETTLEMENT)
    assert said.value == Settlement.URBAN
    assert AreaTrait.objects.get(area=world.a, kind=TraitKind.SETTLEMENT).value == Settlement.RURAL


def test_another_type_is_the_same_unit(world: World) -> None:
    new = NewUnit("1", area_type=AreaType.WARD, settlement=Settlement.URBAN)
    part = Part(kind=ReorganisationKind.TYPE, units=(world.a.pk,), becomes=(new,))

    signing.sign(reorganisation=world.draft(part), by=world.department)

    assert _on("02008", TODAY) == world.a
    said = AreaTrait.objects.filter(area=world.a, kind=TraitKind.SETTLEMENT)
    assert said.on(TODAY).get().value == Settlement.URBAN
    assert said.on(TODAY - dt.timedelta(days=1)).get().value == Settlement.RURAL


def test_a_commune_goes_to_another_district(world: World) -> None:
    new = NewUnit("1", area_id=world.districts[1].pk)
    part = Part(kind=ReorganisationKind.MOVE, units=(world.a.pk,), becomes=(new,))

    signing.sign(reorganisation=world.draft(part), by=world.department)

    assert _on("02008", TODAY).parent == world.districts[1]
    assert Household.objects.under(world.districts[1]).count() == 3


def test_districts_end_and_live_on_as_groups(world: World) -> None:
    reader = User.objects.create(username="huyen")
    Assignment.objects.create(
        user=reader, role=Role.DISTRICT_READER, area=world.districts[0], valid_from=TODAY
    )
    ends = Part(kind=ReorganisationKind.LEVEL_ENDS, units=tuple(one.pk for one in world.districts))

    signing.sign(reorganisation=world.draft(world.merger(), ends, day=SOON), by=world.department)

    assert not Area.objects.on(SOON).filter(level=AreaLevel.DISTRICT).exists()
    assert {one.parent for one in Area.objects.on(SOON).at(AreaLevel.COMMUNE)} == {world.province}
    assert not reader.assignments.on(SOON).exists()
    groups = {str(one): set(one.communes.all()) for one in AreaGroup.objects.all()}
    assert groups == {"Huyện Thử (cũ)": {world.a, world.b}, "Huyện Hai (cũ)": {world.c}}


def test_who_had_two_communes_has_the_new_one_once(world: World) -> None:
    Assignment.objects.create(
        user=world.officer_a, role=Role.COMMUNE_OFFICER, area=world.b, valid_from=TODAY
    )

    signing.sign(reorganisation=world.draft(world.merger(), day=SOON), by=world.department)

    assert world.officer_a.assignments.on(SOON).get().area == _on("02008", SOON)


def test_signed_once_and_only_by_who_may(world: World) -> None:
    draft = world.draft(world.merger())
    with pytest.raises(Refused):
        signing.sign(reorganisation=draft, by=world.officer_a)
    assert Reorganisation.objects.get().state == ReorganisationState.DRAFT

    signing.sign(reorganisation=draft, by=world.department)

    with pytest.raises(Conflict):
        signing.sign(reorganisation=draft, by=world.department)
    event = AuditEvent.objects.get(verb="area.reorganise")
    assert (event.by, event.area) == (world.department, world.province)
    assert Reorganisation.objects.get().written_act == event.pk


def test_a_failure_half_way_leaves_nothing(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(**given: object) -> int:
        raise Conflict("thử")

    draft = world.draft(world.merger())
    before = set(Area.objects.values_list("pk", "valid_to"))
    monkeypatch.setattr(home_succession, "follow", fail)

    with pytest.raises(Conflict):
        signing.sign(reorganisation=draft, by=world.department)

    assert set(Area.objects.values_list("pk", "valid_to")) == before
    assert Reorganisation.objects.get().state == ReorganisationState.DRAFT
    assert not AuditEvent.objects.filter(verb="area.reorganise").exists()


@pytest.mark.parametrize("kind", ["merger", "split"])
def test_what_the_shipped_map_says_of_later_is_said_of_the_new_units(
    world: World, kind: str
) -> None:
    """Both communes become a third in 2026; what they become before does so then."""
    later = dt.date(2026, 1, 1)
    third = areas.merged(world.a, world.b, parent=world.province, code="02012", on=later)
    draft = world.draft(getattr(world, kind)(), day=SOON)

    assert obstacles.standing(draft) == []
    signing.sign(reorganisation=draft, by=world.department)

    made = Area.objects.at(AreaLevel.COMMUNE).filter(valid_from=SOON)
    assert {one.valid_to for one in made} == {dt.date(2025, 12, 31)}
    assert {arrow.to_area for one in made for arrow in one.became.all()} == {third}
    world.a.refresh_from_db()
    assert {arrow.changed_on for arrow in world.a.became.all()} == {SOON}


def test_units_that_go_elsewhere_later_are_told(world: World) -> None:
    later = dt.date(2026, 1, 1)
    areas.merged(world.a, parent=world.province, code="02012", on=later)
    areas.merged(world.b, parent=world.province, code="02013", on=later)

    (told,) = obstacles.standing(world.draft(world.merger(), day=SOON))

    assert "Xã B" in told.reason
