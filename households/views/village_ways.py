"""A village in a round: where it stands, what is missing, and the step that comes next."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from households import clock, policies, workflow
from households.choices import (
    AreaLevel,
    CommuneState,
    MeetingOutcome,
    SurveyState,
    VillageState,
)
from households.forms.steps import MeetingForm, PostingForm, StepForm
from households.models import (
    Area,
    CommuneReview,
    Complaint,
    ReviewRound,
    Survey,
    User,
    VillageReview,
)
from households.queries import deadlines, households_to_ask, terms, village_ways
from households.services import village_steps
from households.views import access, paper_words, way_offers, way_words
from households.views.way_access import unit_in_round
from households.workflow import Step

#: What each state offers, the way on first.
_OFFERED: dict[VillageState, tuple[Step, ...]] = {
    VillageState.LISTED: (workflow.SURVEYED,),
    VillageState.SURVEYED: (workflow.MEETING_HELD, workflow.SURVEY_REOPENED),
    VillageState.MEETING_HELD: (workflow.POSTED, workflow.SURVEY_AGAIN),
    VillageState.POSTED: (workflow.CLOSED,),
    VillageState.CLOSED: (workflow.VILLAGE_REOPENED,),
}


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def village_way(request: HttpRequest, round_pk: int, area_pk: int) -> HttpResponse:
    """Policy: roles that read households, own area only; a step by why_not_take_step."""
    round, village = unit_in_round(request, round_pk, area_pk, AreaLevel.VILLAGE)
    if request.method != "POST":
        return _show(request, round, village)
    verb = request.POST.get("step", "")
    step = next((one for one in workflow.VILLAGE_STEPS if one.verb == verb), None)
    if step is None:
        access.refuse_if(policies.why_not_take_step(request.user, workflow.SURVEYED, village))
        return HttpResponseBadRequest()
    access.refuse_if(policies.why_not_take_step(request.user, step, village))
    return _take(request, round, village, step)


def _take(request: HttpRequest, round: ReviewRound, village: Area, step: Step) -> HttpResponse:
    user = access.actor(request)
    form = _form(step, round, village, user, request)

    def act() -> str | None:
        way = village_steps.begun(round=round, village=village)
        return _SERVICES[step.verb](way, form, user)

    if way_offers.is_done(request, form, act, _("The step is recorded.")):
        return redirect("households:village_way", round.pk, village.pk)
    return _show(request, round, village, form, status=422)


def _meet(way: VillageReview, form: StepForm, by: User) -> str | None:
    """What the meeting came to, where it did not agree to all."""
    assert isinstance(form, MeetingForm)
    held = village_steps.record_meeting(way=way, meeting=form.meeting(), act=form.act(), by=by)
    said = _NOT_AGREED.get(MeetingOutcome(held.outcome))
    return str(said) if said else None


_NOT_AGREED: dict[MeetingOutcome, Promise] = {
    MeetingOutcome.NOT_AGREED: gettext_lazy(
        "The meeting is recorded. It did not reach the share: the village is surveyed again."
    ),
    MeetingOutcome.AGREED_EXCEPT: gettext_lazy(
        "The meeting is recorded. Households it did not agree to are surveyed again; a further"
        " meeting deals with them."
    ),
}


def _post(way: VillageReview, form: StepForm, by: User) -> None:
    village_steps.post(
        way=way,
        places=form.cleaned_data["places"],
        is_read_out=form.cleaned_data["is_read_out"],
        act=form.act(),
        by=by,
    )


_Service = Callable[[VillageReview, StepForm, User], str | None]


def _plain(service: Callable[..., None]) -> _Service:
    return lambda way, form, by: service(way=way, act=form.act(), by=by)


_SERVICES: dict[str, _Service] = {
    workflow.SURVEYED.verb: _plain(village_steps.finish_survey),
    workflow.SURVEY_REOPENED.verb: _plain(village_steps.reopen_survey),
    workflow.MEETING_HELD.verb: _meet,
    workflow.SURVEY_AGAIN.verb: _plain(village_steps.survey_again),
    workflow.POSTED.verb: _post,
    workflow.CLOSED.verb: _plain(village_steps.close_posting),
    workflow.VILLAGE_REOPENED.verb: _plain(village_steps.reopen_village),
}


def _form(
    step: Step, round: ReviewRound, village: Area, user: User, request: HttpRequest | None = None
) -> StepForm:
    if step is workflow.MEETING_HELD:
        complete = Survey.objects.filter(
            round=round, village=village, state=SurveyState.COMPLETE
        ).order_by("head_name", "pk")
        presented = list(complete.values_list("pk", "head_name"))
        return way_offers.form_of(step, village, user, request, MeetingForm, presented=presented)
    if step is workflow.SURVEYED:
        asked = village_steps.asks_for_file(clock.today())
        return way_offers.form_of(step, village, user, request, asks_for_file=asked)
    kind = PostingForm if step is workflow.POSTED else StepForm
    return way_offers.form_of(step, village, user, request, kind)


def _show(
    request: HttpRequest,
    round: ReviewRound,
    village: Area,
    filled: StepForm | None = None,
    status: int = 200,
) -> HttpResponse:
    user = access.actor(request)
    way = village_ways.of_village(round, village)
    commune = village.parent
    settles = commune and not policies.why_not_settle_complaints(user, commune)
    complaints = Complaint.objects.filter(round=round, village=village)
    last_day = deadlines.of_round(round).of_village(way.state)
    return render(
        request,
        "households/village_way.html",
        {
            "round": round,
            "village": village,
            "commune": commune,
            "way": way,
            "stages": stages_of(way),
            "offers": _offers(round, village, way.state, user, filled),
            "missing": _missing(round, village, way),
            "to_ask": _to_ask(round, village, way),
            "taken": [(way_words.TAKEN[step.verb], step) for step in reversed(way.steps)],
            "complaints": complaints.select_related("household") if settles else [],
            "settles": settles,
            "may_complain": settles and _may_complain(round, village, way.state),
            "unconfirmed": terms.in_force(clock.today()).unconfirmed,
            "today": clock.today(),
            "last_day": last_day,
            "days_left": (last_day - clock.today()).days if last_day else None,
            "papers": paper_words.KINDS.items(),
        },
        status=status,
    )


def _may_complain(round: ReviewRound, village: Area, state: VillageState) -> bool:
    """Whether there are results to complain about: they hang out, or the lists are decided."""
    decided = CommuneReview.objects.filter(
        round=round, commune=village.parent_id, state=CommuneState.RECOGNISED
    )
    return state in workflow.VILLAGE_IS_POSTED or decided.exists()


def _offers(
    round: ReviewRound, village: Area, state: VillageState, user: User, filled: StepForm | None
) -> list[way_offers.Offer]:
    """What the state offers; a form that was just filled in stays as it is."""
    offers = []
    for number, step in enumerate(_OFFERED[state]):
        if step is workflow.VILLAGE_REOPENED and not village_steps.may_be_reopened(round, village):
            continue
        is_filled = filled is not None and filled.step is step
        form = filled if filled and is_filled else _form(step, round, village, user)
        offers.append(
            way_offers.offer(
                step, form, round=round, area=village, user=user, is_onward=number == 0
            )
        )
    return offers


def _missing(round: ReviewRound, village: Area, way: village_ways.VillageWay) -> str | None:
    """What has to be there before the next step."""
    if way.state == VillageState.LISTED:
        return village_steps.why_not_surveyed(round, village)
    if way.state == VillageState.SURVEYED and way.way:
        return village_steps.why_not_meet(way.way)
    return None


def _to_ask(
    round: ReviewRound, village: Area, way: village_ways.VillageWay
) -> tuple[int, int] | None:
    """(left, all) of the households to be asked while the village is surveyed; None for none."""
    if way.state != VillageState.LISTED:
        return None
    rows = households_to_ask.of_villages(round, [village.pk])
    return (sum(one.answer is None for one in rows), len(rows)) if rows else None


def stages_of(way: village_ways.VillageWay) -> list[tuple[Promise, str]]:
    """(name, done | now | later) of each stage."""
    order = list(VillageState)
    here = order.index(way.state)
    return [
        (label, "done" if order.index(state) < here else "now" if state == way.state else "later")
        for state, label in way_words.VILLAGE_STAGES
    ]
