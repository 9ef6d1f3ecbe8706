"""Requests: received under a number, picked up by a review, withdrawn, and always answered on paper
(Decision 24/2021/QĐ-TTg; Decision 406/QĐ-LĐTBXH: 15 days from the start of the monthly review)."""

import datetime as dt
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from households import clock, policies, procedure
from households.choices import (
    REVIEWED_KINDS,
    BirthPrecision,
    Relation,
    RequestChannel,
    RequestKind,
    RequestState,
    RoundKind,
)
from households.errors import Conflict, Invalid, Refused, Words
from households.models import (
    Area,
    Household,
    ReviewRequest,
    ReviewRound,
    Survey,
    SurveyMember,
    User,
)
from households.queries import area_times
from households.services import (
    attachments,
    audit,
    commune_numbers,
    recognitions_on_request,
    surveys,
)
from households.services.constraint_messages import told_plainly
from households.services.lists import Paper


@dataclass(frozen=True)
class Asked:
    """A request as it comes in. `household` None: the register does not know the asker yet."""

    kind: RequestKind
    channel: RequestChannel
    received_on: dt.date
    from_name: str
    household: Household | None = None
    dossier_code: str = ""
    birth_year: int | None = None
    contact: str = ""
    reason: str = ""
    income_year_vnd: int | None = None
    income_members: int | None = None
    pages: Sequence[bytes] = ()


def answer_due_on(village: Area, received_on: dt.date) -> dt.date:
    """In the time of a periodic round its last day; else the last day of the next monthly review
    (data/procedure.toml). One query."""
    provinces = [int(part) for part in village.path.split(".") if part]
    round = ReviewRound.objects.filter(
        province__in=provinces, kind=RoundKind.PERIODIC, is_closed=False,
        opens_on__lte=received_on, closes_on__gte=received_on,
    ).first()  # fmt: skip
    if round:
        return round.closes_on
    first, last = procedure.ad_hoc_dates(received_on.year, received_on.month)
    if received_on <= first:
        return last
    year, month = divmod(received_on.year * 12 + received_on.month, 12)
    return procedure.ad_hoc_dates(year, month + 1)[1]


def receive(*, village: Area, asked: Asked, by: User) -> ReviewRequest:
    """Give it the commune's next number and the day of its answer.

    Raises Refused (not the commune's), Invalid with the fields, Conflict (the household has an
    open request).
    """
    commune = _commune_of(village, by)
    _check(asked)
    paper = attachments.made_paper(asked.pages) if asked.pages else None
    with (
        told_plainly(ReviewRequest),
        audit.act(
            by=by, verb="request.receive", area=village, household=asked.household,
            details={"kind": str(asked.kind), "channel": str(asked.channel)},
        ),
    ):  # fmt: skip
        made = _create(village, commune, asked, by)
        if paper:
            attachments.keep_paper(of=made, paper=paper, by=by)
        return made


def receive_for_village(
    *, village: Area, households: Sequence[Household], received_on: dt.date, reason: str, by: User
) -> int:
    """After a disaster: a request for each of these households of the village, in one act; how
    many. Those with an open request keep it. Raises Refused, Invalid, Conflict (all have one)."""
    commune = _commune_of(village, by)
    if not reason.strip():
        told = _("Write what happened.")
        raise Invalid(told, fields={"reason": [told]})
    if received_on > clock.today():
        told = _("This day is still to come.")
        raise Invalid(told, fields={"received_on": [told]})
    with audit.act(
        by=by, verb="request.receive_village", area=village, details={"households": len(households)}
    ):
        open_ones = ReviewRequest.objects.filter(household__in=households, state=RequestState.OPEN)
        having = set(open_ones.values_list("household", flat=True))
        waiting = [one for one in households if one.pk not in having]
        if not waiting:
            raise Conflict(_("All of them have an open request."))
        for one in waiting:
            asked = Asked(
                RequestKind.REVIEW, RequestChannel.DISASTER, received_on, one.card.head_name,
                household=one, reason=reason.strip(),
            )  # fmt: skip
            _create(village, commune, asked, by)
    return len(waiting)


def _commune_of(village: Area, by: User) -> Area:
    commune = village.parent
    assert commune is not None
    if reason := policies.why_not_answer_requests(by, commune):
        raise Refused(reason)
    return commune


def _check(asked: Asked) -> None:
    fields: dict[str, list[Words]] = {}
    if not asked.from_name.strip():
        fields["from_name"] = [_("This is missing.")]
    if asked.received_on > clock.today():
        fields["received_on"] = [_("This day is still to come.")]
    if asked.channel == RequestChannel.PORTAL and not asked.dossier_code.strip():
        fields["dossier_code"] = [_("Write the dossier code of the portal.")]
    if asked.kind == RequestKind.ESCAPE and asked.household is None:
        fields["household"] = [_("Choose the household.")]
    if (asked.income_year_vnd is None) != (asked.income_members is None):
        fields["income_members"] = [_("Income and people go together.")]
    if fields:
        raise Invalid(_("The request is not recorded yet."), fields=fields)


