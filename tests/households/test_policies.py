"""Who may what, where, and from when to when."""

import datetime as dt
from collections.abc import Callable
from types import SimpleNamespace

import pytest
from django.contrib.auth.models import AnonymousUser

from households import policies
from households.choices import Role
from households.models import Area, AreaChange, Assignment, User
from tests.factories import areas, people, users

pytestmark = pytest.mark.django_db

R = Role
WRITERS = {R.REVIEWER, R.COMMUNE_OFFICER}
READERS = {
    R.REVIEWER,
    R.VILLAGE_HEAD,
    R.COMMUNE_OFFICER,
    R.COMMUNE_CHAIR,
    R.FATHERLAND_FRONT,
    R.DISTRICT_READER,
    R.DEPARTMENT,
}

#: What a role may do in its own area; every role that is not named may not.
MAY: list[tuple[Callable[[User, Area], object], set[Role]]] = [
    (lambda user, area: policies.why_not_read_households(user), READERS),
    (policies.why_not_write_surveys, WRITERS),
    (policies.why_not_import, {R.COMMUNE_OFFICER, R.DEPARTMENT}),
    (policies.why_not_record_decision, {R.COMMUNE_OFFICER, R.COMMUNE_CHAIR}),
    (policies.why_not_open_round, {R.DEPARTMENT}),
    (policies.why_not_assign, {R.ADMINISTRATOR, R.DEPARTMENT}),
    (lambda user, area: policies.why_not_keep_standards(user), {R.DEPARTMENT}),
    (lambda user, area: policies.why_not_look_up(user), {R.ADMINISTRATOR}),
]


@pytest.fixture
def place(db: None) -> SimpleNamespace:
    province = areas.province()
    district = areas.district(province)
    commune = areas.commune(district)
    other = areas.commune(district, "02011", "Xã Khác")
    return SimpleNamespace(
        province=province,
        commune=commune,
        village=areas.village(commune),
        other=other,
        other_village=areas.village(other),
    )


@pytest.mark.parametrize("role", list(Role))
def test_each_role_does_what_its_line_says_in_its_area(role: Role, place: SimpleNamespace) -> None:
    user = users.user("ai", role, place.commune)
    for ask, roles in MAY:
        reason = ask(user, place.commune)
        assert (reason is None) == (role in roles), (role, ask)
        assert reason is None or str(reason).strip()


@pytest.mark.parametrize("role", list(Role))
def test_no_role_reaches_the_commune_next_door(role: Role, place: SimpleNamespace) -> None:
    user = users.user("ai", role, place.commune)
    stranger = people.household(place.other_village, people.person())
    assert stranger not in policies.visible_households(user)
    for ask in (
        policies.why_not_write_surveys,
        policies.why_not_import,
        policies.why_not_record_decision,
        policies.why_not_open_round,
        policies.why_not_assign,
    ):
        assert ask(user, place.other) is not None


@pytest.mark.parametrize("role", list(Role))
def test_families_are_seen_by_readers_of_their_area_only(
    role: Role, place: SimpleNamespace
) -> None:
    user = users.user("ai", role, place.commune)
    family = people.household(place.village, people.person())
    assert (family in policies.visible_households(user)) == (role in READERS)


def test_a_right_reaches_down_and_not_up(place: SimpleNamespace) -> None:
    above = users.user("tren", R.COMMUNE_OFFICER, place.commune)
    below = users.user("duoi", R.REVIEWER, place.village)
    assert policies.why_not_write_surveys(above, place.village) is None
    assert policies.why_not_write_surveys(below, place.village) is None
    assert policies.why_not_write_surveys(below, place.commune) is not None


def test_a_right_ends_with_its_last_day(place: SimpleNamespace) -> None:
    user = users.user("cu", R.COMMUNE_OFFICER, place.commune)
    Assignment.objects.filter(user=user).update(valid_to=dt.date(2024, 6, 30))
    for day, held in ((dt.date(2024, 6, 30), True), (dt.date(2024, 7, 1), False)):
        rights = policies.Rights(user, day)
        assert rights.holds(frozenset({R.COMMUNE_OFFICER}), place.commune) is held


def test_an_inactive_user_and_an_anonymous_one_may_nothing(place: SimpleNamespace) -> None:
    user = users.user("nghi", R.COMMUNE_OFFICER, place.commune)
    user.is_active = False
    family = people.household(place.village, people.person())
    for nobody in (user, AnonymousUser()):
        assert policies.why_not_write_surveys(nobody, place.commune) is not None
        assert family not in policies.visible_households(nobody)


def test_only_who_enters_reviews_there_sees_full_numbers(place: SimpleNamespace) -> None:
    family = people.household(place.village, people.person())
    for role in Role:
        user = users.user(f"u{role}", role, place.commune)
        assert (policies.why_not_unmask(user, family) is None) == (role in WRITERS)


def test_the_second_person_is_another_person(place: SimpleNamespace) -> None:
    first = users.user("mot", R.DEPARTMENT, place.province)
    second = users.user("hai", R.DEPARTMENT, place.province)
    table = SimpleNamespace(entered_by_id=first.pk)
    assert policies.why_not_agree_to_table(first, table) is not None
    assert policies.why_not_agree_to_table(second, table) is None


def test_the_commune_of_today_keeps_the_files_of_those_it_was_made_of(
    place: SimpleNamespace,
) -> None:
    family = people.household(place.village, people.person())
    successor = areas.commune(areas.province("19", "Tỉnh Mới"), "01864", "Xã Mới")
    officer = users.user("moi", R.COMMUNE_OFFICER, successor)
    assert family not in policies.visible_households(officer)
    change = AreaChange.objects.create(
        kind="MERGE",
        from_area=place.commune,
        to_area=successor,
        changed_on=dt.date(2025, 7, 1),
    )
    officer = User.objects.get(pk=officer.pk)
    assert family in policies.visible_households(officer)
    assert policies.why_not_write_surveys(officer, place.village) is None
    assert policies.why_not_write_surveys(officer, place.other) is not None
    department = users.user("so", R.DEPARTMENT, successor.parent)
    assert family not in policies.visible_households(department)
    AreaChange.objects.create(
        kind="MERGE",
        from_area=place.province,
        to_area=successor.parent,
        changed_on=dt.date(2025, 7, 1),
    )
    assert family in policies.visible_households(User.objects.get(pk=department.pk))
    AreaChange.objects.filter(pk=change.pk).update(is_whole=False)
    assert family not in policies.visible_households(User.objects.get(pk=officer.pk))
