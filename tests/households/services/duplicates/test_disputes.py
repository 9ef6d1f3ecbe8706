"""A number that somebody else holds: refused with the place named, and put to the queue."""

from types import SimpleNamespace

import pytest

from households.choices import Role
from households.choices.duplicates import PairKind, PairState
from households.errors import Conflict, Invalid, Refused
from households.models import AuditEvent, DuplicatePair, Person, User
from households.services.duplicates import disputes, finding, settling
from households.services.household_acts import corrections
from households.services.household_acts.newcomers import Facts
from households.services.system_user import system_user
from tests.factories import people, users
from tests.households.conftest import World

NUMBER = "006080123456"


@pytest.fixture
def claimed(world: World) -> SimpleNamespace:
    """The register has the number of A, of this commune, for B of the next."""
    a = people.person("Bế Văn Chủ")
    b = people.person("Lý Thị Giữ", personal_id=NUMBER, sex="F")
    return SimpleNamespace(
        a=a, b=b, home=people.household(world.village, a),
        other=people.household(world.other_village, b),
        department=users.user("so", Role.DEPARTMENT, world.province),
    )  # fmt: skip


def claim(claimed: SimpleNamespace, by: User, number: str = NUMBER) -> DuplicatePair:
    return disputes.claim(
        person=claimed.a, household=claimed.home, number=number, words="Đã xem thẻ", by=by
    )


def correct(claimed: SimpleNamespace, by: User) -> None:
    facts = Facts("Bế Văn Chủ", "M", claimed.a.birth_date, personal_id=NUMBER)
    corrections.correct(
        household=claimed.home, person=claimed.a, facts=facts, relation="head", by=by
    )


def test_the_other_place_is_named_masked_across_areas(
    world: World, claimed: SimpleNamespace
) -> None:
    with pytest.raises(Invalid) as refused:
        correct(claimed, world.officer)
    (sentence,) = refused.value.fields["personal_id"]
    assert "belongs to L. T. G., Xã Khác." in str(sentence)
    assert "Lý Thị Giữ" not in str(sentence)
    claimed.other.card.village = world.village
    claimed.other.card.save()
    with pytest.raises(Invalid) as refused:
        correct(claimed, world.officer)
    (sentence,) = refused.value.fields["personal_id"]
    assert f"Lý Thị Giữ, Thôn Một, Xã Thử ({claimed.other.code})" in str(sentence)


def test_it_comes_to_the_queue_and_the_holder_keeps_it(
    world: World, claimed: SimpleNamespace
) -> None:
    pair = claim(claimed, world.officer)
    assert (pair.kind, pair.state, pair.claimed_for) == (PairKind.NUMBER, PairState.OPEN, claimed.a)
    assert (pair.household_a, pair.household_b) == (claimed.home, claimed.other)
    assert Person.objects.get(personal_id=NUMBER) == claimed.b
    event = AuditEvent.objects.get(verb="duplicate.claim_number")
    assert NUMBER not in f"{event.details} {event.reason}"
    finding.find(province=world.province, by=system_user())
    pair.refresh_from_db()
    assert pair.state == PairState.OPEN
    with pytest.raises(Conflict):
        claim(claimed, world.officer)


def test_who_is_over_both_gives_it_to_its_owner(world: World, claimed: SimpleNamespace) -> None:
    pair = claim(claimed, world.officer)
    with pytest.raises(Refused, match="outside your area"):
        settling.give_number(pair=pair, why="Thẻ thật", by=world.officer)
    settling.give_number(pair=pair, why="Thẻ thật", by=claimed.department)
    assert Person.objects.get(personal_id=NUMBER) == claimed.a
    pair.refresh_from_db()
    assert (pair.state, pair.why) == (PairState.NOT_SAME, "Thẻ thật")


def test_or_leaves_it(world: World, claimed: SimpleNamespace) -> None:
    pair = claim(claimed, world.officer)
    settling.not_the_same(pair=pair, why="Thẻ giả", by=claimed.department)
    assert Person.objects.get(personal_id=NUMBER) == claimed.b
    with pytest.raises(Conflict, match="Người so"):
        claim(claimed, world.officer)


@pytest.mark.parametrize(
    ("number", "told"), [("123", "12 digits"), ("006080999999", "Nobody holds")]
)
def test_what_is_no_dispute(world: World, claimed: SimpleNamespace, number: str, told: str) -> None:
    with pytest.raises(Invalid, match=told):
        claim(claimed, world.officer, number)


def test_not_by_another_commune(world: World, claimed: SimpleNamespace) -> None:
    stranger = users.user("khach", Role.COMMUNE_OFFICER, world.other_commune)
    with pytest.raises(Refused):
        claim(claimed, stranger)
