"""Courses, models, communication, vocational training: the lists, a new one, and one of them."""

from uuid import UUID

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from households import clock, policies
from households.views import access, way_offers
from programs.choices import ProgrammeKind
from programs.choices.activities import COUNTS_ONLY, ActivityKind
from programs.forms.activities import ActivityForm, OutcomesForm, ReasonForm
from programs.forms.evaluations import MendingForm, ModelEvaluationForm
from programs.models import Activity, ProgrammeTerms
from programs.policies import why_not_record_benefit
from programs.policies.activities import visible_activities
from programs.queries import activities as queries
from programs.services import activities, evaluations
from programs.views import chosen_places, model_evaluations, movers, participants
from programs.views.chosen_places import Chosen

_A_PAGE = 50
_HELD = (ActivityKind.COURSE, ActivityKind.MODEL, ActivityKind.EVENT)


def kinds_of(is_training: bool) -> tuple[ActivityKind, ...]:
    return (ActivityKind.VOCATIONAL,) if is_training else _HELD


def listed(request: HttpRequest, is_training: bool) -> tuple[Chosen, str, QuerySet[Activity]]:
    """The activities of the address: ?commune=, ?year=, ?kind=. Policy: roles that read
    households; their own areas."""
    chosen = chosen_places.chosen(request)
    found = visible_activities(request.user).filter(begins_on__year=chosen.year)
    communes = chosen.communes_then()
    if communes is not None:
        found = found.filter(commune__in=communes)
    kind = request.GET.get("kind", "")
    kinds = [str(one) for one in kinds_of(is_training)]
    kind = kind if kind in kinds else ""
    return chosen, kind, found.filter(kind__in=[kind] if kind else kinds)


@require_safe
def activity_list(request: HttpRequest, *, is_training: bool) -> HttpResponse:
    """The activities of a year with what they came to. Policy: roles that read households; their
    own areas. About eight queries."""
    chosen, kind, found = listed(request, is_training)
    query = request.GET.copy()
    query.pop("page", None)
    shown = {
        "is_training": is_training,
        "chosen": chosen,
        "kind": kind,
        "kinds": [(str(one), one.label) for one in kinds_of(is_training)],
        "figures": queries.figures(found),
        "page": Paginator(queries.with_parts(found), _A_PAGE).get_page(request.GET.get("page")),
        "query": query.urlencode(),
        "may_record": bool(chosen_places.recorded_communes(access.actor(request))),
    }
    return render(request, "programs/activity_list.html", shown)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def activity_new(request: HttpRequest, *, is_training: bool) -> HttpResponse:
    """A new one in ?commune=. Policy: why_not_record_benefit."""
    communes, commune = chosen_places.recorded_commune(request)
    if commune is None:
        shown = {"communes": communes, "is_training": is_training}
        return render(request, "programs/activity_commune.html", shown)
    access.refuse_if(why_not_record_benefit(request.user, commune))
    form = ActivityForm(
        request.POST or None,
        villages=chosen_places.villages_of(commune),
        kinds=kinds_of(is_training),
    )
    made: list[Activity] = []

    def act() -> None:
        user = access.actor(request)
        made.append(
            activities.record(
                kind=form.kind(), commune=commune, village=form.chosen_village(),
                held=form.held(), by=user,
            )
        )  # fmt: skip

    if request.method == "POST" and way_offers.is_done(request, form, act, _("It is recorded.")):
        if made:
            return redirect("programs:activity", made[0].uuid)
        return redirect(list_name(is_training))
    shown = {
        "form": form,
        "commune": commune,
        "is_training": is_training,
        "limits": _limits() if is_training else [],
    }
    status = 422 if form.errors else 200
    return render(request, "programs/activity_form.html", shown, status=status)


def _limits() -> list[ProgrammeTerms]:
    """What the programme of training pays at most today, confirmed or not. One query."""
    terms = ProgrammeTerms.objects.on(clock.today()).filter(ceiling_vnd__isnull=False)
    return list(terms.filter(programme__kind=ProgrammeKind.TRAINING).order_by("rank"))


