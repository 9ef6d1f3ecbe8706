"""Nobody is called newly arisen while the commune's lists do not reach back."""

import pytest

from households.choices import HowIn, Role
from households.services import complete_lists
from households.views import how_listed
from tests.factories import areas, people, reviews, users


@pytest.mark.django_db
def test_who_arose_is_told_only_where_the_lists_reach_back_as_far_as_the_standard() -> None:
    """Whoever came may have been on a list of 2022 that nobody brought in."""
    province = areas.province()
    commune = areas.commune(areas.district(province))
    officer = users.user("officer", Role.COMMUNE_OFFICER, commune)
    came = people.household(areas.village(commune), people.person())
    reviews.listed(reviews.periodic(province, 2024, reviews.standard()), commune, officer, came)

    def told() -> str:
        period = came.status_periods.select_related("standard", "decision_in").get()
        how_listed.tell([period])
        return str(period.told_in)  # type: ignore[attr-defined]

    assert told() == how_listed.not_enough()
    complete_lists.say(commune=commune, year=2024, by=officer)
    assert told() == how_listed.not_enough()
    complete_lists.say(commune=commune, year=2021, by=officer)
    assert told() == HowIn.NEW_ENTRY.label
