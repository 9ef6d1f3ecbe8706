"""Who splits off has a household of his own, tied to the one he came from."""

import datetime as dt
from types import SimpleNamespace

import pytest

from households.errors import Invalid
from households.models import HouseholdEvent
from households.services.household_acts import splits
from tests.households.services.household_acts.conftest import roster

DAY = dt.date(2024, 10, 1)


def test_a_son_splits_off_with_his_wife(family: SimpleNamespace) -> None:
    done = splits.split(
        household=family.household, members=[family.nam, family.lan], head=family.nam,
        happened_on=DAY, by=family.officer,
    )  # fmt: skip
    assert done.other
    assert roster(done.other) == {"Nông Văn Nam": "head", "Hà Thị Lan": "spouse"}
    assert roster(family.household) == {"Nông Văn Hòa": "head", "Lý Thị Mai": "spouse"}
    home = done.other.residences.get()
    assert (home.village, home.valid_from) == (family.village, DAY)
    event = HouseholdEvent.objects.get()
    assert (event.kind, event.household, event.other_household) == (
        "SPLIT", family.household, done.other,
    )  # fmt: skip
    left = family.nam.memberships.get(household=family.household)
    assert left.valid_to == DAY - dt.timedelta(days=1)


@pytest.mark.parametrize(
    ("who", "head", "field"),
    [
        ((), "nam", "members"),
        (("hoa", "nam"), "nam", "members"),
        (("hoa", "mai", "nam", "lan"), "nam", "members"),
        (("nam",), "lan", "head"),
    ],
)
def test_nobody_all_the_head_or_a_head_who_stays_cannot_split(
    family: SimpleNamespace, who: tuple[str, ...], head: str, field: str
) -> None:
    with pytest.raises(Invalid) as refused:
        splits.split(
            household=family.household, members=[getattr(family, one) for one in who],
            head=getattr(family, head), happened_on=DAY, by=family.officer,
        )  # fmt: skip
    assert list(refused.value.fields) == [field]
    assert not HouseholdEvent.objects.exists()
