"""A correcting decision: what an earlier one got wrong is put right by a new one, from its own day
on; nothing of the earlier one is rewritten."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from households import clock, policies
from households.choices import (
    COMPLAINT_IS_OPEN,
    CommuneState,
    DecisionOrigin,
    HowIn,
    HowOut,
    PovertyClass,
)
from households.errors import Conflict, Invalid, Refused
from households.models import (
    Assessment,
    CommuneReview,
    Complaint,
    Household,
    HouseholdCard,
    PointTable,
    PovertyStandard,
    RecognitionDecision,
    StatusPeriod,
    Survey,
    User,
)
from households.models.certificates import CERTIFIED
from households.queries import decision_draft
from households.services import (
    attachments,
    audit,
    certificates,
    marks,
    recognition,
    standards,
)
from households.services.constraint_messages import told_plainly
from households.services.deciding_standards import decided_under
from households.services.lists import Paper

#: The class a household should have, by its id; None: on no list.
Changes = Mapping[int, PovertyClass | None]


@dataclass(frozen=True)
class Change:
    """One household of a correction: its place on the list now (None: none), what it becomes, and
    from which day."""

    household_id: int
    head_name: str
    period: StatusPeriod | None
    poverty_class: PovertyClass | None
    counts_from: dt.date

    @property
    def is_one(self) -> bool:
        now = self.period.poverty_class if self.period else None
        return now != self.poverty_class


def outlook(*, way: CommuneReview, changes: Changes, decided_on: dt.date) -> list[Change]:
    """What a correction of this day would do. Households that do not live in the commune are left
    out. Two queries."""
    cards = HouseholdCard.objects.filter(
        household__in=list(changes), village__parent=way.commune, is_ended=False
    )
    open_ones = StatusPeriod.objects.filter(
        household__in=list(changes), list_owner__isnull=True, valid_to__isnull=True
    ).select_related("standard", "decision_in")
    periods = {one.household_id: one for one in open_ones}
    found = []
    for card in cards.order_by("head_name", "pk"):
        period = periods.get(card.pk)
        counts_from = decided_on
        if period and period.valid_from >= decided_on:
            # The wrong place was there for a day; it is ended, not made undone.
            counts_from = period.valid_from + dt.timedelta(days=1)
        found.append(Change(card.pk, card.head_name, period, changes[card.pk], counts_from))
    return found


def correct(
    *,
    way: CommuneReview,
    changes: Changes,
    reason: str,
    paper: Paper,
    pages: Sequence[bytes],
    by: User,
) -> RecognitionDecision:
    """Record the signed correcting decision: it ends the wrong places on the list and opens the
    right ones. It counts from the day it is signed.

    Raises Refused (not one's right, no decision to correct, a household's complaint is open,
    numbers no real family is decided on), Invalid with the fields, Conflict (nothing changes).
    """
    _check(changes, reason, paper, pages)
    if why_not := why_not_correct(way, by):
        raise Refused(why_not)
    made = attachments.made_paper(pages)
    standard = decided_under(way.round)[-1]
    with (
        transaction.atomic(),
        told_plainly(StatusPeriod),
        audit.act(
            by=by, verb="list.correct", area=way.commune, reason=reason,
            details={"round": way.round.key, "number": paper.number, "households": len(changes)},
        ),
    ):  # fmt: skip
        # In one order, so that two who correct the same households wait instead of deadlocking.
        locked = Household.objects.select_for_update().filter(pk__in=list(changes))
        list(locked.order_by("pk").values_list("pk", flat=True))
        CommuneReview.objects.select_for_update(of=("self",)).get(pk=way.pk)
        todo = outlook(way=way, changes=changes, decided_on=paper.decided_on)
        if len(todo) != len(changes):
            raise Refused(_("A household does not live in this commune."))
        if why_not := _why_not_of(way, standard, todo):
            raise Refused(why_not)
        todo = [one for one in todo if one.is_one]
        if not todo:
            raise Conflict(_("The list says so already."))
        decision = _record(way, standard, paper, todo, by)
        for one in todo:
            _put_right(one, decision, standard, way)
        attachments.keep_paper(of=decision, paper=made, by=by)
        certificates.withdraw_ended(commune=way.commune)
        marks.mark_changed(round_id=way.round_id, commune_ids=[way.commune_id])
    return decision


def why_not_correct(way: CommuneReview, by: User) -> str | None:
    """Why no correction can be recorded now. Some six queries."""
    if reason := policies.why_not_record_decision(by, way.commune):
        return reason
    if way.state != CommuneState.RECOGNISED:
        return _("There is no decision yet that could be corrected.")
    later = CommuneReview.objects.filter(
        commune=way.commune, state=CommuneState.RECOGNISED, round__as_of__gt=way.round.as_of
    )
    if newer := later.select_related("round").order_by("-round__as_of").first():
        return _("The list was decided anew in round %(round)s; correct that decision.") % {
            "round": newer.round.key
        }
    return recognition.why_terms_block(way)


def _why_not_of(
    way: CommuneReview, standard: PovertyStandard, todo: Sequence[Change]
) -> str | None:
    """Why these households cannot be decided on: a complaint is open, or the numbers are no real
    ones."""
    pks = [one.household_id for one in todo]
    names = {one.household_id: one.head_name for one in todo}
    held = set(decision_draft.held_back(way.round, way.commune)) & set(pks)
    held |= set(
        Complaint.objects.filter(
            round=way.round, household__in=pks, state__in=COMPLAINT_IS_OPEN
        ).values_list("household", flat=True)
    )
    if held:
        return _("The complaint of %(name)s is not settled yet.") % {"name": names[min(held)]}
    results = Assessment.objects.filter(round=way.round, survey__household__in=pks)
    tables = PointTable.objects.filter(pk__in=results.values("point_table"))
    return standards.why_not_decide(
        standard=standard, rests_on_tables=list(tables), commune=way.commune
    )


def _record(
    way: CommuneReview,
    standard: PovertyStandard,
    paper: Paper,
    todo: Sequence[Change],
    by: User,
) -> RecognitionDecision:
    return RecognitionDecision.objects.create(
        commune=way.commune,
        round=way.round,
        standard=standard,
        number=paper.number.strip(),
        decided_on=paper.decided_on,
        decided_by=paper.decided_by.strip(),
        signer_title=paper.signer_title or "",
        effective_from=paper.decided_on,
        recorded_by=by,
        origin=DecisionOrigin.CORRECTION,
        only_about=sorted(one.household_id for one in todo),
    )


_OUT = {PovertyClass.POOR: HowOut.TO_POOR, PovertyClass.NEAR_POOR: HowOut.TO_NEAR_POOR}
_IN = {PovertyClass.POOR: HowIn.FROM_POOR, PovertyClass.NEAR_POOR: HowIn.FROM_NEAR_POOR}


def _put_right(
    one: Change, decision: RecognitionDecision, standard: PovertyStandard, way: CommuneReview
) -> None:
    """A household put on or taken off by a correction did neither arise nor escape: it comes and
    goes as "other" (T2, T3)."""
    before = None
    if one.period is not None:
        before = PovertyClass(one.period.poverty_class)
        one.period.valid_to = one.counts_from - dt.timedelta(days=1)
        one.period.decision_out = decision
        one.period.how_out = _OUT.get(one.poverty_class or PovertyClass.NOT_POOR, HowOut.OTHER_OUT)
        one.period.save(update_fields=["valid_to", "decision_out", "how_out"])
    if one.poverty_class is None:
        return
    survey = Survey.objects.filter(round=way.round, household=one.household_id).first()
    StatusPeriod.objects.create(
        household_id=one.household_id,
        standard=standard,
        poverty_class=one.poverty_class,
        valid_from=one.counts_from,
        decision_in=decision,
        how_in=_IN.get(before, HowIn.OTHER_IN) if before else HowIn.OTHER_IN,
        survey=survey,
    )


def _check(changes: Changes, reason: str, paper: Paper, pages: Sequence[bytes]) -> None:
    fields = recognition.paper_faults(paper, pages)
    if paper.decided_on > clock.today():
        fields["decided_on"] = [_("This day is still to come.")]
    if not reason.strip():
        fields["reason"] = [_("Write the reason.")]
    if not changes:
        fields["changes"] = [_("Choose the households.")]
    if any(one is not None and one not in CERTIFIED for one in changes.values()):
        fields["changes"] = [_("Only poor and near-poor households have a place on the list.")]
    if fields:
        raise Invalid(_("The correction is not recorded yet."), fields=fields)
