"""Who takes part: benefits in bulk, grounds, outcomes of trainees, people outside."""

from dataclasses import replace

import pytest
from pytest_django import DjangoAssertNumQueries, Settings

from households.choices import Role
from households.errors import Invalid, Refused
from households.models import Household, Person
from programs.choices import BenefitState
from programs.choices.activities import ActivityKind
from programs.models import Benefit, ProgrammeTerms
from programs.queries import activities as queries
from programs.services import participants
from programs.services.participants import Outcome
from programs.services.recipients import Outsider
from tests.factories import families, people, users
from tests.programs.conftest import Land, day
from tests.programs.services.test_activities import HELD, course


@pytest.fixture(autouse=True)
def in_2024(settings: Settings) -> None:
    settings.POVREG_TODAY = day("2024-10-15")
    settings.LANGUAGE_CODE = "en"


def poor(land: Land, *members: Person) -> Household:
    home = people.household(land.village, *(members or (people.person(),)))
    families.on_list(home, land.decision, since=day("2024-01-01"))
    return home


def confirmed(code: str) -> None:
    """The department has vouched for the programme's grounds."""
    ProgrammeTerms.objects.filter(programme__code=code).update(doubts={})


def test_households_take_part_once_and_are_served(land: Land) -> None:
    confirmed("knowledge")
    homes = [poor(land), poor(land)]
    found = course(land)
    whom = [(home.pk, None) for home in homes]
    assert participants.add(activity=found, whom=whom, because="", by=land.officer) == 2
    served = list(Benefit.objects.order_by("pk"))
    assert {one.state for one in served} == {BenefitState.SERVED}
    assert {one.served_on for one in served} == {HELD.begins_on}
    assert {one.terms and one.terms.ground for one in served} == {"listed"}
    with pytest.raises(Invalid, match="Tick who"):
        participants.add(activity=found, whom=whom, because="", by=land.officer)


def test_a_reason_is_asked_only_where_a_confirmed_ground_does_not_hold(land: Land) -> None:
    rich = people.household(land.village, people.person())
    whom = [(rich.pk, None)]
    # Shipped, the ground is in doubt: it decides about nobody, so nobody is asked why.
    participants.add(activity=course(land), whom=whom, because="", by=land.officer)
    confirmed("knowledge")
    again = course(land)
    with pytest.raises(Invalid, match="No ground holds for 1"):
        participants.add(activity=again, whom=whom, because="", by=land.officer)
    participants.add(activity=again, whom=whom, because="Cộng tác viên thôn", by=land.officer)
    assert list(Benefit.objects.order_by("pk").values_list("terms", "reason")) == [
        (None, ""), (None, "Cộng tác viên thôn"),
    ]  # fmt: skip


def test_trainees_learn_then_finish_or_leave(land: Land) -> None:
    confirmed("training")
    one, other, third = (people.person(name) for name in ("An", "Bình", "Chi"))
    home = poor(land, one, other, third)
    held = replace(HELD, topic="May công nghiệp", hours=300, cost_each_vnd=3_000_000)
    found = course(land, held, ActivityKind.VOCATIONAL)
    whom = [(home.pk, person.pk) for person in (one, other, third)]
    participants.add(activity=found, whom=whom, because="", by=land.officer)
    learning = {row.person_id: row.pk for row in Benefit.objects.all()}
    assert queries.figures(type(found).objects.all()).learning == 3
    on = day("2024-08-01")
    with pytest.raises(Invalid, match="Write why"):
        participants.settle(
            activity=found, on=on, by=land.officer,
            outcomes=[Outcome(learning[other.pk], BenefitState.REFUSED)],
        )  # fmt: skip
    participants.settle(
        activity=found, on=on, by=land.officer,
        outcomes=[
            Outcome(learning[one.pk], BenefitState.SERVED, number="CC-12"),
            Outcome(learning[other.pk], BenefitState.REFUSED, reason="Đi làm xa"),
            Outcome(learning[third.pk], BenefitState.CANCELLED, reason="Nhập nhầm"),
        ],
    )  # fmt: skip
    finished = Benefit.objects.get(person=one)
    assert (finished.served_on, finished.number, finished.amount_vnd) == (on, "CC-12", 3_000_000)
    figures = queries.figures(type(found).objects.all())
    assert (figures.times, figures.persons, figures.learning) == (1, 1, 0)
    with pytest.raises(Invalid, match="does not follow"):
        participants.settle(
            activity=found, on=on, by=land.officer,
            outcomes=[Outcome(learning[other.pk], BenefitState.SERVED)],
        )  # fmt: skip
    # Who left may not be added again as if he were new; who was a mistake may.
    assert participants.add(activity=found, whom=whom, because="", by=land.officer) == 1


