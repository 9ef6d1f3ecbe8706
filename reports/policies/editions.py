"""Who reads, orders and signs reports."""

from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from households import policies
from households.choices import AreaLevel, Role
from households.models import Area, User
from households.policies.roles import READS_FIGURES, READS_HOUSEHOLDS, Reason
from households.rights import rights
from reports.models import Edition, ReportOrder
from reports.policies.figures import figure_areas

ORDERS_REPORTS = READS_FIGURES - {Role.INSPECTOR}
#: Who puts on record that the paper of an edition was signed, by the level of its area. A district
#: has no account that writes: the department records what it signed.
_SIGNS = {
    AreaLevel.COMMUNE: frozenset({Role.COMMUNE_OFFICER, Role.COMMUNE_CHAIR}),
    AreaLevel.DISTRICT: frozenset({Role.DEPARTMENT}),
    AreaLevel.PROVINCE: frozenset({Role.DEPARTMENT}),
}


def why_not_read_reports(user: User | AnonymousUser) -> Reason:
    """Whether anywhere; of which areas: policies.figures.figure_areas."""
    if rights(user).holds_anywhere(READS_FIGURES):
        return None
    return _("Reports are read by the commune, the district, the department and inspectors.")


def why_not_read_names(user: User | AnonymousUser, area: Area) -> Reason:
    """Of a report that names families."""
    if reason := policies.why_not_read_households(user):
        return reason
    if not rights(user).holds(READS_HOUSEHOLDS, area):
        return _("This area is not yours.")
    return None


def why_not_take_edition(user: User | AnonymousUser, edition: Edition) -> Reason:
    """Of an edition of an area; one with names only for those who read families."""
    if edition.has_names:
        return why_not_read_names(user, edition.area)
    if rights(user).holds(READS_FIGURES, edition.area):
        return None
    return why_not_read_reports(user) or _("This area is not yours.")


def why_not_order_reports(user: User | AnonymousUser, area: Area | None = None) -> Reason:
    """Of an area; None: of any, for a page."""
    if area is None:
        may = rights(user).holds_anywhere(ORDERS_REPORTS)
    elif area.is_practice:
        return _("In the practice area there are no reports.")
    elif area.level == AreaLevel.VILLAGE:
        return _("Reports end at the commune.")
    else:
        may = rights(user).holds(ORDERS_REPORTS, area)
    if may:
        return None
    return _("Reports are made by the commune, the district and the department of their own area.")


def why_not_sign(user: User | AnonymousUser, area: Area) -> Reason:
    """Whether the user records that an edition of the area was signed."""
    signers = _SIGNS.get(AreaLevel(area.level))
    if signers and rights(user).holds(signers, area):
        return None
    return _("A commune's reports are signed by its chair, all others by the department.")


def visible_editions(user: User | AnonymousUser) -> QuerySet[Edition]:
    """Those of the areas whose figures the user sees. Of one with names `why_not_read_names` is
    asked too."""
    return Edition.objects.filter(area__in=figure_areas(user).values("pk"))


def visible_orders(user: User | AnonymousUser) -> QuerySet[ReportOrder]:
    """Those of the areas whose figures the user sees."""
    return ReportOrder.objects.filter(area__in=figure_areas(user).values("pk"))
