"""The account under which commands and jobs act that no person started."""

from django.contrib.auth.hashers import make_password
from django.utils.translation import gettext as _

from households.models import User
from households.models.users import SYSTEM_USERNAME


def system_user() -> User:
    """The user "system", made at the first call. It has no password, so nobody logs in as it."""
    user, __ = User.objects.get_or_create(
        username=SYSTEM_USERNAME,
        defaults={"password": make_password(None), "full_name": _("System")},
    )
    return user
