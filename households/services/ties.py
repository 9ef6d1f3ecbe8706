"""Declaring households as one's own or related, and taking a declaration back."""

from django.utils.translation import gettext as _

from households import clock, policies
from households.choices import TieKind
from households.errors import Conflict, Refused
from households.models import DeclaredTie, Household, User
from households.services import audit
from households.services.constraint_messages import told_plainly


def declare(*, user: User, household: Household, kind: TieKind, by: User) -> DeclaredTie:
    """From now on the user does not review this household.

    Raises Refused (an account or a household that is not yours), Conflict (declared already).
    """
    if reason := policies.why_not_declare_ties(by, user):
        raise Refused(reason)
    if not policies.declarable_households(by, user).filter(pk=household.pk).exists():
        raise Refused(_("This household is not in your area."))
    with (
        told_plainly(DeclaredTie),
        audit.act(
            by=by, verb="tie.declare", household=household, subject=user, details={"kind": kind}
        ),
    ):
        return DeclaredTie.objects.create(
            user=user, household=household, kind=kind, declared_by=by, declared_on=clock.today()
        )


def end(*, tie: DeclaredTie, by: User) -> None:
    """Take a declaration back; it stays readable. Raises Refused, Conflict (ended already)."""
    if reason := policies.why_not_end_tie(by, tie):
        raise Refused(reason)
    with audit.act(by=by, verb="tie.end", household=tie.household, subject=tie.user):
        open_ones = DeclaredTie.objects.filter(pk=tie.pk, ended_on__isnull=True)
        if not open_ones.update(ended_on=max(clock.today(), tie.declared_on)):
            raise Conflict(_("This declaration was taken back already."))
