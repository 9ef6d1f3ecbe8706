"""Requests of a commune: received, picked up by a form, withdrawn, answered."""

from collections.abc import Callable

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from households import clock, policies
from households.choices import REVIEWED_KINDS, AreaLevel, RequestState
from households.errors import Refused
from households.forms.requests import (
    RequestAnswerForm,
    RequestForm,
    VillageRequestsForm,
    WithdrawForm,
)
from households.forms.steps import SaysFaults
from households.models import Area, Attachment, Household, ReviewRequest, User
from households.queries import requests as queries
from households.queries import walking
from households.services import recognitions_on_request, requests
from households.views import access, way_offers
from households.views.surveys import round_under_way

_A_PAGE = 50


@never_cache
@require_safe
def request_list(request: HttpRequest, area_pk: int) -> HttpResponse:
    """Policy: roles that read households, own area only."""
    commune = access.readable_commune(request, area_pk)
    state = request.GET.get("state", RequestState.OPEN.value)
    rows = queries.of_commune(commune, state)
    shown = {
        "commune": commune,
        "page": Paginator(rows, _A_PAGE).get_page(request.GET.get("page")),
        "query": f"state={state}" if state in (*RequestState.values, queries.LATE) else "",
        "state": state,
        "states": [
            (RequestState.OPEN.value, RequestState.OPEN.label),
            (queries.LATE, _("Past the day promised")),
            *[pair for pair in RequestState.choices if pair[0] != RequestState.OPEN],
            ("ALL", _("All")),
        ],
        "today": clock.today(),
        "villages": _villages(commune),
        "why_not": policies.why_not_answer_requests(request.user, commune),
    }
    return render(request, "households/request_list.html", shown)


def _villages(commune: Area) -> list[Area]:
    found = Area.objects.filter(parent=commune, level=AreaLevel.VILLAGE).on(clock.today())
    return list(found.select_related("parent").order_by("folded_name"))


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def request_new(request: HttpRequest, area_pk: int) -> HttpResponse:
    """One request; ?household= names whose. Policy: why_not_answer_requests, own commune."""
    commune = access.readable_commune(request, area_pk)
    access.refuse_if(policies.why_not_answer_requests(request.user, commune))
    household = _chosen(request, commune)
    given = (request.POST, request.FILES) if request.method == "POST" else ()
    form = RequestForm(*given, villages=_villages(commune), household=household)
    made: list[ReviewRequest] = []

    def act() -> None:
        made.append(
            requests.receive(village=form.lives_in(), asked=form.asked(), by=access.actor(request))
        )

    is_posted = request.method == "POST"
    if is_posted and way_offers.is_done(request, form, act, _("It is recorded.")):
        if made:
            return redirect("households:request", made[0].pk)
        return redirect("households:request_list", commune.pk)
    shown = {"form": form, "commune": commune, "household": household}
    status = 422 if form.errors else 200
    return render(request, "households/request_new.html", shown, status=status)


def _chosen(request: HttpRequest, commune: Area) -> Household | None:
    """The household of the address, of this commune; else 404."""
    key = request.GET.get("household", "")
    if not key:
        return None
    own = policies.visible_households(request.user).filter(card__village__parent=commune)
    pk = int(key) if key.isdecimal() else 0
    found: Household = get_object_or_404(own.select_related("card__village__parent"), pk=pk)
    return found


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def request_village(request: HttpRequest, area_pk: int) -> HttpResponse:
    """A whole village's requests after a disaster. Policy: why_not_answer_requests; a village of
    another area is not found."""
    access.refuse_if(policies.why_not_read_households(request.user))
    branches = policies.rights(request.user).branches(policies.READS_HOUSEHOLDS)
    villages = Area.objects.at(AreaLevel.VILLAGE).under_any(branches).select_related("parent")
    village: Area = get_object_or_404(villages, pk=area_pk)
    assert village.parent is not None
    access.refuse_if(policies.why_not_answer_requests(request.user, village.parent))
    form = VillageRequestsForm(request.POST if request.method == "POST" else None)
    stops = walking.of_village(village)

    def act() -> str:
        ticked = {int(one) for one in request.POST.getlist("household") if one.isdecimal()}
        pks = ticked & {stop.household_id for stop in stops}
        if not pks:
            raise Refused(_("Tick the households that ask."))
        households = Household.objects.filter(pk__in=pks).select_related("card").order_by("pk")
        number = requests.receive_for_village(
            village=village,
            households=list(households),
            by=access.actor(request),
            **form.cleaned_data,
        )
        words = ngettext(
            "%(count)s request is recorded.", "%(count)s requests are recorded.", number
        )
        return words % {"count": number}

    if request.method == "POST" and way_offers.is_done(request, form, act, ""):
        return redirect("households:request_list", village.parent_id)
    shown = {"form": form, "village": village, "stops": stops}
    status = 422 if form.errors else 200
    return render(request, "households/request_village.html", shown, status=status)


