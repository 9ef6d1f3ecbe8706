"""One button empties the practice area, and nothing else."""

import datetime as dt

import pytest
from django.apps import apps
from django.db import connection

from households import policies
from households.choices import Role
from households.errors import Refused
from households.models import AuditEvent, Household, Person, Survey
from households.queries.household_search import Wanted, find
from households.services import lists
from households.services.household_acts import newcomers
from households.services.practice import attempts, emptying
from households.services.practice.emptying import CLEARED
from tests.factories import reviews, users
from tests.households.services.practice.conftest import TODAY, World, filled, story

REAL = (
    "households_household", "households_person", "households_membership", "households_residence",
    "households_survey", "households_surveymember", "households_assessment",
    "households_householdcard", "households_villagereview", "households_communereview",
)  # fmt: skip


def rows() -> dict[str, list[tuple[object, ...]]]:
    found = {}
    with connection.cursor() as cursor:
        for table in REAL:
            cursor.execute(f"SELECT t::text FROM {table} t ORDER BY 1")
            found[table] = cursor.fetchall()
    return found


def practise_it_all(world: World) -> None:
    """A completed form, a begun one, a member who joined, and a decision."""
    told = story("two-lacks")
    done = filled(attempts.start(story=told, by=world.trainee), told, world.trainee)
    newcomers.join(
        household=done.household,
        facts=newcomers.Facts(full_name="Người Mới", sex="M", birth_date=dt.date(2001, 1, 1)),
        relation="other",
        happened_on=TODAY,
        by=world.trainee,
    )
    lists.adopt(
        round=world.here.round,
        standard=reviews.standard(),
        commune=world.here.commune,
        paper=lists.Paper("1/TH", TODAY),
        by=world.trainee,
    )


def test_it_is_empty_afterwards_and_real_rows_are_as_they_were(world: World) -> None:
    before = rows()
    practise_it_all(world)
    assert rows() != before
    done = emptying.empty(by=world.officer)
    assert (done.households, done.forms) == (1, 1)
    after = rows()
    shells = {h.pk for h in Household.objects.filter(end_reason="practice.empty")}
    assert len(shells) == 1
    kept = [
        row for row in after.pop("households_household") if row in before["households_household"]
    ]
    assert kept == before.pop("households_household")
    assert after == before
    assert not find(world.trainee, Wanted()).exists()
    assert [one.survey for one in attempts.of_user(world.trainee)] == [None] * 10


def test_what_was_done_stays_on_record(world: World) -> None:
    practise_it_all(world)
    acts = AuditEvent.objects.count()
    emptying.empty(by=world.department)
    assert AuditEvent.objects.count() == acts + 1
    assert AuditEvent.objects.filter(verb="survey.complete").count() == 2


def test_the_stories_begin_anew(world: World) -> None:
    practise_it_all(world)
    emptying.empty(by=world.officer)
    again = attempts.start(story=story("two-lacks"), by=world.trainee)
    assert again.members.count() == 0
    assert policies.why_not_edit_survey(world.trainee, again) is None


def test_an_empty_one_is_emptied_without_harm(world: World) -> None:
    assert emptying.empty(by=world.officer).households == 0
    assert Survey.objects.count() == 1
    assert Person.objects.count() == 1


def test_who_may_press_it(world: World) -> None:
    for role, may in (
        (Role.REVIEWER, False),
        (Role.VILLAGE_HEAD, False),
        (Role.ADMINISTRATOR, True),
    ):
        user = users.user(f"u_{role}", role, world.village)
        assert (policies.why_not_empty_practice(user) is None) is may
    with pytest.raises(Refused):
        emptying.empty(by=users.user("rasoat", Role.REVIEWER, world.village))


def test_whatever_points_to_a_household_a_person_or_a_form_is_cleared() -> None:
    """A new table has to be named in CLEARED, or hang on a form so that it goes with it."""
    cleared = {model._meta.label for model in CLEARED}
    # In the practice area nothing is recorded as support (why_not_record_benefit), taken in or
    # handed over by a list (why_not_take_in_list, why_not_keep_list), nobody joins a project
    # (why_not_keep_project), is planned for or accompanied (why_not_plan).
    kept = {
        "households.AuditEvent",
        "programs.Benefit",
        "programs.BenefitListRow",
        "programs.Companion",
        "programs.PlanEntry",
        "programs.ProjectParticipant",
        "programs.SupportListRow",
    }
    pointing = {
        model._meta.label
        for model in apps.get_models()
        for field in model._meta.get_fields()
        if field.many_to_one
        and field.concrete
        and field.related_model._meta.label
        in {"households.Household", "households.Person", "households.Survey"}
        and field.remote_field.on_delete.__name__ != "CASCADE"
    }
    assert pointing - kept <= cleared
