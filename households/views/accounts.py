"""Which accounts a manager of accounts finds. Everything else does not exist."""

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from households import clock, policies
from households.choices import AreaLevel
from households.models import Area, Assignment, User
from households.models.areas import AreaQuerySet
from households.views import access


def keeper(request: HttpRequest) -> User:
    """403 for who manages no accounts."""
    user = access.actor(request)
    if not policies.rights(user).holds_anywhere(policies.MANAGES_ACCOUNTS):
        raise PermissionDenied(
            _("Only the administrator, the department or the commune officer manages accounts.")
        )
    return user


def areas_of(user: User) -> AreaQuerySet:
    """The units in which the user manages accounts, of any time."""
    return Area.objects.under_any(policies.rights(user).branches(policies.MANAGES_ACCOUNTS))


def units(user: User) -> list[Area]:
    """Provinces, districts and communes of today among them."""
    found = areas_of(user).on(clock.today()).exclude(level=AreaLevel.VILLAGE)
    return list(found.order_by("path", "folded_name"))


def known_users(user: User) -> QuerySet[User]:
    """Those who have or had an assignment in the user's areas."""
    held = Assignment.objects.filter(area__in=areas_of(user))
    return User.objects.filter(pk__in=held.values("user"))


def known(actor: User, pk: int) -> User:
    found: User = get_object_or_404(known_users(actor), pk=pk)
    return found
