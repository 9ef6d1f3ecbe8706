"""From which year lists are complete: of communes, of what they became and of what they are made
of."""

import datetime as dt

from households.choices import AreaChangeKind
from households.models import AreaChange
from households.queries import complete_from
from tests.factories import areas, families
from tests.households.conftest import World

DAY = dt.date(2025, 7, 1)


def test_a_merged_commune_knows_since_the_latest_of_all_its_parts(world: World) -> None:
    one, other = world.commune, world.other_commune
    new = areas.merged(one, other, parent=world.province)
    families.lists_complete(one, 2021, world.officer)
    assert complete_from.known([new.pk]) == {}
    families.lists_complete(other, 2023, world.officer)
    assert complete_from.known([new.pk]) == {new.pk: 2023}
    # It says so itself of nothing.
    assert complete_from.said([new.pk]) == {}


def test_what_it_states_itself_counts_for_it_and_its_parts(world: World) -> None:
    one, other = world.commune, world.other_commune
    new = areas.merged(one, other, parent=world.province)
    families.lists_complete(one, 2021, world.officer)
    families.lists_complete(new, 2024, world.officer)
    every = [one.pk, other.pk, new.pk]
    assert complete_from.known(every) == {one.pk: 2021, other.pk: 2024, new.pk: 2024}
    families.lists_complete(other, 2021, world.officer)
    families.lists_complete(new, None, world.officer)  # taken back: unknown, whatever its parts say
    assert complete_from.known(every) == {one.pk: 2021, other.pk: 2021}


def test_what_came_to_a_commune_that_was_there_says_nothing_of_it(world: World) -> None:
    AreaChange.objects.create(
        kind=AreaChangeKind.SPLIT, from_area=world.other_commune, to_area=world.commune,
        changed_on=DAY, is_whole=False,
    )  # fmt: skip
    families.lists_complete(world.other_commune, 2021, world.officer)
    assert complete_from.known([world.commune.pk]) == {}
