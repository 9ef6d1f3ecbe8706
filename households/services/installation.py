"""What this database is, a demonstration or a real register, and who may enter a real one first."""

from django.contrib.auth.hashers import make_password
from django.utils.translation import gettext as _

from households import clock
from households.choices import AreaLevel, InstallationKind, Role
from households.models import Area, Assignment, Household, Installation, ReviewRound, User
from households.services import audit
from households.services.system_user import system_user

FIRST_ADMINISTRATOR = "admin"


def is_empty() -> bool:
    """Whether nobody has entered anything yet: no round, no household. Two queries."""
    return not (Household.objects.exists() or ReviewRound.objects.exists())


def declare_real(*, by: User | None = None) -> Installation:
    """Say, once and for ever, that this is a real register. Repeating it changes nothing."""
    found = Installation.objects.first()
    if found:
        return found
    with audit.act(by=by or system_user(), verb="installation.declare_real"):
        return Installation.objects.create(pk=1, kind=InstallationKind.REAL)


def ensure_first_administrator(*, by: User | None = None) -> User:
    """The user "admin", administrator of every province, without a password until the link is used.

    Made at the first start; later starts only find it. Provinces that come with later reference
    data are assigned by an administrator, as everything else is.
    """
    found = User.objects.filter(username=FIRST_ADMINISTRATOR).first()
    if found:
        return found
    actor = by or system_user()
    with audit.act(by=actor, verb="user.first_administrator"):
        user = User.objects.create(
            username=FIRST_ADMINISTRATOR,
            full_name=_("First administrator"),
            password=make_password(None),
        )
        provinces = Area.objects.real().on(clock.today()).at(AreaLevel.PROVINCE)
        Assignment.objects.bulk_create(
            Assignment(user=user, role=Role.ADMINISTRATOR, area=province, valid_from=clock.today())
            for province in provinces
        )
    return user
