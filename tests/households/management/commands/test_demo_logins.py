"""Demo logins exist in demonstrations only."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from households.choices import InstallationKind, Role
from households.models import Installation
from households.services import reference
from households.services.demo import LOGINS
from households.services.system_user import system_user

pytestmark = pytest.mark.django_db


def test_a_real_register_has_none() -> None:
    Installation.objects.create(pk=1, kind=InstallationKind.REAL)

    with pytest.raises(CommandError):
        call_command("demo_logins", stdout=StringIO())


def test_prints_name_password_and_place_of_each_role() -> None:
    reference.load(by=system_user())
    Installation.objects.create(pk=1, kind=InstallationKind.DEMO)
    out = StringIO()

    call_command("demo_logins", stdout=out)

    lines = out.getvalue().splitlines()
    assert len(lines) == len(LOGINS)
    for login, line in zip(LOGINS, lines, strict=True):
        assert login.username in line
        assert login.password in line
    assert "Bộc Bố" in lines[0]


def test_every_role_of_people_has_a_login() -> None:
    assert {login.role for login in LOGINS} == set(Role) - {Role.API_CLIENT}