def test_a_cost_over_a_confirmed_ceiling_is_refused(land: Land) -> None:
    confirmed("training")
    one = people.person("An")
    home = poor(land, one)
    held = replace(HELD, cost_each_vnd=4_000_001)
    found = course(land, held, ActivityKind.VOCATIONAL)
    with pytest.raises(Invalid, match="At most 4,000,000"):
        participants.add(activity=found, whom=[(home.pk, one.pk)], because="", by=land.officer)
    assert not Benefit.objects.exists()


def test_wrong_persons_areas_and_days_are_refused(land: Land) -> None:
    stranger = people.household(land.other_village, people.person())
    home = poor(land)
    found = course(land)

    def add(*whom: tuple[int, int | None]) -> None:
        participants.add(activity=found, whom=whom, because="", by=land.officer)

    with pytest.raises(Refused):
        add((stranger.pk, None))
    with pytest.raises(Invalid, match="which member"):
        add((home.pk, home.memberships.get().person_id))
    with pytest.raises(Invalid, match="did not live"):
        add((999_999, None))
    trade = course(land, kind=ActivityKind.VOCATIONAL)
    with pytest.raises(Invalid, match="did not belong"):
        participants.add(
            activity=trade, whom=[(home.pk, people.person("Lạ").pk)], because="", by=land.officer
        )
    later = course(land, replace(HELD, begins_on=day("2024-11-01"), ends_on=day("2024-11-02")))
    with pytest.raises(Invalid, match="not begun"):
        participants.add(activity=later, whom=[(home.pk, None)], because="", by=land.officer)
    with pytest.raises(Refused):
        participants.add(
            activity=found, whom=[(home.pk, None)], because="",
            by=users.user("s", Role.COMMUNE_OFFICER, land.other_commune),
        )  # fmt: skip


def test_a_communication_event_counts_people_and_names_nobody(land: Land) -> None:
    event = course(land, replace(HELD, people_reached=120, women_reached=70), ActivityKind.EVENT)
    with pytest.raises(Invalid, match="counted, not named"):
        participants.add(activity=event, whom=[(poor(land).pk, None)], because="", by=land.officer)
    figures = queries.figures(type(event).objects.all())
    assert (figures.people_reached, figures.women_reached, figures.poor_reached) == (120, 70, None)
    assert (figures.times, figures.households, figures.counted) == (0, 0, 1)


def test_a_person_outside_the_register_is_counted_by_his_ground(land: Land) -> None:
    found = course(land)
    outsider = Outsider("Sùng A Lý", 1985, "Dân tộc thiểu số khu vực III", land.commune)
    row = participants.add_outsider(activity=found, outsider=outsider, by=land.officer)
    assert (row.household, row.outside_name, row.village) == (None, "Sùng A Lý", None)
    figures = queries.figures(type(found).objects.all())
    assert (figures.times, figures.outsiders, figures.households) == (1, 1, 0)
    with pytest.raises(Invalid, match="birth year"):
        participants.add_outsider(
            activity=found, outsider=replace(outsider, birth_year=2025), by=land.officer
        )
    with pytest.raises(Invalid, match="counted by it"):
        participants.add_outsider(
            activity=found, outsider=replace(outsider, ground=" "), by=land.officer
        )
    with pytest.raises(Invalid, match="on record already"):
        participants.add_outsider(activity=found, outsider=outsider, by=land.officer)


def test_many_are_added_in_as_many_queries_as_few(
    land: Land, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    confirmed("knowledge")
    whom = [(poor(land).pk, None) for _ in range(20)]
    found = course(land)
    with django_assert_max_num_queries(40):
        participants.add(activity=found, whom=whom, because="", by=land.officer)
    assert Benefit.objects.count() == 20
