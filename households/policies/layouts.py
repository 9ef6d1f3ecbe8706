"""Who defines output sheets, who takes out lists in them, and who reads back what returns."""

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from households.models import Area, LayoutReturn, OutputLayout, ReturnedRow, User
from households.policies.households import visible_households, why_not_read_households
from households.policies.reviews import why_not_export_review
from households.policies.roles import DEFINES_LAYOUTS, IMPORTS, Reason
from households.rights import rights


def why_not_define_layouts(user: User, province: Area | None) -> Reason:
    """`province` None: of any province, for the page."""
    if user.is_practising:
        return _("Layouts are of the real work; leave the practice area first.")
    held = rights(user)
    if held.holds(DEFINES_LAYOUTS, province) if province else held.holds_anywhere(DEFINES_LAYOUTS):
        return None
    return _("Only the department or the administrator of the province defines layouts.")


def why_not_change_layout(user: User, layout: OutputLayout) -> Reason:
    """A shared one by whoever defines layouts there; one's own by oneself."""
    if not layout.is_shared and layout.made_by_id != user.pk:
        return _("This layout is not yours.")
    return why_not_define_layouts(user, layout.province)


def why_not_see_layouts(user: User) -> Reason:
    if user.is_practising:
        return _("Layouts are of the real work; leave the practice area first.")
    if rights(user).holds_anywhere(DEFINES_LAYOUTS):
        return None
    return why_not_read_households(user)


def why_not_take_out_numbers(user: User | AnonymousUser, area: Area) -> Reason:
    """Personal numbers in full in a sheet: who takes out the files of the area."""
    return why_not_export_review(user, area)


def why_not_read_back(user: User, area: Area | None) -> Reason:
    """Sheets that a receiver sends back for an area: who takes out its files. `area` None: of any
    area, for the page."""
    if user.is_practising:
        return _("Layouts are of the real work; leave the practice area first.")
    held = rights(user)
    if held.holds(IMPORTS, area) if area else held.holds_anywhere(IMPORTS):
        return None
    return _("Only the commune officer or the department of the area reads returned sheets back.")


def visible_returns(user: User) -> QuerySet[LayoutReturn]:
    """Sheets of the areas the user imports for, and those of an area above them: of these he sees
    the rows of his own households (visible_returned_rows)."""
    branches = rights(user).branches(IMPORTS)
    above = {int(one) for branch in branches for one in branch.rstrip(".").split(".")}
    below = Area.objects.under_any(branches)
    return LayoutReturn.objects.filter(Q(area__in=below) | Q(area__in=above))


def visible_returned_rows(user: User, returned: LayoutReturn) -> QuerySet[ReturnedRow]:
    """All rows for who imports for the whole area of the sheet; else those of the households the
    user may read, and none that were not found."""
    rows = ReturnedRow.objects.filter(returned=returned)
    if why_not_read_back(user, returned.area) is None:
        return rows
    return rows.filter(household__in=visible_households(user))
