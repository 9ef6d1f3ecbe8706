"""Remarks, complaints and denunciations about the results: received, re-checked, answered."""

import datetime as dt
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from households import clock, policies
from households.choices import (
    COMPLAINT_IS_OPEN,
    ComplaintKind,
    ComplaintState,
)
from households.choices.notices import NoticeKind
from households.errors import Conflict, Invalid, Refused, Words
from households.models import (
    Area,
    Complaint,
    Household,
    PublicPosting,
    ReviewRound,
    Survey,
    User,
)
from households.queries import terms
from households.services import attachments, audit, marks, notices, rechecks


@dataclass(frozen=True)
class Heard:
    """What somebody says of the results of a village, of one household or of none on the list."""

    kind: ComplaintKind
    received_on: dt.date
    from_name: str
    words: str
    household: Household | None = None
    from_contact: str = ""
    pages: Sequence[bytes] = ()


def receive(*, round: ReviewRound, village: Area, heard: Heard, by: User) -> Complaint:
    """Register it. One about a household that comes while its list hangs out keeps the household
    back until it is settled; the list goes on. A denunciation is only registered.

    One that comes later, even when the round is closed, runs on a track of its own: the result is
    kept, or a correcting decision follows. Raises Refused (not the commune's), Invalid with the
    fields.
    """
    commune = village.parent
    assert commune is not None
    if reason := policies.why_not_settle_complaints(by, commune):
        raise Refused(reason)
    _check_heard(heard, round)
    paper = attachments.made_paper(heard.pages) if heard.pages else None
    with audit.act(
        by=by,
        verb="complaint.receive",
        area=village,
        household=heard.household,
        details={"kind": str(heard.kind), "round": round.key},
    ):
        complaint = Complaint.objects.create(
            round=round,
            village=village,
            commune=commune,
            household=heard.household,
            kind=heard.kind,
            received_on=heard.received_on,
            due_on=_due_on(heard),
            from_name=heard.from_name.strip(),
            from_contact=heard.from_contact.strip(),
            words=heard.words.strip(),
            holds_back=_holds_back(round, village, heard),
            recorded_by=by,
        )
        if paper:
            attachments.keep_paper(of=complaint, paper=paper, by=by)
        notices.tell(
            kind=NoticeKind.COMPLAINED, area=commune, round=round, key=str(complaint.pk),
            complaint=complaint.pk, village=village.name,
        )  # fmt: skip
        marks.mark_changed(round_id=round.pk, commune_ids=[commune.pk])
    return complaint


def _check_heard(heard: Heard, round: ReviewRound) -> None:
    fields: dict[str, list[Words]] = {}
    for name in ("from_name", "words"):
        if not getattr(heard, name).strip():
            fields[name] = [_("This is missing.")]
    if heard.received_on > clock.today():
        fields["received_on"] = [_("This day is still to come.")]
    elif heard.received_on < round.opens_on:
        fields["received_on"] = [_("The round had not begun on this day.")]
    if fields:
        raise Invalid(_("The complaint is not recorded yet."), fields=fields)


def _holds_back(round: ReviewRound, village: Area, heard: Heard) -> bool:
    """Whether it came within the posting days of the household's list."""
    if heard.household is None or heard.kind == ComplaintKind.DENUNCIATION:
        return False
    postings = PublicPosting.objects.filter(
        village_review__round=round,
        village_review__village=village,
        posted_on__lte=heard.received_on,
        ends_on__gte=heard.received_on,
    )
    return postings.filter(household__isnull=True).exists() or (
        postings.filter(household=heard.household).exists()
    )


def _due_on(heard: Heard) -> dt.date | None:
    """The last day of the answer; a denunciation is not answered here."""
    if heard.kind == ComplaintKind.DENUNCIATION:
        return None
    days = terms.in_force(heard.received_on).days("recheck_days")
    return terms.working_days_after(heard.received_on, days)


