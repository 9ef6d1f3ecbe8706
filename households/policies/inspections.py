"""Who opens an inspection, and who looks and finds in it, on which days."""

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q
from django.utils.translation import gettext as _

from households import clock
from households.choices import Role
from households.models import Area, Inspection, User
from households.models.areas import DatedQuerySet
from households.policies.roles import OPENS_INSPECTIONS, Reason
from households.rights import rights

_INSPECTS = frozenset({Role.INSPECTOR})


def why_not_open_inspection(user: User | AnonymousUser, area: Area | None = None) -> Reason:
    """`area` None: of any area, for the page that opens them."""
    held = rights(user)
    if held.holds(OPENS_INSPECTIONS, area) if area else held.holds_anywhere(OPENS_INSPECTIONS):
        return None
    return _("Only the department opens inspections, in its own area.")


def why_not_see_inspections(user: User | AnonymousUser) -> Reason:
    """The pages of inspections at all."""
    if rights(user).holds_anywhere(_INSPECTS | OPENS_INSPECTIONS):
        return None
    return _("Inspections are for inspectors and the department.")


def why_not_inspect(user: User | AnonymousUser, inspection: Inspection) -> Reason:
    """Look at families and record findings: the inspector himself, in its days, as long as he is
    one in its area."""
    if inspection.inspector_id != user.pk or not rights(user).holds(_INSPECTS, inspection.area):
        return _("Only the inspector named in it looks at families.")
    if not inspection.valid_from <= clock.today() <= inspection.valid_to:
        return _("The inspection runs from %(first)s to %(last)s.") % {
            "first": f"{inspection.valid_from:%d/%m/%Y}",
            "last": f"{inspection.valid_to:%d/%m/%Y}",
        }
    return None


def visible_inspections(user: User | AnonymousUser) -> DatedQuerySet:
    """His own, and those the department opened in its area."""
    areas = Area.objects.under_any(rights(user).branches(OPENS_INSPECTIONS))
    mine = Q(inspector=user.pk) & Q(
        area__in=Area.objects.under_any(rights(user).branches(_INSPECTS))
    )
    found: DatedQuerySet = Inspection.objects.filter(mine | Q(area__in=areas))
    return found
