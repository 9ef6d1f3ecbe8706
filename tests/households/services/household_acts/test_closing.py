"""A household that ends keeps its past and its place on the list until a decision."""

import datetime as dt
from types import SimpleNamespace

import pytest

from households import policies
from households.choices import HouseholdEndReason
from households.errors import Invalid
from households.models import Area, AuditEvent, HouseholdEvent
from households.services.household_acts import closing
from tests.factories import areas
from tests.households.services.household_acts.conftest import roster

DAY = dt.date(2024, 10, 1)


def _close(family: SimpleNamespace, reason: HouseholdEndReason) -> None:
    closing.close(household=family.household, reason=reason, happened_on=DAY, by=family.officer)


def test_the_day_is_the_last_of_home_and_members(family: SimpleNamespace) -> None:
    _close(family, HouseholdEndReason.MOVED_OUT)
    family.household.refresh_from_db()
    assert (family.household.ended_on, family.household.end_reason) == (DAY, "MOVED_OUT")
    assert family.household.residences.get().valid_to == DAY
    assert set(family.household.memberships.values_list("valid_to", flat=True)) == {DAY}
    assert roster(family.household) == {}
    assert family.household.card.is_ended
    family.hoa.refresh_from_db()
    assert family.hoa.died_on is None
    assert HouseholdEvent.objects.get().end_reason == "MOVED_OUT"


def test_its_officer_still_opens_its_page(family: SimpleNamespace) -> None:
    _close(family, HouseholdEndReason.MOVED_OUT)
    assert policies.visible_households(family.officer).filter(pk=family.household.pk).exists()
    assert not policies.visible_households(family.stranger).exists()


def test_when_all_died_the_day_is_kept_with_each(family: SimpleNamespace) -> None:
    _close(family, HouseholdEndReason.ALL_DIED)
    family.nam.refresh_from_db()
    assert family.nam.died_on == DAY


def test_a_merger_is_no_reason_one_gives(family: SimpleNamespace) -> None:
    with pytest.raises(Invalid) as refused:
        _close(family, HouseholdEndReason.MERGED)
    assert list(refused.value.fields) == ["reason"]


def test_a_move_to_a_commune_not_in_povreg_names_it_in_the_record(family: SimpleNamespace) -> None:
    province = Area.objects.get(pk=int(family.village.path.split(".")[0]))
    beyond = areas.commune(province, code="01999", name="Xã Chưa Dùng")

    done = closing.close(
        household=family.household, reason=HouseholdEndReason.MOVED_BEYOND, happened_on=DAY,
        by=family.officer, to_commune=beyond,
    )  # fmt: skip

    assert done.moved_to == beyond
    assert HouseholdEvent.objects.get().to_commune == beyond
    assert family.household.card.is_ended
    assert AuditEvent.objects.get(verb="household.close").details == {
        "reason": "MOVED_BEYOND", "to": beyond.pk,
    }  # fmt: skip


def test_such_a_commune_is_chosen_and_has_no_village(family: SimpleNamespace) -> None:
    there = family.village.parent
    for reason, commune in (
        (HouseholdEndReason.MOVED_BEYOND, None),
        (HouseholdEndReason.MOVED_BEYOND, there),
        (HouseholdEndReason.MOVED_OUT, there),
    ):
        with pytest.raises(Invalid) as refused:
            closing.close(
                household=family.household, reason=reason, happened_on=DAY, by=family.officer,
                to_commune=commune,
            )  # fmt: skip
        assert list(refused.value.fields) == ["to_commune"]
    assert not HouseholdEvent.objects.exists()
