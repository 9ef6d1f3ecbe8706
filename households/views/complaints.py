"""Remarks, complaints and denunciations: record one, re-check, answer, hang out again."""

from collections.abc import Callable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from households import policies
from households.choices import COMPLAINT_IS_OPEN, AreaLevel, CommuneState, ComplaintState
from households.errors import Conflict, Refused
from households.forms.complaints import AnswerForm, ComplaintForm, RepostForm, TakeDownForm
from households.forms.steps import SaysFaults
from households.models import (
    Area,
    CommuneReview,
    Complaint,
    PublicPosting,
    Survey,
    User,
)
from households.services import attachments, complaints, repostings, village_steps
from households.views import access, way_offers
from households.views.way_access import unit_in_round


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def complaint_new(request: HttpRequest, round_pk: int, area_pk: int) -> HttpResponse:
    """Record one about a village's results. Policy: why_not_settle_complaints."""
    round, village = unit_in_round(request, round_pk, area_pk, AreaLevel.VILLAGE)
    assert village.parent is not None
    access.refuse_if(policies.why_not_settle_complaints(request.user, village.parent))
    surveys = Survey.objects.filter(round=round, village=village).select_related("household")
    about = [(one.household, f"{one.head_name} ({one.household.code})") for one in surveys]
    given = (request.POST, request.FILES) if request.method == "POST" else ()
    form = ComplaintForm(*given, households=sorted(about, key=lambda pair: pair[1]))
    made: list[Complaint] = []

    def act() -> None:
        made.append(
            complaints.receive(
                round=round, village=village, heard=form.heard(), by=access.actor(request)
            )
        )

    is_posted = request.method == "POST"
    if is_posted and way_offers.is_done(request, form, act, _("It is recorded.")):
        if made:
            return redirect("households:complaint", made[0].pk)
        return redirect("households:village_way", round.pk, village.pk)
    shown = {"form": form, "round": round, "village": village}
    status = 422 if form.errors else 200
    return render(request, "households/complaint_new.html", shown, status=status)


def settled_by(request: HttpRequest, pk: int) -> Complaint:
    """403 for who settles none, 404 for those of another commune."""
    held = policies.rights(request.user)
    if not held.holds_anywhere(policies.SETTLES_COMPLAINTS):
        raise PermissionDenied(_("Complaints are settled by the commune."))
    communes = Area.objects.under_any(held.branches(policies.SETTLES_COMPLAINTS))
    found = Complaint.objects.filter(commune__in=communes).select_related(
        "round__province", "village__parent", "commune", "household", "recorded_by", "settled_by"
    )
    return get_object_or_404(found, pk=pk)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def complaint(request: HttpRequest, pk: int) -> HttpResponse:
    """One of them with what can be done. Policy: why_not_settle_complaints."""
    found = settled_by(request, pk)
    if request.method != "POST":
        return _show(request, found)
    take = _ACTS.get(request.POST.get("act", ""))
    if take is None:
        return HttpResponseBadRequest()
    make_form, service = take
    form = make_form(request, found)

    def act() -> None:
        service(found, form, access.actor(request))

    if way_offers.is_done(request, form, act, _("It is recorded.")):
        return redirect("households:complaint", pk)
    return _show(request, found, form, status=422)


def _answer(found: Complaint, form: SaysFaults, by: User) -> None:
    given = form.cleaned_data
    complaints.settle(
        complaint=found,
        state=ComplaintState(given["state"]),
        answered_on=given["answered_on"],
        answer=given["answer"],
        answer_number=given["answer_number"],
        pages=[one.read() for one in given.get("pages") or []],
        by=by,
    )


def _recheck(found: Complaint, form: SaysFaults, by: User) -> None:
    complaints.order_recheck(complaint=found, by=by)


def _repost(found: Complaint, form: SaysFaults, by: User) -> None:
    if found.household is None:
        raise Refused(_("The household has no form in this round."))
    way = village_steps.begun(round=found.round, village=found.village)
    repostings.post(way=way, household=found.household, by=by, **form.cleaned_data)


def _take_down(found: Complaint, form: SaysFaults, by: User) -> None:
    posting = _posting(found)
    if posting is None:
        raise Conflict(_("This posting is closed already."))
    repostings.close(posting=posting, closed_on=form.cleaned_data["closed_on"], by=by)


_Make = Callable[[HttpRequest, Complaint], SaysFaults]
_ACTS: dict[str, tuple[_Make, Callable[[Complaint, SaysFaults, User], None]]] = {
    "recheck": (lambda request, found: SaysFaults(request.POST), _recheck),
    "answer": (
        lambda request, found: AnswerForm(request.POST, request.FILES, complaint=found),
        _answer,
    ),
    "repost": (lambda request, found: RepostForm(request.POST), _repost),
    "take_down": (lambda request, found: TakeDownForm(request.POST), _take_down),
}


def _posting(found: Complaint) -> PublicPosting | None:
    """The household's own posting that hangs out now."""
    open_ones = PublicPosting.objects.filter(
        village_review__round=found.round, household=found.household_id, closed_on__isnull=True
    )
    return open_ones.select_related("village_review__village__parent").first()


def _show(
    request: HttpRequest, found: Complaint, filled: SaysFaults | None = None, status: int = 200
) -> HttpResponse:
    posting = _posting(found) if found.household_id else None
    survey = Survey.objects.filter(round=found.round, household=found.household_id).first()
    is_open = found.state in COMPLAINT_IS_OPEN
    shown: dict[str, Any] = {
        "complaint": found,
        "survey": survey,
        "is_open": is_open,
        "may_recheck": found.state == ComplaintState.OPEN and survey is not None,
        "posting": posting,
        "corrects": found.state == ComplaintState.UPHELD
        and survey is not None
        and _is_decided(found),
        "is_reposted": found.state == ComplaintState.UPHELD and found.holds_back,
        "answer_form": _or_filled(filled, AnswerForm, lambda: AnswerForm(complaint=found)),
        "repost_form": _or_filled(filled, RepostForm, RepostForm),
        "take_down_form": _or_filled(filled, TakeDownForm, TakeDownForm),
        "plain_faults": filled if type(filled) is SaysFaults else None,
        "files": attachments.of_complaint(found),
    }
    return render(request, "households/complaint.html", shown, status=status)


def _is_decided(found: Complaint) -> bool:
    """Whether the list was decided without keeping this household back."""
    ways = CommuneReview.objects.filter(
        round=found.round, commune=found.commune, state=CommuneState.RECOGNISED
    )
    return ways.exists() and not found.holds_back


def _or_filled(
    filled: SaysFaults | None, kind: type[SaysFaults], make: Callable[[], SaysFaults]
) -> SaysFaults:
    return filled if isinstance(filled, kind) else make()
