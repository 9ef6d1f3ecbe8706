"""Jobs and work abroad: the list, a new one, and one of them with its next step."""

from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from households import clock, policies
from households.models import Area, Household, Person
from households.models.people import id_of
from households.views import access, way_offers
from programs.choices import BenefitState, ProgrammeKind
from programs.choices.employment import EmploymentKind
from programs.forms.employment import ContractForm, JobStepForm, NewJobForm
from programs.models import Benefit, EmploymentCheck
from programs.policies import why_not_act_on_benefit
from programs.policies.activities import visible_benefits
from programs.queries import employment as queries
from programs.services import benefits, employment
from programs.services.employment import Member
from programs.services.recipients import Outsider
from programs.views import chosen_places, movers
from programs.views.chosen_places import Chosen
from programs.workflow import next_states

_A_PAGE = 50
#: What the states are called of work abroad, and of a job.
_ABROAD_STATES: dict[str, Any] = {
    BenefitState.LISTED: pgettext_lazy("abroad", "On the list, not departed"),
    BenefitState.SERVED: pgettext_lazy("abroad", "Departed"),
    BenefitState.CLOSED: pgettext_lazy("abroad", "Returned"),
    BenefitState.REFUSED: pgettext_lazy("abroad", "Did not depart"),
    BenefitState.CANCELLED: pgettext_lazy("job", "Recorded by mistake"),
}
_JOB_STATES: dict[str, Any] = {
    BenefitState.SERVED: pgettext_lazy("job", "In work"),
    BenefitState.CLOSED: pgettext_lazy("job", "Work ended"),
    BenefitState.CANCELLED: pgettext_lazy("job", "Recorded by mistake"),
}


def states_in_words(found: Benefit) -> dict[str, Any]:
    is_abroad = found.programme.kind == ProgrammeKind.LABOUR_EXPORT
    return _ABROAD_STATES if is_abroad else _JOB_STATES


def state_of(found: Benefit) -> str:
    return str(states_in_words(found).get(found.state, found.get_state_display()))


def kinds_of(programme_kind: str) -> list[EmploymentKind]:
    is_abroad = programme_kind == ProgrammeKind.LABOUR_EXPORT
    return [one for one in EmploymentKind if (one == EmploymentKind.ABROAD) == is_abroad]


def listed(request: HttpRequest) -> tuple[Chosen, str, QuerySet[Benefit]]:
    """Jobs of the address: ?commune=, ?year= (of the beginning, or of the list), ?kind=. Policy:
    roles that read households; their own areas."""
    chosen = chosen_places.chosen(request)
    found = visible_benefits(request.user).filter(programme__kind__in=queries.JOB_KINDS)
    in_year = Q(served_on__year=chosen.year) | Q(served_on__isnull=True, acted_on__year=chosen.year)
    found = found.filter(in_year)
    communes = chosen.communes_then()
    if communes is not None:
        found = found.filter(commune__in=communes)
    kind = request.GET.get("kind", "")
    kind = kind if kind in EmploymentKind.values else ""
    if kind:
        found = found.filter(employment__kind=kind)
    rows = found.select_related(
        "programme", "household__card", "person", "village", "commune", "employment"
    )
    return chosen, kind, rows.order_by("-acted_on", "-pk")


@require_safe
def job_list(request: HttpRequest) -> HttpResponse:
    """Jobs of a year. Policy: roles that read households; their own areas. About thirteen
    queries."""
    chosen, kind, found = listed(request)
    page = Paginator(found, _A_PAGE).get_page(request.GET.get("page"))
    query = request.GET.copy()
    query.pop("page", None)
    shown = {
        "chosen": chosen,
        "kind": kind,
        "kinds": EmploymentKind.choices,
        "page": page,
        "rows": [(one, state_of(one)) for one in page.object_list],
        "movers": movers.of(request, page),
        "figures": queries.figures(found),
        "query": query.urlencode(),
        "may_record": bool(chosen_places.recorded_communes(access.actor(request))),
    }
    return render(request, "programs/job_list.html", shown)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def job_new(request: HttpRequest) -> HttpResponse:
    """Of a member of the household ?household=, or of a person outside the register who lives in
    ?commune=. Policy: why_not_record_benefit."""
    communes, commune = chosen_places.recorded_commune(request)
    typed = request.GET.get("household", "").strip()
    home = _household(request, typed) if typed else None
    if typed and home is None:
        return _ask_whom(request, communes, typed)
    if home is None and (commune is None or "outside" not in request.GET):
        return _ask_whom(request, communes, "")
    members = _members(home) if home else []
    form = NewJobForm(request.POST or None, members=members, kinds=list(EmploymentKind))
    made: list[Benefit] = []

    def act() -> None:
        made.append(
            employment.record(
                who=_who(form, home, commune), contract=form.contract(), state=form.state(),
                acted_on=form.cleaned_data["acted_on"], given=form.given(),
                because=form.cleaned_data.get("because", ""), by=access.actor(request),
            )
        )  # fmt: skip

    if request.method == "POST" and way_offers.is_done(request, form, act, _("It is recorded.")):
        if made:
            return redirect("programs:job", made[0].uuid)
        return redirect("programs:job_list")
    shown = {"form": form, "household": home, "commune": commune}
    status = 422 if form.errors else 200
    return render(request, "programs/job_new.html", shown, status=status)


