"""Who defines output sheets, and who takes out lists in them."""

from django.contrib.auth.models import AnonymousUser
from django.utils.translation import gettext as _

from households.models import Area, OutputLayout, User
from households.policies.households import why_not_read_households
from households.policies.reviews import why_not_export_review
from households.policies.roles import DEFINES_LAYOUTS, Reason
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
