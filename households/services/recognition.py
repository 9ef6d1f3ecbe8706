"""The chair's decision: a draft to print until its signed paper is recorded; then it writes the
list, once, and leaves out whom a complaint keeps back."""

from collections.abc import Sequence

from django.db import transaction
from django.utils.translation import gettext as _

from households import clock, policies, workflow
from households.choices import CommuneState, DecisionOrigin
from households.errors import Invalid, Refused, Words
from households.models import CommuneReview, RecognitionDecision, User
from households.queries import decision_draft, terms
from households.services import (
    attachments,
    certificates,
    commune_steps,
    draft_confirmations,
    lists,
    request_answers,
    standards,
)
from households.services.deciding_standards import decided_under
from households.services.lists import Adopted, Paper
from households.services.steps import Act, taken_by_commune


def why_not_recognise(way: CommuneReview) -> str | None:
    """Why the decision cannot be recorded today, besides who asks. Some ten queries."""
    step = commune_steps.recognising_step(way, clock.today())
    if way.state == CommuneState.RECOGNISED:
        return _("The commune's lists are decided.")
    if way.state != step.source:
        return _("Another step comes first.")
    return why_terms_block(way)


def why_terms_block(way: CommuneReview) -> str | None:
    """No real family is decided on by a term of the procedure that nobody confirmed."""
    if standards.is_practice(way.commune):
        return None
    unsure = terms.in_force(clock.today()).unconfirmed
    if not unsure:
        return None
    named = "; ".join(term.name_vi for term in unsure)
    return _("The department has not confirmed these terms of the procedure: %(terms)s.") % {
        "terms": named
    }


def recognise(*, way: CommuneReview, paper: Paper, pages: Sequence[bytes], by: User) -> Adopted:
    """Record the signed decision: it writes the list under every standard that the round decides
    under and ends the commune's way. Households kept back stay as they are until a supplement.

    Raises Refused (not one's step, another step first, results or terms that may not be decided
    on), Conflict (decided already), Invalid with the fields.
    """
    step = commune_steps.recognising_step(way, clock.today())
    _check(paper, pages)
    if reason := why_terms_block(way):
        raise Refused(reason)
    act = Act(paper.decided_on, paper.decided_by, paper.number, pages=pages)
    total = Adopted()
    with taken_by_commune(step=step, way=way, act=act, by=by):
        if reason := draft_confirmations.why_not_signed(way, by):
            raise Refused(reason)
        held = decision_draft.held_back(way.round, way.commune)
        for standard in decided_under(way.round):
            total = total.plus(
                lists.adopt(
                    round=way.round,
                    standard=standard,
                    commune=way.commune,
                    paper=paper,
                    by=by,
                    origin=DecisionOrigin.PROCEDURE,
                    held_back=held,
                )
            )
        _follow(way, paper, by)
    return total


def supplement(*, way: CommuneReview, paper: Paper, pages: Sequence[bytes], by: User) -> Adopted:
    """A further decision for the households that were kept back and are settled now.

    Raises as recognise does, and Refused when nobody waits or the main decision is not there.
    """
    _check(paper, pages)
    if reason := policies.why_not_take_step(by, workflow.RECOGNISED, way.commune):
        raise Refused(reason)
    if reason := why_terms_block(way):
        raise Refused(reason)
    made = attachments.made_paper(pages)
    total = Adopted()
    with transaction.atomic():
        locked = CommuneReview.objects.select_for_update(of=("self",)).get(pk=way.pk)
        if locked.state != CommuneState.RECOGNISED:
            raise Refused(_("The main decision comes first."))
        waiting = decision_draft.settled_since(way.round, way.commune)
        if not waiting:
            raise Refused(_("No household that was kept back is settled."))
        for standard in decided_under(way.round):
            total = total.plus(
                lists.adopt(
                    round=way.round,
                    standard=standard,
                    commune=way.commune,
                    paper=paper,
                    by=by,
                    origin=DecisionOrigin.SUPPLEMENT,
                    only=waiting,
                )
            )
        for decision in _follow(way, paper, by):
            attachments.keep_paper(of=decision, paper=made, by=by)
    return total


def _follow(way: CommuneReview, paper: Paper, by: User) -> list[RecognitionDecision]:
    """What a decision brings with it: certificates end with their place on the list, requests are
    answered. The decisions of this paper, one for each standard."""
    made = RecognitionDecision.objects.on_lists().filter(
        round=way.round, commune=way.commune, number=paper.number.strip()
    )
    decisions = list(made.order_by("pk"))
    certificates.withdraw_ended(commune=way.commune)
    request_answers.answer_granted(
        round=way.round, commune=way.commune, decision=decisions[-1], by=by
    )
    return decisions


def _check(paper: Paper, pages: Sequence[bytes]) -> None:
    if fields := paper_faults(paper, pages):
        raise Invalid(_("The decision is not recorded yet."), fields=fields)


def paper_faults(paper: Paper, pages: Sequence[bytes]) -> dict[str, list[Words]]:
    """What a signed decision lacks, by field."""
    fields: dict[str, list[Words]] = {}
    if not paper.decided_by.strip():
        fields["decided_by"] = [_("Write who led or signed it.")]
    if paper.signer_title is None:
        fields["signer_title"] = [_("This is missing.")]
    if not paper.number.strip():
        fields["number"] = [_("The number of the decision is missing.")]
    if not pages:
        fields["pages"] = [_("Attach the signed decision.")]
    return fields
