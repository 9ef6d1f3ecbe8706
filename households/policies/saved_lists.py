"""Who keeps lists under a name: whoever reads households, for himself."""

from django.utils.translation import gettext as _

from households.models import SavedList, User
from households.policies.households import why_not_read_households
from households.policies.roles import Reason

#: More than these is no shelf but a heap.
MOST_SAVED_LISTS = 20


def why_not_save_list(user: User) -> Reason:
    """One query."""
    if reason := why_not_use_saved_lists(user):
        return reason
    if SavedList.objects.filter(user=user).count() >= MOST_SAVED_LISTS:
        return _("You have %(most)s saved lists; delete one first.") % {"most": MOST_SAVED_LISTS}
    return None


def why_not_use_saved_lists(user: User) -> Reason:
    if user.is_practising:
        return _("Saved lists are of the real work; leave the practice area first.")
    return why_not_read_households(user)


def why_not_change_saved_list(user: User, saved: SavedList) -> Reason:
    if saved.user_id != user.pk:
        return _("This list is not yours.")
    return why_not_use_saved_lists(user)