def readable_request(request: HttpRequest, pk: int) -> ReviewRequest:
    """403 for a role that reads no families, 404 for one of another area."""
    access.refuse_if(policies.why_not_read_households(request.user))
    branches = policies.rights(request.user).branches(policies.READS_HOUSEHOLDS)
    own = ReviewRequest.objects.filter(village__in=Area.objects.under_any(branches))
    found: ReviewRequest = get_object_or_404(
        own.select_related(
            "commune", "village__parent", "household__card", "survey__round", "settled_by",
            "recorded_by",
        ),
        pk=pk,
    )  # fmt: skip
    return found


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def review_request(request: HttpRequest, pk: int) -> HttpResponse:
    """One with what can be done. Policy: as the list; acts by why_not_answer_requests."""
    found = readable_request(request, pk)
    if request.method != "POST":
        return _show(request, found)
    access.refuse_if(policies.why_not_answer_requests(request.user, found.commune))
    taken = _ACTS.get(request.POST.get("act", ""))
    if taken is None:
        return HttpResponseBadRequest()
    make_form, service = taken
    form = make_form(request, found)
    gone: list[HttpResponse] = []

    def act() -> None:
        if page := service(found, form, access.actor(request)):
            gone.append(page)

    if way_offers.is_done(request, form, act, _("It is recorded.")):
        return gone[0] if gone else redirect("households:request", pk)
    return _show(request, found, form, status=422)


def _pick_up(found: ReviewRequest, form: SaysFaults, by: User) -> HttpResponse:
    round = round_under_way(found.village)
    if round is None:
        raise Refused(_("No review round is under way."))
    survey = requests.pick_up(request=found, round=round, by=by)
    return redirect("households:survey_form", survey.uuid)


def _withdraw(found: ReviewRequest, form: SaysFaults, by: User) -> None:
    requests.withdraw(request=found, by=by, **form.cleaned_data)


def _answer(found: ReviewRequest, form: SaysFaults, by: User) -> None:
    assert isinstance(form, RequestAnswerForm)
    requests.answer(
        request=found,
        state=RequestState(form.cleaned_data["state"]),
        paper=form.paper(),
        words=form.cleaned_data["words"],
        pages=form.sources(),
        by=by,
    )


_Make = Callable[[HttpRequest, ReviewRequest], SaysFaults]
_ACTS: dict[str, tuple[_Make, Callable[[ReviewRequest, SaysFaults, User], HttpResponse | None]]] = {
    "pick_up": (lambda request, found: SaysFaults(request.POST), _pick_up),
    "withdraw": (lambda request, found: WithdrawForm(request.POST), _withdraw),
    "answer": (
        lambda request, found: RequestAnswerForm(request.POST, request.FILES, request=found),
        _answer,
    ),
}


def _why_not_granted(found: ReviewRequest) -> str | None:
    """For a request told by income that is open: what stands against it today."""
    if found.state != RequestState.OPEN or found.kind in REVIEWED_KINDS:
        return None
    return recognitions_on_request.why_not_recognise(found, clock.today())


def _show(
    request: HttpRequest, found: ReviewRequest, filled: SaysFaults | None = None, status: int = 200
) -> HttpResponse:
    is_open = found.state == RequestState.OPEN
    round = round_under_way(found.village) if is_open and found.survey is None else None
    return render(
        request,
        "households/request.html",
        {
            "asked": found,
            "is_open": is_open,
            "is_reviewed": found.kind in REVIEWED_KINDS,
            "is_late": is_open and found.due_on < clock.today(),
            "round": round,
            "why_not": policies.why_not_answer_requests(request.user, found.commune),
            "why_not_granted": _why_not_granted(found),
            "plain_faults": filled if type(filled) is SaysFaults else None,
            "withdraw_form": filled if isinstance(filled, WithdrawForm) else WithdrawForm(),
            "answer_form": filled
            if isinstance(filled, RequestAnswerForm)
            else RequestAnswerForm(request=found),
            "files": Attachment.objects.filter(request=found).order_by("pk"),
        },
        status=status,
    )
