"""May this user? A reason in the user's words, or None for yes."""

from django.contrib.auth.models import AnonymousUser
from django.utils.translation import gettext as _

from households import policies
from households.models import User
from households.policies.roles import KEEPS_STANDARDS, Reason
from households.rights import rights
from programs.models import ProgrammeTerms


def why_not_confirm_terms(user: User | AnonymousUser, terms: ProgrammeTerms) -> Reason:
    """The department vouches for terms; a province's own only that province's."""
    if reason := policies.why_not_keep_standards(user):
        return reason
    if terms.owner and not rights(user).holds(KEEPS_STANDARDS, terms.owner):
        return _("These terms belong to another province.")
    return None
