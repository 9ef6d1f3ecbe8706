"""A commune in a round: its villages side by side, its own steps, and the decision."""

import datetime as dt
from collections import Counter
from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from households import clock, policies, workflow
from households.choices import AreaLevel, CommuneState, Role, SignerTitle, VillageState
from households.forms.steps import StepForm
from households.models import Area, CommuneReview, ReviewRound, StepTaken, User
from households.queries import deadlines, terms, village_ways
from households.queries.deadlines import Deadlines
from households.services import commune_steps, review_exports
from households.views import access, household_papers, paper_words, way_offers, way_words
from households.views.next_work import next_of
from households.views.way_access import unit_in_round
from households.workflow import Step

#: What each state offers besides the decision, which has a page of its own.
_OFFERED: dict[CommuneState, tuple[Step, ...]] = {
    CommuneState.OPEN: (workflow.VILLAGES_CLOSED,),
    CommuneState.VILLAGES_CLOSED: (workflow.SENT_UP,),
    CommuneState.SENT_UP: (workflow.OPINION, workflow.RETURNED),
    CommuneState.RETURNED: (workflow.REOPENED,),
    CommuneState.OPINION: (),
    CommuneState.RECOGNISED: (),
}
#: So many villages are looked through without choosing.
_FEW = 12
#: Papers without names: what they are called, and their address.
_PAPERS = (
    (gettext_lazy("Report"), "report_paper"),
    (gettext_lazy("Submission letter"), "submission_paper"),
)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def commune_way(request: HttpRequest, round_pk: int, area_pk: int) -> HttpResponse:
    """Policy: roles that read households, own area only; a step by why_not_take_step."""
    round, commune = unit_in_round(request, round_pk, area_pk, AreaLevel.COMMUNE)
    if request.method != "POST":
        return _show(request, round, commune)
    verb = request.POST.get("step", "")
    step = next((one for one in workflow.COMMUNE_STEPS if one.verb == verb), None)
    service = _SERVICES.get(verb)
    asked = step or workflow.VILLAGES_CLOSED
    access.refuse_if(policies.why_not_take_step(request.user, asked, commune))
    if step is None or service is None:
        return HttpResponseBadRequest()
    return _take(request, round, commune, step, service)


_Service = Callable[..., None]
_SERVICES: dict[str, _Service] = {
    workflow.VILLAGES_CLOSED.verb: commune_steps.close_villages,
    workflow.SENT_UP.verb: commune_steps.send_up,
    workflow.OPINION.verb: commune_steps.record_opinion,
    workflow.RETURNED.verb: commune_steps.record_return,
    workflow.REOPENED.verb: commune_steps.reopen,
}


def _take(
    request: HttpRequest, round: ReviewRound, commune: Area, step: Step, service: _Service
) -> HttpResponse:
    user = access.actor(request)
    form = way_offers.form_of(step, commune, user, request)

    def act() -> None:
        way = commune_steps.begun(round=round, commune=commune)
        service(way=way, act=form.act(), by=user)

    if way_offers.is_done(request, form, act, _("The step is recorded.")):
        return redirect("households:commune_way", round.pk, commune.pk)
    return _show(request, round, commune, form, status=422)


def _show(
    request: HttpRequest,
    round: ReviewRound,
    commune: Area,
    filled: StepForm | None = None,
    status: int = 200,
) -> HttpResponse:
    user = access.actor(request)
    way = CommuneReview.objects.filter(round=round, commune=commune).first()
    state = CommuneState(way.state) if way else CommuneState.OPEN
    district = commune_steps.district_asked(round, commune, clock.today())
    villages = [one for one in village_ways.of_commune(round, commune) if one.has_work]
    steps = StepTaken.objects.filter(commune_review=way, village_review=None) if way else []
    days = deadlines.of_round(round)
    chosen = request.GET.get("villages", "")
    return render(
        request,
        "households/commune_way.html",
        {
            "round": round,
            "commune": commune,
            "way": way,
            "state": state,
            "stages": stages_of(state, with_district=district is not None),
            "villages": [
                (one, _cells(one), next_of(one, round, user), _last_day(one, days))
                if state != CommuneState.RECOGNISED
                else (one, _cells(one), None, (None, None))
                for one in villages
                if chosen in ("", one.state)
            ],
            "number": len(villages),
            "chosen": chosen,
            "standings": _standings(villages),
            "totals": _totals(villages),
            "missing": _missing(round, commune, state),
            "offers": _offers(round, commune, state, user, filled, district),
            "decides": _decides(state, district),
            "taken": [(way_words.TAKEN[step.verb], step) for step in reversed(_with_papers(steps))],
            "unconfirmed": terms.in_force(clock.today()).unconfirmed,
            "assigns_reviewers": not policies.why_not_give_role(user, Role.REVIEWER, commune),
            "opinion_due_on": commune_steps.opinion_due_on(way) if way else None,
            "sees_checks": not policies.why_not_see_oddities(user, commune),
            "days_left": (round.closes_on - clock.today()).days,
            **_papers_and_files(round, commune, user, chair_reports=district is not None),
        },
        status=status,
    )


