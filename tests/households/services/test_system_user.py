"""The account of commands and jobs: one, and nobody can log in as it."""

import pytest

from households.models import User
from households.services.system_user import system_user

pytestmark = pytest.mark.django_db


def test_is_made_once_and_has_no_password() -> None:
    first, second = system_user(), system_user()

    assert first == second
    assert User.objects.count() == 1
    assert not first.has_usable_password()
