"""Accounts and assignments: who may give what, and that each act is recorded."""

import datetime as dt

import pytest
from django.contrib.auth.tokens import default_token_generator
from pytest_django import Settings

from households import policies
from households.choices import Role
from households.errors import Conflict, Invalid, Refused
from households.models import Area, Assignment, AuditEvent, User
from households.services import audit
from households.services import users as accounts
from tests.factories import areas, users

TODAY = dt.date(2024, 10, 15)


@pytest.fixture
def commune(db: None, settings: Settings) -> Area:
    settings.POVREG_TODAY = TODAY
    return areas.commune(areas.province())


@pytest.fixture
def administrator(commune: Area) -> User:
    return users.user("admin", Role.ADMINISTRATOR, commune.parent)


def create(by: User, area: Area, **facts: str) -> User:
    given = {"username": "moi", "full_name": "Lý Thị Mới", "role": Role.REVIEWER} | facts
    return accounts.create_user(area=area, by=by, **given)


def test_an_account_is_made_with_its_first_assignment_and_recorded(
    commune: Area, administrator: User
) -> None:
    made = create(administrator, commune)
    held = made.assignments.get()
    assert (held.role, held.area, held.valid_from) == (Role.REVIEWER, commune, TODAY)
    assert not made.has_usable_password()
    assert held.act == AuditEvent.objects.get(verb="user.create", by=administrator)


@pytest.mark.parametrize("role", [Role.COMMUNE_CHAIR, Role.REVIEWER, Role.DISTRICT_READER])
def test_other_roles_make_no_accounts(commune: Area, role: Role) -> None:
    with pytest.raises(Refused):
        create(users.user("someone", role, commune), commune)
    assert not User.objects.filter(username="moi").exists()


@pytest.mark.parametrize("role", [role for role in Role if role not in policies.GIVEN_BY_COMMUNES])
def test_a_commune_gives_the_roles_of_its_villages_only(commune: Area, role: Role) -> None:
    officer = users.user("officer", Role.COMMUNE_OFFICER, commune)
    with pytest.raises(Refused):
        create(officer, commune, role=role)
    village = areas.village(commune)
    made = create(officer, village, role=Role.VILLAGE_HEAD)
    assert policies.why_not_reset_password(officer, made) is None
    neighbour = users.user("next", Role.COMMUNE_OFFICER, areas.commune(commune.parent, "02011"))
    with pytest.raises(Refused):
        create(neighbour, village, username="hai", role=Role.VILLAGE_HEAD)


def test_a_commune_opens_no_account_that_works_elsewhere_too(commune: Area) -> None:
    """One assignment beyond the commune, or above its villages, and the account is not its own."""
    officer = users.user("officer", Role.COMMUNE_OFFICER, commune)
    both = users.user("both", Role.REVIEWER, commune)
    elsewhere = areas.commune(commune.parent, "02011")
    Assignment.objects.create(user=both, role=Role.REVIEWER, area=elsewhere, valid_from=users.START)
    for account in (both, users.user("chair", Role.COMMUNE_CHAIR, commune)):
        with pytest.raises(Refused):
            accounts.one_time_link(user=account, by=officer)


def test_nobody_works_outside_his_own_area(commune: Area, administrator: User) -> None:
    elsewhere = areas.province(code="19", name="Khác")
    with pytest.raises(Refused):
        create(administrator, elsewhere)


def test_a_taken_name_and_an_empty_one_are_refused(commune: Area, administrator: User) -> None:
    create(administrator, commune)
    with pytest.raises(Conflict):
        create(administrator, commune, username="MOI")
    with pytest.raises(Invalid):
        create(administrator, commune, username=" ")


def test_a_broken_audit_leaves_no_account(
    commune: Area, administrator: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(event: audit.AuditEvent) -> None:
        raise RuntimeError("no audit")

    monkeypatch.setattr(audit, "_begin", broken)
    with pytest.raises(RuntimeError):
        create(administrator, commune)
    assert not User.objects.filter(username="moi").exists()


def test_the_same_role_twice_at_one_time_is_told_plainly(
    commune: Area, administrator: User
) -> None:
    made = create(administrator, commune)
    with pytest.raises(Conflict):
        accounts.assign(user=made, role=Role.REVIEWER, area=commune, by=administrator)


def test_an_ended_assignment_opens_nothing_any_more(commune: Area, administrator: User) -> None:
    officer = users.user("officer", Role.COMMUNE_OFFICER, commune)
    assert policies.why_not_write_surveys(officer, commune) is None
    accounts.end_assignment(assignment=officer.assignments.get(), by=administrator)
    ended = User.objects.get(pk=officer.pk)
    assert policies.why_not_write_surveys(ended, commune)
    assert Assignment.objects.get(user=officer).valid_to == TODAY - dt.timedelta(days=1)


def test_nobody_ends_his_own_assignment(administrator: User) -> None:
    with pytest.raises(Refused):
        accounts.end_assignment(assignment=administrator.assignments.get(), by=administrator)


@pytest.mark.parametrize("role", sorted(policies.GIVEN_BY_ADMINISTRATORS))
def test_a_department_gives_and_takes_no_high_role(commune: Area, role: Role) -> None:
    department = users.user("so", Role.DEPARTMENT, commune.parent)
    with pytest.raises(Refused):
        create(department, commune.parent, role=role)
    other = users.user("other", role, commune.parent)
    with pytest.raises(Refused):
        accounts.end_assignment(assignment=other.assignments.get(), by=department)
    with pytest.raises(Refused):
        accounts.one_time_link(user=other, by=department)


def test_a_link_works_once(commune: Area, administrator: User) -> None:
    made = create(administrator, commune)
    __, token = accounts.one_time_link(user=made, by=administrator)
    assert default_token_generator.check_token(made, token)
    made.set_password("mot-mat-khau-dai-9")
    made.save()
    assert not default_token_generator.check_token(made, token)


def test_an_account_without_assignment_gets_no_link(administrator: User) -> None:
    with pytest.raises(Refused):
        accounts.one_time_link(user=users.user("loose"), by=administrator)


@pytest.mark.parametrize("role", [Role.COMMUNE_OFFICER, Role.REVIEWER, Role.VILLAGE_HEAD])
def test_a_role_is_held_at_the_level_its_work_is_done(
    commune: Area, administrator: User, role: Role
) -> None:
    assert commune.parent is not None
    with pytest.raises(Invalid):
        create(administrator, commune.parent, role=role)
    assert not User.objects.filter(username="moi").exists()