def _standings(villages: list[village_ways.VillageWay]) -> list[tuple[str, Promise, int]]:
    """Where villages stand and how many there, to choose by; nothing for a few villages."""
    counts = Counter(one.state for one in villages)
    if len(villages) <= _FEW or len(counts) < 2:
        return []
    return [(state.value, state.label, counts[state]) for state in VillageState if counts[state]]


def _papers_and_files(
    round: ReviewRound, commune: Area, user: User, *, chair_reports: bool
) -> dict[str, Any]:
    """What can be printed, by whom it is signed, and whether the forms go out as files."""
    refusal = policies.why_not_export_review(user, commune) or review_exports.why_no_files(round)
    return {
        "chair_reports": chair_reports,
        "signers": SignerTitle.choices,
        "round_papers": [
            (name, reverse(f"households:{address}", args=[round.pk, commune.pk]))
            for name, address in _PAPERS
        ],
        "village_papers": [(kind, paper.name) for kind, paper in paper_words.KINDS.items()],
        "household_papers": [(kind, one.name) for kind, one in household_papers.KINDS.items()],
        "takes_files": not refusal,
    }


def _last_day(one: village_ways.VillageWay, days: Deadlines) -> tuple[dt.date | None, int | None]:
    """The last day of the stage a village is in, and how many days are left until then."""
    day = days.of_village(one.state)
    return day, (day - clock.today()).days if day else None


def _with_papers(steps: Any) -> list[StepTaken]:
    if not steps:
        return []
    found = steps.select_related("recorded_by", "meeting").prefetch_related("attachments")
    return list(found.order_by("pk"))


def _missing(round: ReviewRound, commune: Area, state: CommuneState) -> str | None:
    if state == CommuneState.OPEN:
        return commune_steps.why_not_close_villages(round, commune)
    return None


def _decides(state: CommuneState, district: Area | None) -> bool:
    """Whether the decision is what comes next."""
    onward = CommuneState.OPINION if district else CommuneState.VILLAGES_CLOSED
    return state in (onward, CommuneState.RECOGNISED, CommuneState.OPINION)


def _offers(
    round: ReviewRound,
    commune: Area,
    state: CommuneState,
    user: User,
    filled: StepForm | None,
    district: Area | None,
) -> list[way_offers.Offer]:
    """What the state offers; a form that was just filled in stays as it is."""
    offers = []
    for number, step in enumerate(_OFFERED[state]):
        if step is workflow.SENT_UP and district is None:
            continue
        is_filled = filled is not None and filled.step is step
        form = filled if filled and is_filled else way_offers.form_of(step, commune, user)
        offers.append(
            way_offers.offer(
                step, form, round=round, area=commune, user=user, is_onward=number == 0
            )
        )
    return offers


def _cells(one: village_ways.VillageWay) -> list[tuple[Promise, str, str]]:
    """(name, done | now | later, words) of each stage of a village."""
    said = {
        0: f"{one.done}/{one.total}",
        1: _day(one.last(workflow.MEETING_HELD.verb)),
        2: f"{one.posting.posted_on:%d/%m}" if one.posting else "",
        3: f"{one.posting.ends_on:%d/%m}" if one.posting else "",
    }
    stages = way_words.VILLAGE_STAGES
    order = list(type(one.state))
    here = order.index(one.state)
    cells = []
    for number, (state, label) in enumerate(stages):
        at = order.index(state)
        how = "done" if at < here else "now" if at == here else "later"
        cells.append((label, how, said[number] if how != "later" else ""))
    return cells


def _day(step: StepTaken | None) -> str:
    return f"{step.acted_on:%d/%m}" if step else ""


def _totals(villages: list[village_ways.VillageWay]) -> dict[str, int]:
    return {
        "done": sum(one.done for one in villages),
        "total": sum(one.total for one in villages),
        "closed": sum(one.state == "CLOSED" for one in villages),
        "complaints": sum(one.complaints_open for one in villages),
    }


def stages_of(state: CommuneState, *, with_district: bool) -> list[tuple[Promise, str]]:
    """(name, done | now | later) of each stage; without a district two of them do not exist."""
    stages = [
        pair
        for pair in way_words.COMMUNE_STAGES
        if with_district or pair[0] not in (CommuneState.SENT_UP, CommuneState.OPINION)
    ]
    if not with_district:
        stages[-1] = (CommuneState.VILLAGES_CLOSED, way_words.COMMUNE_STAGES[-1][1])
    order = [CommuneState.OPEN, CommuneState.VILLAGES_CLOSED, CommuneState.SENT_UP]
    order += [CommuneState.OPINION, CommuneState.RECOGNISED]
    here = order.index(CommuneState.OPEN if state == CommuneState.RETURNED else state)
    return [
        (label, "done" if order.index(at) < here else "now" if order.index(at) == here else "later")
        for at, label in stages
    ]
