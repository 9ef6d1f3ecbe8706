"""Who of the households is shown, and in which order."""

import pytest

from households.models import HouseholdCard
from reports.queries import behind_list
from reports.queries.cells import CountedHousehold
from tests.factories import figures


@pytest.mark.django_db
def test_by_commune_and_village_then_by_name() -> None:
    world = figures.world()

    def counted(name: str, village: object) -> CountedHousehold:
        return CountedHousehold(world.homes[name].pk, village.pk, None, "POOR", 1)  # type: ignore[attr-defined]

    names = {"stayer": "Vi Thị An", "newcomer": "Bế Văn Ba", "farmer": "Đàm Văn Cả"}
    for name, head in names.items():
        HouseholdCard.objects.filter(pk=world.homes[name].pk).update(head_name=head)
    given = [
        counted("stayer", world.a1), counted("newcomer", world.a1), counted("farmer", world.a2),
        counted("merging", world.c1), counted("mover", world.b1),
    ]  # fmt: skip
    shown = behind_list.in_order(HouseholdCard.objects.exclude(pk=world.homes["merging"].pk), given)
    pks = {home.pk: name for name, home in world.homes.items()}
    # Xã Bên, then Thôn Hai and Thôn Thử of Xã Thử.
    assert [pks[one.household_id] for one in shown] == ["mover", "farmer", "newcomer", "stayer"]
    [line] = behind_list.lines(shown[:1])
    assert (line.card.pk, line.village) == (world.homes["mover"].pk, world.b1)
    assert line.has_moved == (line.card.village_id != world.b1.pk)
