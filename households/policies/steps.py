"""Who takes which step of a village or a commune, and who may settle what is complained about."""

from django.contrib.auth.models import AnonymousUser
from django.utils.translation import gettext as _

from households.choices import Role
from households.models import Area, User
from households.policies.roles import (
    ISSUES_CERTIFICATES,
    RECORDS_STEPS,
    SEES_ODDITIES,
    SETTLES_COMPLAINTS,
    Reason,
)
from households.rights import rights
from households.workflow import Step


def why_not_take_step(user: User | AnonymousUser, step: Step, area: Area) -> Reason:
    """The owner of the step takes it; the commune officer records any step of his commune, with
    its paper. A district's step in a commune is taken by the district that holds it."""
    if rights(user).holds(frozenset({step.owner}) | RECORDS_STEPS, area):
        return None
    return _("This step is taken by: %(role)s, or recorded by the commune officer.") % {
        "role": Role(step.owner).label
    }


def takes_for_another(user: User | AnonymousUser, step: Step, area: Area) -> bool:
    """Whether the user records what somebody else has done, so that the paper has to be there."""
    return step.has_paper and not rights(user).holds(frozenset({step.owner}), area)


def why_not_settle_complaints(user: User | AnonymousUser, commune: Area) -> Reason:
    """Also: who may read from whom a complaint came."""
    if rights(user).holds(SETTLES_COMPLAINTS, commune):
        return None
    return _("Complaints are settled by the commune.")


def why_not_answer_requests(user: User | AnonymousUser, commune: Area) -> Reason:
    if rights(user).holds(ISSUES_CERTIFICATES, commune):
        return None
    return _("Only the commune officer receives and answers requests.")


def why_not_issue_certificates(user: User | AnonymousUser, commune: Area) -> Reason:
    if rights(user).holds(ISSUES_CERTIFICATES, commune):
        return None
    return _("Only the commune officer issues certificates and confirmations.")


def why_not_see_oddities(user: User | AnonymousUser, commune: Area) -> Reason:
    if rights(user).holds(SEES_ODDITIES, commune):
        return None
    return _("What is to be checked again is shown to the commune officer and the department.")


def why_not_confirm_draft(user: User | AnonymousUser, commune: Area) -> Reason:
    if rights(user).holds(frozenset({Role.COMMUNE_CHAIR}), commune):
        return None
    return _("Only the chair of the commune confirms a draft decision.")


def why_not_set_terms(user: User | AnonymousUser) -> Reason:
    if rights(user).holds_anywhere(frozenset({Role.DEPARTMENT})):
        return None
    return _("Only the department sets terms of the procedure.")
