"""A rehearsal tells exactly what the act does, and leaves nothing behind."""

import datetime as dt
from functools import partial
from types import SimpleNamespace

import pytest

from households.errors import Invalid
from households.models import AuditEvent, Household, HouseholdEvent, RowHistory
from households.services.household_acts import rehearsal, splits
from tests.households.services.household_acts.conftest import roster

DAY = dt.date(2024, 10, 1)


def test_before_and_after_are_told_and_nothing_is_written(family: SimpleNamespace) -> None:
    act = partial(
        splits.split,
        household=family.household, members=[family.nam, family.lan], head=family.nam,
        happened_on=DAY, by=family.officer,
    )  # fmt: skip
    kept = RowHistory.objects.count()
    old, new = rehearsal.rehearse(act)
    assert (old.is_new, new.is_new, old.ends) == (False, True, False)
    assert set(old.after.members) == {family.hoa.pk, family.mai.pk}
    told = {one.name: one.relation for one in new.after.members.values()}
    assert len(roster(family.household)) == 4
    assert Household.objects.count() == 1
    assert not AuditEvent.objects.exists()
    assert not HouseholdEvent.objects.exists()
    assert RowHistory.objects.count() == kept
    done = act()
    assert done.other
    assert roster(done.other) == told


def test_what_the_act_refuses_the_rehearsal_refuses(family: SimpleNamespace) -> None:
    with pytest.raises(Invalid):
        rehearsal.rehearse(
            partial(
                splits.split,
                household=family.household, members=[], head=family.nam, happened_on=DAY,
                by=family.officer,
            )
        )  # fmt: skip
