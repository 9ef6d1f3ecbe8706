"""The practice area stands apart: who is in it sees nothing real, and nothing real sees it."""

import pytest

from households import policies
from households.choices import AreaLevel, DecisionOrigin, PovertyClass, Role
from households.errors import Conflict, Invalid, Refused
from households.models import (
    Area,
    Assignment,
    AuditEvent,
    Household,
    ReviewRound,
    StatusPeriod,
    User,
)
from households.queries import household_search, my_work
from households.queries.household_search import Wanted
from households.services import areas as area_services
from households.services import installation, lists, rounds, standard_loading, surveys
from households.services import users as user_services
from households.services.practice import attempts, place
from households.services.system_user import system_user
from tests.factories import reviews, users
from tests.households.services.practice.conftest import TODAY, World, filled, story


@pytest.fixture
def practised(world: World) -> World:
    """The officer has completed a story."""
    told = story("three-lacks")
    filled(attempts.start(story=told, by=world.trainee), told, world.trainee)
    return world


def test_it_is_made_once_by_whoever_comes_first(world: World) -> None:
    again = place.enter(by=world.department)
    assert again.commune == world.here.commune
    assert Area.objects.practice().count() == 4
    assert ReviewRound.objects.filter(province__is_practice=True).count() == 1
    assert AuditEvent.objects.filter(verb="practice.enter").count() == 2


def test_it_cannot_be_made_before_a_standard_is_there(db: None) -> None:
    officer = users.user("canbo", Role.COMMUNE_OFFICER, _real_commune())
    with pytest.raises(Invalid):
        place.enter(by=officer)
    assert not Area.objects.practice().exists()


def _real_commune() -> Area:
    province = Area.objects.create(
        level=AreaLevel.PROVINCE, code="06", name="Tỉnh", valid_from=TODAY
    )
    return Area.objects.create(
        level=AreaLevel.COMMUNE, code="02008", name="Xã", parent=province, valid_from=TODAY
    )


def test_nobody_without_work_of_his_own_enters(world: World) -> None:
    with pytest.raises(Refused):
        place.enter(by=User.objects.create(username="khach"))


def test_who_practises_sees_the_practice_area_only(practised: World) -> None:
    seen = policies.visible_households(practised.trainee)
    assert {h.card.village.name for h in seen} == {"Thôn Thực Hành"}
    assert policies.why_not_edit_survey(practised.trainee, practised.survey)
    assert [w.round for w in my_work.work_of(practised.trainee)] == [practised.here.round]


def test_who_is_at_work_sees_nothing_of_the_practice_area(practised: World) -> None:
    """List, search by name, my work, forms to finish: for the officer and the department."""
    for user in (practised.officer, practised.department):
        assert set(policies.visible_households(user)) == {practised.survey.household}
        assert not household_search.find(user, Wanted(words="Lường Văn Thóc"))
        assert [w.round for w in my_work.work_of(user)] == [practised.round]
        assert my_work.drafts_of(user) == []
        assert all(not area.is_practice for area in policies.visible_areas(user))


def test_practising_gives_and_takes_no_real_right(practised: World) -> None:
    assert Assignment.objects.filter(area__is_practice=True).count() == 0
    assert policies.rights(practised.officer).assignments[0].area == practised.commune
    head = users.user("truongthon", Role.VILLAGE_HEAD, practised.village)
    head.is_practising = True
    assert [a.role for a in policies.rights(head).assignments] == [Role.REVIEWER]


def test_from_inside_no_account_village_or_round_is_made(practised: World) -> None:
    trainee, here = practised.trainee, practised.here
    with pytest.raises(Refused):
        area_services.add_village(
            commune=here.commune, name="Thôn Ba", valid_from=TODAY, by=trainee
        )
    with pytest.raises(Refused):
        user_services.create_user(
            username="x", full_name="X", role=Role.REVIEWER, area=here.commune, by=trainee
        )
    with pytest.raises(Refused):
        rounds.close_round(round=here.round, by=system_user())
    assert policies.why_not_import(system_user(), here.commune)


def test_a_first_administrator_is_none_of_the_practice_province(world: World) -> None:
    made = installation.ensure_first_administrator()
    assert {a.area.is_practice for a in made.assignments.all()} == {False}


def test_named_querysets_leave_it_out(practised: World) -> None:
    assert set(Household.objects.real()) == {practised.survey.household}
    assert not Area.objects.real().filter(is_practice=True).exists()


def test_practice_results_do_not_freeze_a_standard(world: World) -> None:
    standard = reviews.standard()
    world.survey.assessments.all().delete()
    told = story("town")
    filled(attempts.start(story=told, by=world.trainee), told, world.trainee)
    assert standard_loading.why_not_change(standard) is None


def test_a_decision_stays_inside(practised: World) -> None:
    """The practice commune may try its decision; the real list knows nothing of it."""
    lists.adopt(
        round=practised.here.round,
        standard=reviews.standard(),
        commune=practised.here.commune,
        paper=lists.Paper("1/TH", TODAY),
        by=practised.trainee,
        origin=DecisionOrigin.ADOPTED_FROM_PAPER,
    )
    listed = StatusPeriod.objects.get()
    assert listed.poverty_class == PovertyClass.POOR
    assert listed.decision_in.commune.is_practice
    assert not practised.survey.household.status_periods.exists()


def test_no_personal_number_is_kept_inside(world: World) -> None:
    """A real number typed there would lock out its owner."""
    survey = attempts.start(story=story("town"), by=world.trainee)
    with pytest.raises(Invalid) as refusal:
        surveys.save(
            survey=survey,
            values={},
            members=[reviews.adult(personal_id="006080123456")],
            revision=survey.revision,
            complete=False,
            by=world.trainee,
        )
    assert list(refusal.value.fields) == ["members.0.personal_id"]
    assert not survey.members.exists()


def test_a_real_form_is_never_written_while_practising(practised: World) -> None:
    with pytest.raises((Refused, Conflict)):
        surveys.start(round=practised.round, village=practised.village, by=practised.trainee)
