"""All villages of a commune assigned to reviewers at once."""

import pytest

from households.choices import Role
from households.errors import Invalid, Refused
from households.models import Assignment, User
from households.queries import reviewers as queries
from households.services import reviewers
from tests.factories import areas, people, users
from tests.households.conftest import World


@pytest.fixture
def head(world: World) -> User:
    return users.user("head", Role.VILLAGE_HEAD, world.village)


def reviewed_by(world: World) -> dict[str, set[int]]:
    staff = queries.of_commune(world.commune)
    return {one.village.name: one.reviewers for one in staff.villages}


def test_what_is_ticked_begins_and_what_is_unticked_ends(world: World, head: User) -> None:
    reviewer = users.user("reviewer", Role.REVIEWER, world.village)
    second = areas.village(world.commune, "Thôn Hai")
    people.household(second, people.person())
    staff = queries.of_commune(world.commune)
    assert [(one.village.name, one.households) for one in staff.villages] == [
        ("Thôn Hai", 1), ("Thôn Một", 0),
    ]  # fmt: skip
    assert staff.without == 1
    wanted = {world.village.pk: {head.pk}, second.pk: {head.pk, reviewer.pk}}
    assert reviewers.assign(commune=world.commune, wanted=wanted, by=world.officer) == 4
    assert reviewed_by(world) == {"Thôn Một": {head.pk}, "Thôn Hai": {head.pk, reviewer.pk}}
    assert reviewers.assign(commune=world.commune, wanted=wanted, by=world.officer) == 0
    # His work as head of the village stays.
    assert Assignment.objects.filter(user=head, role=Role.VILLAGE_HEAD).exists()


def test_nobody_else_and_nowhere_else(world: World, head: User) -> None:
    stranger = users.user("stranger", Role.REVIEWER, world.other_village)
    for wanted in (
        {world.village.pk: {stranger.pk}},
        {world.other_village.pk: {head.pk}},
    ):
        with pytest.raises(Invalid):
            reviewers.assign(commune=world.commune, wanted=wanted, by=world.officer)
    other = users.user("other", Role.COMMUNE_OFFICER, world.other_commune)
    with pytest.raises(Refused):
        reviewers.assign(commune=world.commune, wanted={world.village.pk: {head.pk}}, by=other)
    assert reviewed_by(world) == {"Thôn Một": set()}


def test_who_reviews_the_whole_commune_leaves_no_village_without(world: World) -> None:
    users.user("reviewer", Role.REVIEWER, world.commune)
    assert queries.of_commune(world.commune).without == 0