@contextmanager
def _settling(complaint: Complaint, by: User, verb: str) -> Iterator[Complaint]:
    """The complaint as it is stored now, locked, within its act. Raises Refused, Conflict."""
    if reason := policies.why_not_settle_complaints(by, complaint.commune):
        raise Refused(reason)
    with (
        transaction.atomic(),
        audit.act(
            by=by, verb=verb, area=complaint.village, household=complaint.household,
            subject=complaint,
        ),
    ):  # fmt: skip
        found = (
            Complaint.objects.select_for_update(of=("self",))
            .select_related("village", "commune", "household", "settled_by")
            .get(pk=complaint.pk)
        )
        if found.state not in COMPLAINT_IS_OPEN:
            raise Conflict(_("It was settled already by %(who)s.") % {"who": found.settled_by})
        if verb == "complaint.recheck" and found.state == ComplaintState.RECHECK:
            raise Conflict(_("The re-check is under way already."))
        yield found


def order_recheck(*, complaint: Complaint, by: User) -> None:
    """Open the household's form again for the re-check. Raises Refused, Conflict."""
    with _settling(complaint, by, "complaint.recheck") as found:
        survey = _survey_of(found)
        if survey is None or found.due_on is None:
            raise Refused(_("The household has no form in this round."))
        reason = _("Re-check after a complaint received on %(day)s.") % {
            "day": f"{found.received_on:%d/%m/%Y}"
        }
        rechecks.reopen(survey=survey, reason=reason, due_on=found.due_on, by=by)
        _change(found, state=ComplaintState.RECHECK)


def settle(
    *,
    complaint: Complaint,
    state: ComplaintState,
    answered_on: dt.date,
    answer: str,
    answer_number: str = "",
    pages: Sequence[bytes] = (),
    by: User,
) -> None:
    """End it: upheld, result kept, withdrawn, or (a denunciation) handed on; always with an answer.
    A re-check under way has to be complete. An upheld one hangs out the household's result again
    before it is signed (see recognition).

    Raises Refused, Conflict (settled already), Invalid with the fields.
    """
    _check_answer(complaint, state, answered_on, answer)
    paper = attachments.made_paper(pages) if pages else None
    with _settling(complaint, by, "complaint.settle") as found:
        survey = _survey_of(found)
        if found.state == ComplaintState.RECHECK and survey is not None:
            if not rechecks.is_done(survey):
                raise Refused(_("The form of the re-check is not complete."))
            rechecks.end(survey=survey)
        _change(
            found,
            state=state,
            answered_on=answered_on,
            answer=answer.strip(),
            answer_number=answer_number.strip(),
            settled_by=by,
        )
        if paper:
            attachments.keep_paper(of=found, paper=paper, by=by)


def _check_answer(
    complaint: Complaint, state: ComplaintState, answered_on: dt.date, answer: str
) -> None:
    fields: dict[str, list[Words]] = {}
    is_denunciation = complaint.kind == ComplaintKind.DENUNCIATION
    if state in COMPLAINT_IS_OPEN or is_denunciation != (state == ComplaintState.HANDED_ON):
        fields["state"] = [
            _("A denunciation is only handed on.") if is_denunciation else _("Choose how it ends.")
        ]
    if not answer.strip():
        fields["answer"] = [_("This is missing.")]
    if answered_on > clock.today():
        fields["answered_on"] = [_("This day is still to come.")]
    elif answered_on < complaint.received_on:
        fields["answered_on"] = [_("The answer lies before the complaint.")]
    if fields:
        raise Invalid(_("The complaint is not settled yet."), fields=fields)


def _survey_of(complaint: Complaint) -> Survey | None:
    return Survey.objects.filter(round=complaint.round_id, household=complaint.household_id).first()


def _change(complaint: Complaint, **values: Any) -> None:
    Complaint.objects.filter(pk=complaint.pk).update(**values)
    marks.mark_changed(round_id=complaint.round_id, commune_ids=[complaint.commune_id])
