"""Nobody reviews his own household or a related one, whichever way the review comes in."""

import pytest

from households import policies
from households.choices import Role, TieKind
from households.errors import Conflict, Refused
from households.models import AuditEvent, DeclaredTie, Household, User
from households.services import surveys, ties
from tests.factories import people, users
from tests.households.conftest import World


@pytest.fixture
def own(world: World) -> Household:
    return people.household(world.village, people.person("Lý Văn Nhà"))


@pytest.fixture
def reviewer(world: World) -> User:
    return users.user("reviewer", Role.REVIEWER, world.village)


def declare(user: User, household: Household, by: User, kind: TieKind = TieKind.OWN) -> DeclaredTie:
    return ties.declare(user=user, household=household, kind=kind, by=by)


@pytest.mark.parametrize("kind", TieKind)
def test_a_declared_household_is_reviewed_by_others_only(
    world: World, own: Household, reviewer: User, kind: TieKind
) -> None:
    draft = surveys.start(round=world.round, household=own, by=reviewer)
    declare(reviewer, own, reviewer, kind)
    with pytest.raises(Refused):
        surveys.start(round=world.round, household=own, by=reviewer)
    with pytest.raises(Refused):
        surveys.save(survey=draft, values={}, members=[], revision=1, complete=False, by=reviewer)
    with pytest.raises(Refused):
        surveys.discard(survey=draft, by=reviewer)
    assert surveys.start(round=world.round, household=own, by=world.officer) == draft
    other = people.household(world.village, people.person("Lý Văn Khác"))
    assert surveys.start(round=world.round, household=other, by=reviewer)


def test_a_declaration_is_recorded_and_made_once(own: Household, reviewer: User) -> None:
    tie = declare(reviewer, own, reviewer)
    act = AuditEvent.objects.get(verb="tie.declare")
    assert (act.by, act.household, act.object_id) == (reviewer, own, reviewer.pk)
    assert tie.act == act
    with pytest.raises(Conflict):
        declare(reviewer, own, reviewer)


def test_nobody_takes_back_his_own_declaration(
    world: World, own: Household, reviewer: User
) -> None:
    tie = declare(reviewer, own, reviewer)
    with pytest.raises(Refused):
        ties.end(tie=tie, by=reviewer)
    ties.end(tie=tie, by=world.officer)
    assert policies.why_own_or_related(reviewer, own) is None
    with pytest.raises(Conflict):
        ties.end(tie=tie, by=world.officer)
    declare(reviewer, own, world.officer)
    assert DeclaredTie.objects.filter(user=reviewer).count() == 2


def test_whoever_manages_the_account_declares_for_it(
    world: World, own: Household, reviewer: User
) -> None:
    stranger = users.user("stranger", Role.COMMUNE_OFFICER, world.other_commune)
    chair = users.user("chair", Role.COMMUNE_CHAIR, world.commune)
    for by in (stranger, chair, users.user("colleague", Role.REVIEWER, world.village)):
        with pytest.raises(Refused):
            declare(reviewer, own, by)
    declare(reviewer, own, users.user("root", Role.ADMINISTRATOR, world.province))


def test_a_household_out_of_sight_is_not_declared(world: World, reviewer: User) -> None:
    strange = people.household(world.other_village, people.person("Lý Văn Lạ"))
    for by in (reviewer, world.officer):
        with pytest.raises(Refused):
            declare(reviewer, strange, by)
