"""The layouts a user may take lists out in."""

from django.db.models import Q, QuerySet

from households import policies
from households.models import OutputLayout, User


def of_user(user: User) -> QuerySet[OutputLayout]:
    """Shared ones of the provinces he works in, and his own. By name."""
    provinces = {
        int(one.area.inner_path.split(".")[0]) for one in policies.rights(user).assignments
    }
    own = Q(is_shared=True) | Q(made_by=user)
    found = OutputLayout.objects.filter(own, province__in=provinces)
    return found.select_related("province", "made_by")
