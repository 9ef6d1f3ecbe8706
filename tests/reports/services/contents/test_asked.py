"""What a report says of communes that did not decide, and whose map it shows."""

import datetime as dt

import pytest

from households.errors import Conflict
from reports import definitions
from reports.choices import FigureStatus, FileVersion, OrderWhat, PartState
from reports.contents import canonical
from reports.models import Edition
from reports.services import edition_files, editions
from tests.factories import areas
from tests.reports.services.made import reporting
from tests.reports.services.ordering import make_all, ordered

pytestmark = pytest.mark.django_db


def test_of_a_commune_itself_no_commune_is_missing() -> None:
    """Its status says it already."""
    made = reporting(decide_last=False)
    definition = definitions.named("T1")
    for area, missing in ((made.world.province, 3), (made.world.near, 2), (made.world.a, 0)):
        head = made.asked(area, FigureStatus.PRELIMINARY).head(definition)
        assert len(head.missing) == missing


def test_by_the_units_of_another_day_a_report_is_an_edition_of_its_own() -> None:
    made = reporting()
    world, day = made.world, dt.date(2025, 7, 1)
    new = areas.merged(world.a, world.b, parent=world.near, on=day)
    order = ordered(made, OrderWhat.SET, reports=["T1", "T2", "T14"])
    again = ordered(made, OrderWhat.SET, reports=["T1", "T2", "T14"], areas_on=day)
    assert again.pk != order.pk
    for one in (order, again):
        make_all(one)
        assert set(one.parts.values_list("state", flat=True)) == {PartState.MADE}
    of_then, of_now = (
        Edition.objects.get(report="T1", areas_on=one) for one in (None, again.areas_on)
    )
    assert (of_then.number, of_now.number) == (1, 1)
    then, now = _poor(of_then), _poor(of_now)
    assert now["Xã Mới"] == then["Xã Thử"] + then["Xã Bên"]
    assert now[world.province.name] == then[world.province.name]
    assert not {"Xã Thử", "Xã Bên"} & now.keys()
    head = canonical.head_of(bytes(of_now.content))
    assert head.areas_on == day.isoformat()
    # The households behind a line are those of the communes that went into it.
    behind = {
        commune.pk: sum(vector[basis.columns.index("poor_households")] for vector in vectors)
        for commune, basis in editions.communes_behind(of_now).items()
        if (vectors := basis.vectors.values())
    }
    assert behind[world.a.pk] + behind.get(world.b.pk, 0) == now[new.name]
    assert edition_files.why_no_version(of_now, FileVersion.PUBLIC)
    assert edition_files.why_no_version(of_then, FileVersion.PUBLIC) is None
    with pytest.raises(Conflict, match="CT"):
        ordered(made, OrderWhat.ONE, reports=["CT"], areas_on=day)


def _poor(edition: Edition) -> dict[str, object]:
    """By unit, from the table that was kept."""
    sheet, lines = next(iter(canonical.unpack(bytes(edition.content)).sheets))
    at = [column.key for column in sheet.columns].index("poor_households")
    return {line.name: line.cells[at] for line in lines}
