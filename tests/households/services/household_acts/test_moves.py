"""A move is dated, keeps the old home in the past, and hands the household over."""

import datetime as dt
from types import SimpleNamespace

import pytest

from households.errors import Invalid, Refused
from households.models import Area, AuditEvent, HouseholdEvent
from households.services.household_acts import moves
from tests.factories import areas
from tests.households.services.household_acts.conftest import SINCE, TODAY

DAY = dt.date(2024, 10, 1)


def _homes(family: SimpleNamespace) -> list[tuple[int, dt.date, dt.date | None]]:
    rows = family.household.residences.order_by("valid_from")
    return list(rows.values_list("village_id", "valid_from", "valid_to"))


def test_the_old_home_ends_the_day_before(family: SimpleNamespace) -> None:
    moves.move(
        household=family.household, village=family.next_village, happened_on=DAY, by=family.officer
    )
    assert _homes(family) == [
        (family.village.pk, SINCE, dt.date(2024, 9, 30)),
        (family.next_village.pk, DAY, None),
    ]
    assert HouseholdEvent.objects.get().kind == "MOVED"
    assert AuditEvent.objects.get(verb="household.move").household == family.household


def test_a_home_that_began_that_day_was_never_true(family: SimpleNamespace) -> None:
    moves.move(
        household=family.household, village=family.next_village, happened_on=SINCE,
        by=family.officer,
    )  # fmt: skip
    assert _homes(family) == [(family.next_village.pk, SINCE, None)]


@pytest.mark.parametrize("who", ["stranger", "reviewer"])
def test_only_the_officer_of_the_commune_it_leaves_moves_it(
    family: SimpleNamespace, who: str
) -> None:
    with pytest.raises(Refused):
        moves.move(
            household=family.household, village=family.far_village, happened_on=DAY,
            by=getattr(family, who),
        )  # fmt: skip
    assert len(_homes(family)) == 1


@pytest.mark.parametrize("day", [TODAY + dt.timedelta(days=1), SINCE - dt.timedelta(days=1)])
def test_the_day_lies_between_the_present_state_and_today(
    family: SimpleNamespace, day: dt.date
) -> None:
    with pytest.raises(Invalid) as refused:
        moves.move(
            household=family.household, village=family.next_village, happened_on=day,
            by=family.officer,
        )  # fmt: skip
    assert list(refused.value.fields) == ["happened_on"]


def test_the_same_village_a_commune_an_abolished_one_and_another_province_are_refused(
    family: SimpleNamespace,
) -> None:
    outside = areas.village(areas.commune(areas.province("19", "Tỉnh Ngoài"), "01840"))
    abolished = areas.village(family.commune, "Thôn Cũ")
    Area.objects.filter(pk=abolished.pk).update(valid_to=DAY - dt.timedelta(days=1))
    abolished.refresh_from_db()
    for place in (family.village, family.elsewhere, outside, abolished):
        with pytest.raises(Invalid) as refused:
            moves.move(
                household=family.household, village=place, happened_on=DAY, by=family.officer
            )
        assert list(refused.value.fields) == ["village"]
