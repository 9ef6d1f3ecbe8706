"""One house: its steps with photos, its payments, and what is done next."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from households import clock, policies
from households.forms.steps import SaysFaults
from households.views import access, way_offers
from programs.forms.houses import (
    DropForm,
    HousingStepForm,
    SiteFilesForm,
    SitePaymentForm,
    WhyForm,
)
from programs.models import HousingCase, HousingCeiling, HousingCriterion, HousingStage, SiteFile
from programs.policies import why_not_act_on_benefit
from programs.policies.houses import visible_cases
from programs.queries import houses as queries
from programs.services import house_steps, site_files, site_payments
from programs.views import movers
from programs.workflow import OPEN_STATES, VOID_STATES
from programs.workflow.houses import DECIDED, MEETING, way_of


@dataclass(frozen=True)
class WayStep:
    """A step of the way: reached (with its day, note and photos), the next one, or to come."""

    stage: HousingStage
    look: str
    reached: Any
    photos: list[SiteFile]


@never_cache
@require_safe
def housing_case(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """The house of one benefit. Policy: visible_cases."""
    return _page(request, readable_case(request, uuid))


def readable_case(request: HttpRequest, uuid: UUID) -> HousingCase:
    """403 for who reads no families, 404 for a house of another area."""
    access.refuse_if(policies.why_not_read_households(request.user))
    rows = visible_cases(request.user).select_related(
        "benefit__household__card", "benefit__village__parent", "benefit__commune",
        "benefit__terms", "benefit__programme", "meeting", "stage",
    )  # fmt: skip
    found: HousingCase = get_object_or_404(rows, benefit__uuid=uuid)
    return found


def _acting(request: HttpRequest, uuid: UUID) -> HousingCase:
    found = readable_case(request, uuid)
    access.refuse_if(_why_not(request, found))
    return found


def _why_not(request: HttpRequest, found: HousingCase) -> str | None:
    return why_not_act_on_benefit(request.user, found.benefit)


def _answer(
    request: HttpRequest, found: HousingCase, name: str, form: SaysFaults,
    act: Callable[[], str | None],
) -> HttpResponse:  # fmt: skip
    """The page anew when it is done, or with the form `name` and its faults."""
    if way_offers.is_done(request, form, act, _("It is recorded.")):
        return redirect("programs:housing_case", found.benefit.uuid)
    return _page(request, found, status=422, **{name: form})


@require_POST
def housing_step(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Record the next step. Policy: why_not_record_benefit."""
    found = _acting(request, uuid)
    stage = queries.waiting_for(found, list(HousingStage.objects.all()))
    if stage is None:
        raise Http404
    form = HousingStepForm(request.POST, request.FILES, stage=stage)

    def act() -> None:
        house_steps.reach(
            case=found,
            stage=request.POST.get("stage", ""),
            reached=form.reached(),
            by=access.actor(request),
        )

    return _answer(request, found, "step", form, act)


@require_POST
def housing_step_back(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Take the last step back. Policy: why_not_record_benefit."""
    found = _acting(request, uuid)
    form = WhyForm(request.POST, prefix="back")

    def act() -> None:
        reason = form.cleaned_data["reason"]
        house_steps.take_back(
            case=found, by=access.actor(request), reason=reason,
            stage=request.POST.get("stage", ""),
        )  # fmt: skip

    return _answer(request, found, "back", form, act)


@require_POST
def housing_drop(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """The house is not built. Policy: why_not_record_benefit."""
    found = _acting(request, uuid)
    form = DropForm(request.POST, prefix="drop")

    def act() -> None:
        given = form.cleaned_data
        house_steps.drop(
            case=found, by=access.actor(request),
            dropped_on=given["acted_on"], reason=given["reason"],
        )  # fmt: skip

    return _answer(request, found, "drop", form, act)


@require_POST
def housing_pay(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Record a payment; an unconfirmed ceiling passed is told. Policy: why_not_record_benefit."""
    found = _acting(request, uuid)
    form = SitePaymentForm(request.POST, prefix="pay")

    def act() -> None:
        by = access.actor(request)
        for told in site_payments.pay_house(case=found, paid=form.paid(), by=by):
            messages.warning(request, told)

    return _answer(request, found, "payment", form, act)


@require_POST
def housing_photo(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Add photos of the house as it stands now. Policy: why_not_record_benefit."""
    found = _acting(request, uuid)
    form = SiteFilesForm(request.POST, request.FILES, prefix="photo")

    def act() -> None:
        site_files.add(case=found, sources=form.sources(), by=access.actor(request))

    return _answer(request, found, "photo", form, act)


def _page(
    request: HttpRequest, found: HousingCase, *, status: int = 200, **forms: SaysFaults
) -> HttpResponse:
    stages = list(HousingStage.objects.all())
    waits_for = queries.waiting_for(found, stages)
    payments = list(found.payments.select_related("recorded_by"))
    today = clock.today()
    due_on = queries.due(found, waits_for)
    context: dict[str, Any] = {
        "case": found,
        "benefit": found.benefit,
        "movers": movers.of(request, [found.benefit]),
        "way": _way(found, stages, waits_for),
        "waits_for": waits_for,
        "due_on": due_on,
        "late_days": max(0, (today - due_on).days) if due_on else 0,
        "payments": payments,
        "by_line": queries.by_line(payments),
        "paid_vnd": site_payments.paid_vnd(payments),
        "ceilings": HousingCeiling.objects.filter(terms=found.benefit.terms_id, build=found.build),
        "criteria": [one.name for one in HousingCriterion.objects.filter(code__in=found.criteria)],
    }
    if _why_not(request, found) is None:
        context |= _offered(found, waits_for) | forms
    return render(request, "programs/house_case.html", context, status=status)


def _offered(found: HousingCase, waits_for: HousingStage | None) -> dict[str, Any]:
    """The forms that fit how far the house is."""
    state = found.benefit.state
    offered: dict[str, Any] = {"may_act": True}
    if state in VOID_STATES:
        return offered
    if waits_for is not None:
        offered["step"] = HousingStepForm(stage=waits_for)
    if found.steps.filter(stage__code=DECIDED).exists():
        offered["payment"] = SitePaymentForm(prefix="pay")
    offered["photo"] = SiteFilesForm(prefix="photo")
    if found.stage.code != MEETING:
        offered["back"] = WhyForm(prefix="back")
    if state in OPEN_STATES:
        offered["drop"] = DropForm(prefix="drop")
    return offered


def _way(
    found: HousingCase, stages: list[HousingStage], waits_for: HousingStage | None
) -> list[WayStep]:
    reached = {one.stage_id: one for one in found.steps.select_related("recorded_by")}
    photos: dict[int | None, list[SiteFile]] = {}
    for file in found.files.all():
        photos.setdefault(file.stage_id, []).append(file)
    return [
        WayStep(
            stage=one,
            look="done" if one.pk in reached else "now" if one == waits_for else "",
            reached=reached.get(one.pk),
            photos=photos.get(one.pk, []),
        )
        for one in way_of(stages, found.build)
    ]