def _ask_whom(request: HttpRequest, communes: list[Area], typed: str) -> HttpResponse:
    shown = {"communes": communes, "typed": typed}
    return render(request, "programs/job_whom.html", shown, status=404 if typed else 200)


def _household(request: HttpRequest, typed: str) -> Household | None:
    pk = id_of(typed)
    rows = policies.visible_households(request.user).filter(ended_on__isnull=True)
    return rows.select_related("card__village").filter(pk=pk).first() if pk else None


def _members(home: Household) -> list[Person]:
    rows = home.memberships.on(clock.today()).filter(person__died_on__isnull=True)
    return [row.person for row in rows.select_related("person").order_by("pk")]


def _who(form: NewJobForm, home: Household | None, commune: Area | None) -> Member | Outsider:
    given = form.cleaned_data
    if home is not None:
        person = form.person()
        if person is None:
            raise Http404
        return Member(home, person)
    assert commune is not None
    return Outsider(given["name"], given["birth_year"], given["ground"], commune)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def job(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """One; a POST says its contract otherwise. Policy: as the list; why_not_record_benefit."""
    found = _readable(request, uuid)
    form = ContractForm(
        request.POST if request.method == "POST" else None,
        kinds=kinds_of(found.programme.kind), benefit=found,
    )  # fmt: skip
    if request.method == "POST":
        access.refuse_if(_why_not(request, found))

        def act() -> None:
            employment.change(
                benefit=found, contract=form.contract(), given=form.given(),
                by=access.actor(request),
            )  # fmt: skip

        if way_offers.is_done(request, form, act, _("It is recorded.")):
            return redirect("programs:job", found.uuid)
    return _page(request, found, contract=form)


@require_POST
def job_step(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Departed, returned, ended, a mistake. Policy: why_not_record_benefit."""
    found = _readable(request, uuid)
    access.refuse_if(_why_not(request, found))
    form = JobStepForm(request.POST, states=_steps(found))

    def act() -> None:
        given = form.cleaned_data
        state, by = BenefitState(given["state"]), access.actor(request)
        if state == BenefitState.CANCELLED:
            benefits.cancel(benefit=found, by=by, reason=given["reason"])
        else:
            benefits.advance(
                benefit=found, state=state, by=by, acted_on=given["acted_on"],
                reason=given["reason"],
            )  # fmt: skip

    if way_offers.is_done(request, form, act, _("It is recorded.")):
        return redirect("programs:job", found.uuid)
    return _page(request, found, step=form)


def _readable(request: HttpRequest, uuid: UUID) -> Benefit:
    access.refuse_if(policies.why_not_read_households(request.user))
    rows = visible_benefits(request.user).filter(programme__kind__in=queries.JOB_KINDS)
    rows = rows.select_related(
        "programme", "terms", "household__card", "person", "commune", "village", "employment"
    )
    found: Benefit = get_object_or_404(rows, uuid=uuid)
    return found


def _why_not(request: HttpRequest, found: Benefit) -> str | None:
    return why_not_act_on_benefit(request.user, found)


def _steps(found: Benefit) -> list[tuple[str, Any]]:
    words = states_in_words(found)
    if found.state == BenefitState.CANCELLED:
        return []
    following = (*next_states(found.programme.kind, found.state), BenefitState.CANCELLED)
    return [(str(one), words[one]) for one in following if one in words]


def _page(
    request: HttpRequest,
    found: Benefit,
    *,
    contract: ContractForm | None = None,
    step: JobStepForm | None = None,
) -> HttpResponse:
    contract = contract or ContractForm(kinds=kinds_of(found.programme.kind), benefit=found)
    failed = bool(contract.errors or (step and step.errors))
    shown = {
        "benefit": found,
        "movers": movers.of(request, [found]),
        "work": getattr(found, "employment", None),
        "state": state_of(found),
        "checks": EmploymentCheck.objects.filter(benefit=found).order_by("after_months"),
        "contract": contract,
        "step": step or JobStepForm(states=_steps(found)),
        "may_act": _why_not(request, found) is None and found.state != BenefitState.CANCELLED,
    }
    return render(request, "programs/job.html", shown, status=422 if failed else 200)
