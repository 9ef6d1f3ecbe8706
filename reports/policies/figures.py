"""Who sees figures, and of which areas."""

from django.contrib.auth.models import AnonymousUser
from django.utils.translation import gettext as _

from households.choices import AreaLevel
from households.models import Area, User
from households.models.areas import AreaQuerySet
from households.policies.roles import READS_FIGURES, Reason
from households.rights import rights


def why_not_see_figures(user: User | AnonymousUser) -> Reason:
    """Whether anywhere; of which areas: `figure_areas`."""
    if rights(user).holds_anywhere(READS_FIGURES):
        return None
    return _("Figures are read by the commune, the district, the department and inspectors.")


def figure_areas(user: User | AnonymousUser) -> AreaQuerySet:
    """The real areas from province to commune whose figures the user sees, of any time."""
    levels = [AreaLevel.PROVINCE, AreaLevel.DISTRICT, AreaLevel.COMMUNE]
    return Area.objects.under_any(figure_branches(user)).real().filter(level__in=levels)


def figure_branches(user: User | AnonymousUser) -> list[str]:
    """Inner paths (Area.inner_path) of all whose figures the user sees."""
    return rights(user).branches(READS_FIGURES)
