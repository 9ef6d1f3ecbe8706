"""Which rounds an area can be looked at in."""

import pytest

from reports.queries import rounds_on_offer
from tests.factories import figures


@pytest.mark.django_db
def test_rounds_stand_newest_first_and_say_what_is_decided() -> None:
    world = figures.world(decide_last=False)
    found = rounds_on_offer.of(world.province)
    assert [one.round.key for one in found] == ["2023", "2022", "2021"]
    assert [one.is_decided for one in found] == [False, True, False]
    assert [one.code for one in found[0].standards] == [world.standard.code]
    # Commune A alone decided in 2021.
    assert [one.is_decided for one in rounds_on_offer.of(world.a)] == [False, True, True]
