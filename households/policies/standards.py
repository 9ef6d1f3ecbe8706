"""Who confirms numbers of the law and enters point tables."""

from django.contrib.auth.models import AnonymousUser
from django.utils.translation import gettext as _

from households.models import PointTable, PovertyStandard, User
from households.policies.roles import KEEPS_STANDARDS, Reason
from households.rights import rights


def why_not_keep_standards(user: User | AnonymousUser) -> Reason:
    if rights(user).holds_anywhere(KEEPS_STANDARDS):
        return None
    return _("Only the department confirms numbers and enters point tables.")


def why_not_agree_to_table(user: User | AnonymousUser, table: PointTable) -> Reason:
    """A second person of the department agrees to what the first one entered."""
    if reason := why_not_keep_standards(user):
        return reason
    if table.entered_by_id == user.pk:
        return _("A second person has to agree: you entered this table yourself.")
    return None


def why_not_confirm(user: User | AnonymousUser, standard: PovertyStandard) -> Reason:
    """A province's own standard is confirmed by that province's department."""
    if reason := why_not_keep_standards(user):
        return reason
    if standard.owner and not rights(user).holds(KEEPS_STANDARDS, standard.owner):
        return _("This standard belongs to another province.")
    return None
