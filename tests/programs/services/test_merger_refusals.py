"""Two entries that cannot become one yet: what has to be done first is told, and can be done."""

from types import SimpleNamespace

import pytest
from pytest_django import Settings

from households.errors import Refused
from households.models import DuplicateMerge, StatusPeriod, User
from programs.choices import BenefitState
from programs.choices.activities import ActivityKind
from programs.models import (
    Benefit,
    Participation,
    Project,
    ProjectParticipant,
    SupportListRow,
    WorksServed,
)
from programs.services import activities, list_rows, project_participants
from programs.services.activities import Held
from tests.factories import families
from tests.factories import houses as make_houses
from tests.factories import projects as make_projects
from tests.programs.conftest import Land, day
from tests.programs.mergers import (
    ON,
    entered_twice,
    given,
    merged,
    person_entered_twice,
    row_on,
    support,
)
from tests.programs.support_lists import LONG_AGO, begun


@pytest.fixture(autouse=True)
def in_2024(settings: Settings) -> None:
    settings.POVREG_TODAY = day("2024-10-15")
    settings.LANGUAGE_CODE = "en"


@pytest.fixture
def two(land: Land) -> SimpleNamespace:
    return entered_twice(land)


@pytest.fixture
def one_person(land: Land) -> SimpleNamespace:
    return person_entered_twice(land)


def test_what_is_given_once_is_not_had_twice(two: SimpleNamespace) -> None:
    for at in (0, 1):
        one = given(two, at, "loan")
        Benefit.objects.filter(pk=one.pk).update(once=True)
    before = support()
    with pytest.raises(Refused, match="which is given once"):
        merged(two)
    assert support() == before


def test_two_on_lists_being_drawn_up(land: Land, two: SimpleNamespace) -> None:
    found = begun(land)
    list_rows.put_due(support_list=found, by=land.officer)
    row = SupportListRow.objects.get(household=two.homes[0])
    other = SupportListRow.objects.create(
        support_list=found, programme=row.programme, household=two.homes[1],
        village=row.village, terms=row.terms,
    )  # fmt: skip
    with pytest.raises(Refused, match="off its list first"):
        merged(two)
    row.delete()
    merged(two)
    other.refresh_from_db()
    assert other.household == two.homes[0]


def test_a_person_does_not_stand_on_two_lists_being_drawn_up(
    land: Land, one_person: SimpleNamespace
) -> None:
    for home, person in zip(one_person.homes, one_person.persons, strict=True):
        row_on(begun(land, "health_card"), home, person)
    before = support()
    with pytest.raises(Refused, match="off its list first"):
        merged(one_person)
    assert support() == before


def test_nobody_takes_part_in_an_activity_twice(land: Land, one_person: SimpleNamespace) -> None:
    course = activities.record(
        kind=ActivityKind.VOCATIONAL, commune=land.commune, village=None, by=one_person.by,
        held=Held("May công nghiệp", ON, ON),
    )  # fmt: skip
    cards = [given(one_person, at, "training", one_person.persons[at]) for at in (0, 1)]
    for one in cards:
        Participation.objects.create(activity=course, benefit=one)
    with pytest.raises(Refused, match="Both took part in May công nghiệp"):
        merged(one_person)
    Benefit.objects.filter(pk=cards[1].pk).update(state=BenefitState.CANCELLED, reason="Trùng")
    merged(one_person)


@pytest.fixture
def project(land: Land, two: SimpleNamespace) -> Project:
    """Both households on the list and entitled."""
    make_projects.loaded()
    families.on_list(two.homes[1], land.other_decision, since=LONG_AGO)
    return make_projects.project(land.commune, two.by)


def joins(two: SimpleNamespace, project: Project, *sides: int) -> list[ProjectParticipant]:
    homes = [two.homes[at] for at in sides]
    done = project_participants.join(project=project, households=homes, joined_on=ON, by=two.by)
    assert not done.refused
    return done.taken


def leaves(part: ProjectParticipant, by: User) -> None:
    project_participants.leave(participant=part, reason="Trùng hộ", left_on=ON, by=by)


def served(part: ProjectParticipant, state: BenefitState = BenefitState.SERVED) -> None:
    Benefit.objects.filter(pk=part.benefit_id).update(state=state, served_on=ON)
    part.refresh_from_db()


def joined_without_lists(two: SimpleNamespace, kept: str = "a") -> DuplicateMerge:
    """One household is on one list only."""
    gone = two.homes[1 if kept == "a" else 0]
    StatusPeriod.objects.filter(household=gone).delete()
    return merged(two, kept)


@pytest.mark.parametrize("state", [BenefitState.LISTED, BenefitState.SERVED, BenefitState.CLOSED])
def test_of_two_that_take_part_one_leaves_first(
    two: SimpleNamespace, project: Project, state: BenefitState
) -> None:
    parts = joins(two, project, 0, 1)
    for one in parts:
        if state != BenefitState.LISTED:
            served(one, state)
    with pytest.raises(Refused, match="let one of them leave it first"):
        joined_without_lists(two)
    leaves(parts[1], two.by)
    joined_without_lists(two)
    rows = ProjectParticipant.objects.order_by("pk").values_list("household", "standing")
    # The row of who goes is of the past and stays.
    assert list(rows) == [(two.homes[0].pk, "TARGET"), (two.homes[1].pk, "LEFT")]
    assert set(Benefit.objects.values_list("household", flat=True)) == {two.homes[0].pk}


def test_who_takes_part_is_kept(two: SimpleNamespace, project: Project) -> None:
    parts = joins(two, project, 0, 1)
    leaves(parts[0], two.by)
    with pytest.raises(Refused, match="keep the one that takes part"):
        joined_without_lists(two)


def test_who_left_with_his_part_is_not_forgotten(two: SimpleNamespace, project: Project) -> None:
    """Else the household could be taken in again and get a second one."""
    parts = joins(two, project, 0, 1)
    leaves(parts[0], two.by)
    served(parts[1])
    leaves(parts[1], two.by)
    assert Benefit.objects.get(pk=parts[1].benefit_id).state == BenefitState.CLOSED
    with pytest.raises(Refused, match="keep the one that had its part"):
        joined_without_lists(two)
    joined_without_lists(two, "b")
    again = project_participants.join(
        project=project, households=[two.homes[1]], joined_on=ON, by=two.by
    )
    assert (again.taken, again.refused) == ([], [])


def test_no_household_is_served_by_a_work_twice(two: SimpleNamespace, land: Land) -> None:
    parts = [given(two, at, "essential_works") for at in (0, 1)]
    make_houses.rules()
    works = make_houses.work(land.village, two.by)
    for one in parts:
        WorksServed.objects.create(works=works, benefit=one)
    with pytest.raises(Refused, match="take one of the two off it first"):
        merged(two)
