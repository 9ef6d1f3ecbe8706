"""Two entries become one: what is chosen stays, everything follows, the past is not rewritten."""

from types import SimpleNamespace

import pytest

from households.choices import HouseholdEventKind, Relation, Role, TieKind
from households.choices.duplicates import PairState
from households.errors import Conflict, Invalid, Refused
from households.models import (
    AuditEvent,
    DeclaredTie,
    DuplicatePair,
    HouseholdEvent,
    Membership,
    PersonKey,
    SurveyMember,
)
from households.services import register, surveys
from households.services.duplicates import merging, settling
from households.services.duplicates.merging import Chosen
from tests.factories import people, reviews, users
from tests.households.conftest import World

WHY = "Cùng một người, đã hỏi trưởng thôn"


def merge(two: SimpleNamespace, world: World, kept: str = "a", **facts: str) -> None:
    chosen = Chosen(kept, facts or {"full_name": "a"})
    merging.merge(pair=two.pair, chosen=chosen, why=WHY, by=world.officer)


def test_the_chosen_facts_stay_and_the_other_belongs_nowhere(
    world: World, two: SimpleNamespace
) -> None:
    merge(two, world)
    two.a.refresh_from_db()
    two.b.refresh_from_db()
    assert (two.a.full_name, two.a.personal_id) == ("Lò Văn Ún", "006099123456")
    assert two.b.personal_id is None
    assert two.b.merged_into.kept == two.a
    assert not Membership.objects.filter(person=two.b, valid_to__isnull=True).exists()
    assert PersonKey.objects.get().person == two.a
    left = HouseholdEvent.objects.get(kind=HouseholdEventKind.LEFT)
    assert (left.household, left.person) == (two.homes[1], two.b)
    two.homes[1].card.refresh_from_db()
    assert two.homes[1].card.members == 1
    two.pair.refresh_from_db()
    assert (two.pair.state, two.pair.settled_by, two.pair.why) == (
        PairState.MERGED, world.officer, WHY,
    )  # fmt: skip
    event = AuditEvent.objects.get(verb="duplicate.merge")
    assert event.details == {"kept": two.a.pk, "gone": two.b.pk}
    assert event.reason == WHY


def test_facts_are_chosen_whichever_side_stays(world: World, two: SimpleNamespace) -> None:
    merge(two, world, kept="b", full_name="a")
    two.b.refresh_from_db()
    assert two.b.full_name == "Lò Văn Ún"
    assert Membership.objects.get(person=two.b, valid_to__isnull=True).household == two.homes[1]
    assert two.a.merged_into.kept == two.b


def test_each_differing_fact_has_to_be_chosen(world: World, two: SimpleNamespace) -> None:
    with pytest.raises(Invalid) as fault:
        merge(two, world, sex="a")
    assert set(fault.value.fields) == {"full_name"}
    with pytest.raises(Invalid) as fault:
        merge(two, world, kept="c", full_name="a")
    assert set(fault.value.fields) == {"kept"}
    with pytest.raises(Invalid):
        merging.merge(
            pair=two.pair, chosen=Chosen("a", {"full_name": "a"}), why=" ", by=world.officer
        )


def test_once(world: World, two: SimpleNamespace) -> None:
    merge(two, world)
    with pytest.raises(Conflict):
        merge(two, world)


def test_a_head_who_goes_is_replaced_first(world: World, two: SimpleNamespace) -> None:
    Membership.objects.filter(household=two.homes[1]).update(relation=Relation.OTHER)
    Membership.objects.filter(person=two.b).update(relation=Relation.HEAD)
    with pytest.raises(Refused, match="change the head there first"):
        merge(two, world)


def test_who_may(world: World, two: SimpleNamespace) -> None:
    chair = users.user("chair", Role.COMMUNE_CHAIR, world.commune)
    stranger = users.user("khach", Role.COMMUNE_OFFICER, world.other_commune)
    for one in (chair, stranger):
        with pytest.raises(Refused):
            settling.not_the_same(pair=two.pair, why=WHY, by=one)
    DeclaredTie.objects.create(
        user=world.officer, household=two.homes[0], kind=TieKind.RELATED,
        declared_by=world.officer, declared_on="2024-10-01",
    )  # fmt: skip
    with pytest.raises(Refused, match="relative"):
        settling.not_the_same(pair=two.pair, why=WHY, by=world.officer)
    department = users.user("so", Role.DEPARTMENT, world.province)
    settling.not_the_same(pair=two.pair, why=WHY, by=department)
    assert DuplicatePair.objects.get().settled_by == department


def test_one_side_elsewhere_is_for_the_department(world: World, two: SimpleNamespace) -> None:
    home = two.homes[1]
    home.residences.update(village=world.other_village)
    home.card.village = world.other_village
    home.card.save()
    with pytest.raises(Refused, match="outside your area"):
        merge(two, world)
    department = users.user("so", Role.DEPARTMENT, world.province)
    chosen = Chosen("a", {"full_name": "a"})
    merging.merge(pair=two.pair, chosen=chosen, why=WHY, by=department)


def test_other_pairs_of_the_entry_that_went_go(world: World, two: SimpleNamespace) -> None:
    third = people.person("Ai Khác")
    people.household(world.village, people.person("Chủ Ba", birth_date=None), third)
    other = DuplicatePair.objects.create(
        kind="PERSON", person_a=two.b, person_b=third, household_a=two.homes[1],
        household_b=third.memberships.get().household,
    )  # fmt: skip
    merge(two, world)
    other.refresh_from_db()
    assert other.state == PairState.GONE


def test_undecided_forms_name_who_stays_and_decided_ones_stay(
    world: World, two: SimpleNamespace
) -> None:
    draft = surveys.start(round=world.round, household=two.homes[1], by=world.officer)
    past = reviews.periodic(world.province, 2023, reviews.standard())
    past.is_closed = True
    past.save()
    old = SurveyMember.objects.get(survey=draft, person=two.b)
    closed = surveys.Survey.objects.create(
        round=past, household=two.homes[1], village=world.village, commune=world.commune,
        province_code="06", settlement="RURAL", as_of="2023-10-01", household_size=1,
    )  # fmt: skip
    kept_row = SurveyMember.objects.create(
        survey=closed, person=two.b, member_no=1, full_name="LO VAN UN"
    )
    merge(two, world)
    old.refresh_from_db()
    kept_row.refresh_from_db()
    assert (old.person, kept_row.person) == (two.a, two.b)


def test_a_form_does_not_bring_a_merged_entry_back(world: World, two: SimpleNamespace) -> None:
    merge(two, world)
    head = two.homes[1].memberships.get(relation=Relation.HEAD).person
    form = reviews.surveyed(world.round, world.village, world.officer, household=two.homes[1])
    SurveyMember.objects.filter(survey=form).update(person=head)
    SurveyMember.objects.create(
        survey=form, person=two.b, member_no=9, full_name="LO VAN UN", sex="M", relation="other"
    )
    register.follow_surveys(survey_ids=[form.pk])
    assert not Membership.objects.filter(person=two.b, valid_to__isnull=True).exists()
