"""A signed act is taken back before its day, and the map is as it was."""

import datetime as dt
from typing import Any

import pytest
from django.conf import LazySettings

from households.choices.notices import NoticeKind
from households.choices.reorganisations import ReorganisationState
from households.errors import Conflict, Refused
from households.models import (
    Area,
    AreaChange,
    AreaGroup,
    AreaTrait,
    Assignment,
    AuditEvent,
    Notice,
    Reorganisation,
)
from households.services.reorganisation import signing, undoing
from tests.households.services.reorganisation.conftest import SOON, World


def _map() -> list[set[Any]]:
    return [
        set(Area.objects.values_list("pk", "code", "name", "parent", "path", "valid_to")),
        set(AreaTrait.objects.values_list("pk", "area", "kind", "value", "valid_from", "valid_to")),
        set(Assignment.objects.values_list("pk", "user", "area", "valid_from", "valid_to")),
        set(AreaChange.objects.values_list("pk")),
        set(AreaGroup.communes.through.objects.values_list("areagroup", "area")),
    ]


@pytest.mark.parametrize("kind", ["merger", "split"])
def test_all_is_as_before(world: World, kind: str) -> None:
    group = AreaGroup.objects.create(name="Vùng cao", province=world.province)
    group.communes.add(world.a)
    draft = world.draft(getattr(world, kind)(), day=SOON)
    before = _map()
    signing.sign(reorganisation=draft, by=world.department)
    assert _map() != before

    undoing.undo(reorganisation=draft, reason="Nghị quyết được rút", by=world.department)

    assert _map() == before
    assert Reorganisation.objects.get().state == ReorganisationState.UNDONE
    assert AuditEvent.objects.get(verb="area.undo_reorganise").reason == "Nghị quyết được rút"
    with pytest.raises(Conflict):
        undoing.undo(reorganisation=draft, reason="Lần nữa", by=world.department)


def test_the_same_can_be_signed_again_after(world: World) -> None:
    draft = world.draft(world.merger(), day=SOON)
    signing.sign(reorganisation=draft, by=world.department)
    undoing.undo(reorganisation=draft, reason="Sai ngày", by=world.department)

    signing.sign(reorganisation=world.draft(world.merger(), day=SOON), by=world.department)

    assert Area.objects.on(SOON).get(code="02008").name == "Xã Chung"


def test_not_once_the_day_is_there(world: World, settings: LazySettings) -> None:
    draft = world.draft(world.merger(), day=SOON)
    signing.sign(reorganisation=draft, by=world.department)
    settings.POVREG_TODAY = SOON

    with pytest.raises(Refused):
        undoing.undo(reorganisation=draft, reason="Muộn", by=world.department)


def test_not_while_something_rests_on_the_new_units(world: World) -> None:
    draft = world.draft(world.merger(), day=SOON)
    signing.sign(reorganisation=draft, by=world.department)
    new = Area.objects.on(SOON).get(code="02008")
    Area.objects.create(
        level="VILLAGE", name="Thôn mới", parent=new, valid_from=SOON + dt.timedelta(days=1)
    )

    with pytest.raises(Refused):
        undoing.undo(reorganisation=draft, reason="Sai", by=world.department)
    assert Reorganisation.objects.get().state == ReorganisationState.SIGNED


def test_what_jobs_worked_out_of_the_new_units_goes_too(world: World) -> None:
    draft = world.draft(world.merger(), day=SOON)
    before = _map()
    signing.sign(reorganisation=draft, by=world.department)
    new = Area.objects.on(SOON).get(code="02008")
    Notice.objects.create(area=new, kind=NoticeKind.FOUND, key="1", told_on=SOON)

    undoing.undo(reorganisation=draft, reason="Sai", by=world.department)

    assert _map() == before
    assert not Notice.objects.exists()


def test_only_who_may_and_with_a_reason(world: World) -> None:
    draft = world.draft(world.merger(), day=SOON)
    signing.sign(reorganisation=draft, by=world.department)

    with pytest.raises(Refused):
        undoing.undo(reorganisation=draft, reason="Sai", by=world.officer_a)
    with pytest.raises(Refused):
        undoing.undo(reorganisation=draft, reason="  ", by=world.department)
