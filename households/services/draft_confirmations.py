"""The chair's own confirmation of a draft decision, where the province asks for it."""

from hashlib import sha256

from django.utils.translation import gettext as _

from households import clock, policies
from households.choices import CommuneState
from households.errors import Conflict, Refused
from households.models import CommuneReview, DraftConfirmation, User
from households.queries import terms
from households.services import audit, decision_drafts
from households.services.constraint_messages import told_plainly


def is_asked_for() -> bool:
    """Whether the province asks for it today. One query."""
    return terms.in_force(clock.today()).choice("chair_confirms") == 1


def digest(way: CommuneReview) -> str:
    """Of everything the decision would write today: households, classes, those kept back. Five
    queries for each standard."""
    drafted = decision_drafts.draft(way)
    parts = [repr(one.held_back) for one in drafted[:1]]
    for one in drafted:
        found = one.draft
        lists_of = [*found.lists, ("average", found.average), ("other_out", found.other_out)]
        for name, rows in lists_of:
            told = sorted((row.household_id, row.now_class, row.new_class) for row in rows)
            parts.append(f"{one.standard.code} {name} {told!r}")
    return sha256("\n".join(parts).encode()).hexdigest()


def confirmed(way: CommuneReview) -> DraftConfirmation | None:
    """The confirmation of the draft as it stands now; None for none."""
    found = DraftConfirmation.objects.filter(commune_review=way, digest=digest(way))
    return found.select_related("confirmed_by").first()


def confirm(*, way: CommuneReview, by: User) -> DraftConfirmation:
    """The chair confirms the lists as they stand. Raises Refused (not the chair, decided already),
    Conflict (confirmed already)."""
    if reason := policies.why_not_confirm_draft(by, way.commune):
        raise Refused(reason)
    if way.state == CommuneState.RECOGNISED:
        raise Refused(_("The commune's lists are decided."))
    if earlier := confirmed(way):
        raise Conflict(_("%(who)s confirmed this draft already.") % {"who": earlier.confirmed_by})
    with (
        told_plainly(DraftConfirmation),
        audit.act(by=by, verb="decision.confirm_draft", area=way.commune, subject=way),
    ):
        return DraftConfirmation.objects.create(
            commune_review=way, digest=digest(way), confirmed_by=by
        )


def why_not_signed(way: CommuneReview, by: User | None = None) -> str | None:
    """Why the signed paper cannot be recorded for want of the chair's word: where the province asks
    for it, and who records is not the chair himself."""
    if not is_asked_for():
        return None
    if by and policies.why_not_confirm_draft(by, way.commune) is None:
        return None
    if confirmed(way):
        return None
    return _("The chair has to confirm the lists in povreg first, as they stand now.")
