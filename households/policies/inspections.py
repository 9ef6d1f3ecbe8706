"""Who opens an inspection, and who looks and finds in it, on which days."""

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from households import clock
from households.choices import Role
from households.models import Area, Attachment, Inspection, User
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


def inspected_attachments(inspection: Inspection) -> QuerySet[Attachment]:
    """Photos and papers of the inspected area and years: of forms and requests of families that
    live, or lived last, there; of steps of its villages and communes; of its decisions. What came
    with a complaint names who complained: only those who settle it open that."""
    units = Area.objects.under(inspection.area).values("pk")
    years = (inspection.first_year, inspection.last_year)
    step = Q(step__village_review__village__in=units) | Q(
        step__village_review=None, step__commune_review__commune__in=units
    )
    return Attachment.objects.filter(
        Q(survey__household__card__village__in=units, survey__round__year__range=years)
        | Q(request__household__card__village__in=units, request__year__range=years)
        | Q(request__village__in=units, request__year__range=years)
        | (step & Q(step__commune_review__round__year__range=years))
        | Q(decision__commune__in=units, decision__round__year__range=years)
    )