def list_name(is_training: bool) -> str:
    return "programs:training_list" if is_training else "programs:activity_list"


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def activity_edit(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Say it otherwise. Policy: why_not_record_benefit."""
    found = readable(request, uuid)
    access.refuse_if(why_not_record_benefit(request.user, found.commune))
    form = ActivityForm(
        request.POST or None, villages=chosen_places.villages_of(found.commune), activity=found
    )

    def act() -> None:
        activities.change(
            activity=found, village=form.chosen_village(), held=form.held(),
            by=access.actor(request),
        )  # fmt: skip

    if request.method == "POST" and way_offers.is_done(request, form, act, _("It is recorded.")):
        return redirect("programs:activity", found.uuid)
    shown = {
        "form": form,
        "commune": found.commune,
        "activity": found,
        "is_training": found.kind == ActivityKind.VOCATIONAL,
    }
    status = 422 if form.errors else 200
    return render(request, "programs/activity_form.html", shown, status=status)


@require_POST
def activity_cancel(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Take it back. Policy: why_not_record_benefit."""
    found = readable(request, uuid)
    access.refuse_if(why_not_record_benefit(request.user, found.commune))
    form = ReasonForm(request.POST, auto_id="id_cancel_%s")

    def act() -> None:
        reason = form.cleaned_data["reason"]
        activities.cancel(activity=found, reason=reason, by=access.actor(request))

    if way_offers.is_done(request, form, act, _("It is taken back.")):
        return redirect("programs:activity", found.uuid)
    return page(request, found, cancel=form)


@never_cache
@require_safe
def activity(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """One with who takes part. Policy: roles that read households; their own areas."""
    return page(request, readable(request, uuid))


@require_POST
def activity_outcomes(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """What became of those who take part. Policy: why_not_record_benefit."""
    found = readable(request, uuid)
    access.refuse_if(why_not_record_benefit(request.user, found.commune))
    form = OutcomesForm(request.POST, rows=participants.steps_of(request, found))
    if participants.is_settled(request, found, form):
        return redirect("programs:activity", found.uuid)
    return page(request, found, outcomes=form)


@require_POST
def activity_evaluate(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Keep an evaluation of a model. Policy: why_not_record_benefit."""
    found = _evaluated(request, uuid)
    form = model_evaluations.evaluation_form(found, request.POST)

    def act() -> None:
        evaluations.evaluate(of=found, verdict=form.verdict(), by=access.actor(request))

    if way_offers.is_done(request, form, act, _("It is recorded.")):
        return redirect("programs:activity", found.uuid)
    return page(request, found, evaluate=form)


@require_POST
def activity_mend(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """A shortcoming of a model is mended. Policy: why_not_record_benefit."""
    found = _evaluated(request, uuid)
    form = model_evaluations.mending_form(found, request.POST)

    def act() -> None:
        evaluation = form.rows[form.cleaned_data["evaluation"]]
        mended_on = form.cleaned_data["mended_on"]
        evaluations.mend(evaluation=evaluation, mended_on=mended_on, by=access.actor(request))

    if way_offers.is_done(request, form, act, _("It is recorded.")):
        return redirect("programs:activity", found.uuid)
    return page(request, found, mend=form)


def _evaluated(request: HttpRequest, uuid: UUID) -> Activity:
    """403 for who does not record there, 404 for a kind that is not evaluated."""
    found = readable(request, uuid)
    access.refuse_if(why_not_record_benefit(request.user, found.commune))
    if not model_evaluations.is_evaluated(found):
        raise Http404
    return found


def readable(request: HttpRequest, uuid: UUID) -> Activity:
    """403 for a role that reads no families, 404 for one of another area."""
    access.refuse_if(policies.why_not_read_households(request.user))
    rows = visible_activities(request.user).select_related("programme", "commune", "village")
    found: Activity = get_object_or_404(rows, uuid=uuid)
    return found


def page(
    request: HttpRequest,
    found: Activity,
    *,
    cancel: ReasonForm | None = None,
    outcomes: OutcomesForm | None = None,
    evaluate: ModelEvaluationForm | None = None,
    mend: MendingForm | None = None,
) -> HttpResponse:
    why_not = why_not_record_benefit(request.user, found.commune)
    stands = not found.cancelled_because
    own = Activity.objects.filter(pk=found.pk)
    is_named = ActivityKind(found.kind) not in COUNTS_ONLY
    parts = participants.page_of(request, found)
    shown = {
        "activity": found,
        "is_training": found.kind == ActivityKind.VOCATIONAL,
        "is_named": is_named,
        "figures": queries.figures(own),
        "page": parts,
        "movers": movers.of(request, [one.benefit for one in parts.object_list]),
        "why_not": why_not if stands else _("It was taken back already."),
        "cancel": cancel or ReasonForm(auto_id="id_cancel_%s"),
        "outcomes": outcomes or OutcomesForm(rows={}),
        "query": "",
        **model_evaluations.shown(
            found, may_keep=stands and why_not is None, evaluate=evaluate, mend=mend
        ),
    }
    failed = any(form.errors for form in (cancel, outcomes, evaluate, mend) if form)
    return render(request, "programs/activity.html", shown, status=422 if failed else 200)
