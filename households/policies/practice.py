"""Who enters the practice area, and who empties it."""

from django.contrib.auth.models import AnonymousUser
from django.utils.translation import gettext as _

from households.choices import Role
from households.models import User
from households.policies.roles import Reason
from households.rights import Rights, rights

#: Whose button empties the practice area for everybody. Asked of the real roles.
EMPTIES_PRACTICE = frozenset({Role.COMMUNE_OFFICER, Role.DEPARTMENT, Role.ADMINISTRATOR})


def why_not_practise(user: User | AnonymousUser) -> Reason:
    """Whoever has work of his own may practise it."""
    if rights(user).real_assignments:
        return None
    return _("You have no assignment yet. Ask the administrator or the department for one.")


def why_not_empty_practice(user: User | AnonymousUser) -> Reason:
    held: Rights = rights(user)
    if held.is_system or any(one.role in EMPTIES_PRACTICE for one in held.real_assignments):
        return None
    return _(
        "Only a commune officer, the department or an administrator empties the practice area."
    )
