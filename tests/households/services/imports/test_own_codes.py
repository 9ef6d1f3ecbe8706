"""Households that a file names by povreg's own codes."""

from pathlib import Path

from households.models import Household
from tests.factories import reviews
from tests.households.conftest import World
from tests.households.services.test_review_exports import (
    back,
    counts,
    edited,
    rewritten,
    rows_of,
    taken,
    unpacked,
)


def test_the_code_that_pages_show_is_the_household_where_its_head_has_the_same_name(
    world: World, tmp_path: Path
) -> None:
    """An officer types into his own sheet what the list shows; another system's code is its own."""
    typed = reviews.surveyed(world.round, world.village, world.officer)
    households, members = unpacked(taken(world, tmp_path))
    code = typed.household.code
    coded = [{**row, "household_id": code} for row in rows_of(members)]
    rewritten(members, coded)
    assert counts(back(edited(households, household_id=code), members)) == (0, 0, 1)
    assert Household.objects.count() == 1

    renamed = edited(households, household_id=code, head_name="Ma Văn Khác")
    bare = [{**row, "member_id": f"{code}-{n}"} for n, row in enumerate(rows_of(members))]
    rewritten(members, bare)
    result = back(renamed, members)
    assert "shown_code_of_another" in {one.code for one in result.warnings}
