"""The chair's own confirmation of a draft decision, where the province asks for it."""

from hashlib import sha256

from django.utils.translation import gettext as _

from households import clock, policies
from households.choices import CommuneState
from households.errors import Conflict, Refused
from households.models import CommuneReview, DraftConfirmation, User
from households.queries import decision_draft, terms
from households.services import audit, list_rules, list_sql, lists, rounds
from households.services.constraint_messages import told_plainly
from households.services.lists import Scope


def is_asked_for() -> bool:
    """Whether the province asks for it today. One query."""
    return terms.in_force(clock.today()).choice("chair_confirms") == 1


def digest(way: CommuneReview) -> str:
    """Of everything the decision would write today: households, classes, those kept back. Five
    queries for each standard."""
    held = sorted(decision_draft.held_back(way.round, way.commune))
    parts: list[str] = [repr(held)]
    for standard in rounds.scored_under(way.round):
        facts = lists.plan_facts(
            round=way.round,
            standard=standard,
            commune=way.commune,
            counts_from=list_rules.counts_from(standard, way.round, clock.today()),
            scope=Scope(held_back=held, only=None),
        )
        found = decision_draft.read(list_sql.PLAN_ROWS, facts)
        lists_of = [*found.lists, ("average", found.average), ("other_out", found.other_out)]
        for name, rows in lists_of:
            told = sorted((one.household_id, one.now_class, one.new_class) for one in rows)
            parts.append(f"{standard.code} {name} {told!r}")
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
