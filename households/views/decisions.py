"""The decision of a commune: four lists as a draft, the signed paper, then a supplement."""

from typing import Any

from django.contrib import messages
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from households import clock, policies, workflow
from households.choices import AreaLevel, CommuneState, HowIn, HowOut, PovertyClass
from households.forms.steps import DecisionForm, SaysFaults
from households.models import (
    Area,
    Attachment,
    CommuneReview,
    Complaint,
    Household,
    RecognitionDecision,
    ReviewRound,
    StatusPeriod,
)
from households.queries import decision_draft
from households.services import (
    commune_steps,
    deciding_standards,
    decision_drafts,
    draft_confirmations,
    oddities,
    recognition,
)
from households.views import access, how_listed, way_offers
from households.views.way_access import unit_in_round


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def decision(request: HttpRequest, round_pk: int, area_pk: int) -> HttpResponse:
    """Policy: roles that read households, own area only; recording by why_not_take_step."""
    round, commune = unit_in_round(request, round_pk, area_pk, AreaLevel.COMMUNE)
    if request.method != "POST":
        return _show(request, round, commune, DecisionForm())
    if request.POST.get("act") == "confirm":
        return _confirm(request, round, commune)
    access.refuse_if(policies.why_not_take_step(request.user, workflow.RECOGNISED, commune))
    form = DecisionForm(request.POST, request.FILES)

    def act() -> str:
        way = commune_steps.begun(round=round, commune=commune)
        is_main = way.state != CommuneState.RECOGNISED
        record = recognition.recognise if is_main else recognition.supplement
        by = access.actor(request)
        done = record(way=way, paper=form.paper(), pages=form.sources(), by=by)
        words = _(
            "The decision is recorded: %(opened)s places on the list opened, %(ended)s ended,"
            " %(kept)s kept."
        )
        return words % {"opened": done.opened, "ended": done.ended, "kept": done.kept}

    if way_offers.is_done(request, form, act, ""):
        return redirect("households:decision", round.pk, commune.pk)
    return _show(request, round, commune, form, status=422)


def _confirm(request: HttpRequest, round: ReviewRound, commune: Area) -> HttpResponse:
    """The chair's own word on the draft. Policy: why_not_confirm_draft."""
    access.refuse_if(policies.why_not_confirm_draft(request.user, commune))
    form = SaysFaults(request.POST)

    def act() -> None:
        way = commune_steps.begun(round=round, commune=commune)
        draft_confirmations.confirm(way=way, by=access.actor(request))

    if not way_offers.is_done(request, form, act, _("The draft is confirmed.")):
        messages.error(request, " ".join(str(one) for one in form.non_field_errors()))
    return redirect("households:decision", round.pk, commune.pk)


def _to_check(request: HttpRequest, round: ReviewRound, commune: Area) -> int:
    """How much is to be checked again before it is signed, for who is shown that."""
    if policies.why_not_see_oddities(request.user, commune):
        return 0
    return oddities.left_in(round, commune)


def _word(request: HttpRequest, way: CommuneReview | None) -> dict[str, Any]:
    """What the page says of the chair's own word, where the province asks for it."""
    if (
        way is None
        or way.state == CommuneState.RECOGNISED
        or not draft_confirmations.is_asked_for()
    ):
        return {}
    return {
        "asks_for_word": True,
        "confirmed": draft_confirmations.confirmed(way),
        "may_confirm": not policies.why_not_confirm_draft(request.user, way.commune),
    }


def _told(one: RecognitionDecision) -> RecognitionDecision:
    """The decision with what it did to the list and its signed papers. Six queries."""
    came = StatusPeriod.objects.filter(decision_in=one).order_by("poverty_class", "how_in")
    went = StatusPeriod.objects.filter(decision_out=one).order_by("poverty_class", "how_out")
    first = came.filter(how_in=HowIn.NEW_ENTRY).select_related("standard", "decision_in").first()
    how_listed.tell([first] if first else [])
    fresh = {HowIn.NEW_ENTRY: first.told_in} if first else {}
    effects = [
        (f"{PovertyClass(of).label}: {fresh.get(how, HowIn(how).label)}", number)
        for of, how, number in came.values_list("poverty_class", "how_in").annotate(n=Count("pk"))
    ]
    effects += [
        (f"{PovertyClass(of).label} → {HowOut(how).label}", number)
        for of, how, number in went.values_list("poverty_class", "how_out").annotate(n=Count("pk"))
    ]
    papers = Attachment.objects.filter(
        Q(decision=one)
        | Q(
            step__commune_review__round=one.round_id,
            step__commune_review__commune=one.commune_id,
            step__paper_number=one.number,
            step__verb__in=[workflow.RECOGNISED.verb, workflow.RECOGNISED_DIRECTLY.verb],
        )
    )
    one.effects, one.papers = effects, list(papers)  # type: ignore[attr-defined]
    return one


def _held(
    request: HttpRequest, round: ReviewRound, commune: Area, *, is_decided: bool
) -> list[tuple[int, str, list[Complaint]]]:
    """Who is kept back, with the complaints for those who settle them. Who is signed already is not
    kept back: a correction follows, or the result is kept."""
    held = decision_draft.held_back(round, commune)
    if is_decided:
        unsigned = decision_draft.left_out_so_far(round, commune)
        held = {pk: why for pk, why in held.items() if pk in unsigned}
    names = dict(Household.objects.filter(pk__in=held).values_list("pk", "card__head_name"))
    settles = not policies.why_not_settle_complaints(request.user, commune)
    return [(pk, names.get(pk, ""), held[pk] if settles else []) for pk in held]


def _show(
    request: HttpRequest,
    round: ReviewRound,
    commune: Area,
    form: DecisionForm,
    status: int = 200,
) -> HttpResponse:
    way = (
        CommuneReview.objects.select_related("round__province", "commune")
        .filter(round=round, commune=commune)
        .first()
    )
    is_decided = way is not None and way.state == CommuneState.RECOGNISED
    waiting = decision_draft.settled_since(round, commune) if is_decided else []
    why_not = policies.why_not_take_step(request.user, workflow.RECOGNISED, commune)
    if way is None:
        why_not = why_not or _("Another step comes first.")
    elif not is_decided:
        why_not = why_not or recognition.why_not_recognise(way)
        why_not = why_not or draft_confirmations.why_not_signed(way, access.actor(request))
    decisions = (
        RecognitionDecision.objects.on_lists()
        .filter(round=round, commune=commune)
        .select_related("standard", "recorded_by")
    )
    return render(
        request,
        "households/decision.html",
        {
            "round": round,
            "commune": commune,
            "trial": deciding_standards.trial_in(round),
            "drafts": decision_drafts.draft(way) if way and not is_decided else [],
            "held": _held(request, round, commune, is_decided=is_decided),
            "is_decided": is_decided,
            "may_correct": not policies.why_not_record_decision(request.user, commune),
            "waiting": waiting,
            "decisions": [_told(one) for one in decisions.order_by("pk")],
            "form": form,
            "why_not": why_not,
            "today": clock.today(),
            "to_check": _to_check(request, round, commune) if way and not is_decided else 0,
            **_word(request, way),
        },
        status=status,
    )
