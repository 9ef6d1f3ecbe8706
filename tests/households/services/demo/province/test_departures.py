"""Households that are no more end as others do: with their home and their memberships."""

import pytest

from households.choices import HouseholdEndReason
from households.models import AuditEvent, Household, HouseholdKey, Membership, Residence
from households.services.demo.province import departures
from households.services.system_user import system_user
from tests.factories import areas, people


@pytest.mark.django_db
def test_one_dies_out_and_one_moves_away() -> None:
    village = areas.village(areas.commune(areas.district(areas.province())))
    widow, man, wife = people.person("Lý Thị Lẻ"), people.person(), people.person("Hà Thị Hai")
    made = [people.household(village, widow), people.household(village, man, wife)]
    for number, one in enumerate(made):
        HouseholdKey.objects.create(source="06", key=f"K{number}", household=one)

    departures.end(
        keys=[("K0", 1), ("K1", 2)], source="06", year=2022, seed="seed", by=system_user()
    )

    ended = list(Household.objects.order_by("pk"))
    assert [one.end_reason for one in ended] == [
        HouseholdEndReason.ALL_DIED, HouseholdEndReason.MOVED_OUT,
    ]  # fmt: skip
    assert all(one.ended_on is not None and one.ended_on.year == 2022 for one in ended)
    assert not Residence.objects.filter(valid_to=None).exists()
    assert not Membership.objects.filter(valid_to=None).exists()
    widow.refresh_from_db()
    man.refresh_from_db()
    assert widow.died_on == ended[0].ended_on
    assert man.died_on is None
    assert AuditEvent.objects.filter(verb="household.close").count() == 2
