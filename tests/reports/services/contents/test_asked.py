"""What a report says of communes that did not decide."""

import pytest

from reports import definitions
from reports.choices import FigureStatus
from tests.reports.services.made import reporting

pytestmark = pytest.mark.django_db


def test_of_a_commune_itself_no_commune_is_missing() -> None:
    """Its status says it already."""
    made = reporting(decide_last=False)
    definition = definitions.named("T1")
    for area, missing in ((made.world.province, 3), (made.world.near, 2), (made.world.a, 0)):
        head = made.asked(area, FigureStatus.PRELIMINARY).head(definition)
        assert len(head.missing) == missing