def _create(village: Area, commune: Area, asked: Asked, by: User) -> ReviewRequest:
    year = asked.received_on.year
    return ReviewRequest.objects.create(
        commune=commune,
        village=village,
        household=asked.household,
        kind=asked.kind,
        channel=asked.channel,
        dossier_code=asked.dossier_code.strip(),
        year=year,
        serial=commune_numbers.following(ReviewRequest.objects.all(), commune, year),
        received_on=asked.received_on,
        due_on=answer_due_on(village, asked.received_on),
        from_name=asked.from_name.strip(),
        birth_year=asked.birth_year,
        contact=asked.contact.strip(),
        reason=asked.reason.strip(),
        income_year_vnd=asked.income_year_vnd,
        income_members=asked.income_members,
        recorded_by=by,
    )


@contextmanager
def _settling(request: ReviewRequest, by: User, verb: str) -> Iterator[ReviewRequest]:
    """The request as it is stored now, locked, within its act. Raises Refused, Conflict."""
    if reason := policies.why_not_answer_requests(by, request.commune):
        raise Refused(reason)
    with (
        transaction.atomic(),
        audit.act(
            by=by, verb=verb, area=request.village, household=request.household, subject=request
        ),
    ):
        found = (
            ReviewRequest.objects.select_for_update(of=("self",))
            .select_related("village__parent", "commune", "household", "settled_by")
            .get(pk=request.pk)
        )
        if found.state != RequestState.OPEN:
            raise Conflict(_("It was settled already by %(who)s.") % {"who": found.settled_by})
        yield found


def pick_up(*, request: ReviewRequest, round: ReviewRound, by: User) -> Survey:
    """The form that looks into it, begun in the round; a new household gets the asker as its first
    member. Raises Refused (its kind has no form; surveys.start's reasons), Conflict."""
    with _settling(request, by, "request.pick_up") as found:
        if found.kind not in REVIEWED_KINDS:
            raise Refused(_("This request is answered on an income form, not by form B."))
        is_new = found.household is None
        # Its village may have become another since.
        village = area_times.is_whole_in(found.village, round.as_of) or found.village
        survey = surveys.start(round=round, household=found.household, village=village, by=by)
        if is_new:
            _name_asker(survey, found)
        Survey.objects.filter(pk=survey.pk).update(asked_for_review=True)
        _change(found, household_id=survey.household_id, survey=survey)
        return survey


def _name_asker(survey: Survey, request: ReviewRequest) -> None:
    """What the request said of the asker, so that it is not typed again."""
    born = dt.date(request.birth_year, 1, 1) if request.birth_year else None
    SurveyMember.objects.create(
        survey=survey,
        member_no=1,
        relation=Relation.HEAD,
        full_name=request.from_name,
        birth_date=born,
        birth_precision=BirthPrecision.YEAR if born else BirthPrecision.DAY,
    )
    Survey.objects.filter(pk=survey.pk).update(head_name=request.from_name, household_size=1)


def withdraw(*, request: ReviewRequest, answered_on: dt.date, by: User) -> None:
    """The asker takes it back. Raises Refused, Conflict."""
    with _settling(request, by, "request.withdraw") as found:
        _change(found, state=RequestState.WITHDRAWN, answered_on=answered_on, settled_by=by)


def answer(
    *, request: ReviewRequest, state: RequestState, paper: Paper, words: str,
    pages: Sequence[bytes], by: User,
) -> None:  # fmt: skip
    """Record the signed answer: a refusal with its reason, or the recognition of who is not
    reviewed with form B. Raises Refused, Invalid with the fields, Conflict."""
    fields: dict[str, list[Words]] = {}
    if not paper.number.strip():
        fields["number"] = [_("This is missing.")]
    if not paper.decided_by.strip():
        fields["decided_by"] = [_("This is missing.")]
    if paper.decided_on > clock.today():
        fields["decided_on"] = [_("This day is still to come.")]
    elif paper.decided_on < request.received_on:
        fields["decided_on"] = [_("The request had not come in on this day.")]
    if state == RequestState.REFUSED and not words.strip():
        fields["words"] = [_("Write the reason in plain words.")]
    if not pages:
        fields["pages"] = [_("Attach the signed answer.")]
    if fields:
        raise Invalid(_("The answer is not recorded yet."), fields=fields)
    made = attachments.made_paper(pages)
    with _settling(request, by, "request.answer") as found:
        if state == RequestState.ANSWERED and found.kind in REVIEWED_KINDS:
            raise Refused(_("The decision on the commune's lists answers it."))
        if state == RequestState.ANSWERED:
            recognitions_on_request.recognise(request=found, paper=paper, by=by)
        _change(
            found,
            state=state,
            answered_on=paper.decided_on,
            answer_number=paper.number.strip(),
            answered_by=paper.decided_by.strip(),
            signer_title=paper.signer_title or "",
            answer=words.strip(),
            settled_by=by,
        )
        attachments.keep_paper(of=found, paper=made, by=by)


def _change(request: ReviewRequest, **values: Any) -> None:
    ReviewRequest.objects.filter(pk=request.pk).update(**values)
