"""Essential works of a commune: the list, one work, whom it serves, what to look at again."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from households import clock, policies
from households.choices import AreaLevel
from households.forms.steps import SaysFaults
from households.models import Area
from households.views import access, way_offers
from programs.forms.houses import SiteFilesForm, SitePaymentForm, WhyForm
from programs.forms.works import AcceptanceForm, ServedForm, WorksForm
from programs.models import Benefit, Programme, WorksKind, WorksProject
from programs.policies import why_not_record_benefit
from programs.policies.houses import visible_works
from programs.queries import houses
from programs.queries import works as queries
from programs.services import site_files, site_payments
from programs.services import works as services
from programs.views.house_pages import readable_village
from programs.views.house_words import indicator_names
from programs.workflow import VOID_STATES

PROGRAMME = "essential_works"


@never_cache
@require_safe
def works_list(request: HttpRequest, pk: int) -> HttpResponse:
    """The works of a commune. Policy: readable_commune, visible_works."""
    commune = access.readable_commune(request, pk)
    today = clock.today()
    own = visible_works(request.user).filter(commune=commune, cancelled_because="")
    found = list(queries.listed(own))
    villages = Area.objects.under(commune).at(AreaLevel.VILLAGE).on(today)
    context = {
        "commune": commune,
        "rows": found,
        "households": sum(one.households for one in found),
        "accepted": sum(one.accepted_on is not None for one in found),
        "planned_vnd": sum(one.planned_vnd or 0 for one in found),
        "paid_vnd": sum(one.paid_vnd for one in found),
        "indicators": indicator_names(today),
        "villages": villages.order_by("folded_name"),
        "records": why_not_record_benefit(request.user, commune) is None,
        "today": today,
    }
    return render(request, "programs/works_list.html", context)


@never_cache
@require_safe
def works_to_check(request: HttpRequest, pk: int) -> HttpResponse:
    """Households served whose newest form still says that they lack it: for the next review.
    Policy: readable_commune."""
    commune = access.readable_commune(request, pk)
    today = clock.today()
    context = {
        "commune": commune,
        "rows": queries.to_check(commune, today),
        "indicators": indicator_names(today),
        "today": today,
    }
    return render(request, "programs/works_to_check.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def works_new(request: HttpRequest, pk: int) -> HttpResponse:
    """Open a work of a village with the households it is to serve. Policy:
    why_not_record_benefit; a village of another area is not found."""
    village = readable_village(request, pk)
    access.refuse_if(why_not_record_benefit(request.user, village))
    programme = get_object_or_404(Programme, code=PROGRAMME)
    kinds = list(WorksKind.objects.all())
    candidates = queries.of_village(village, _all_indicators(kinds), clock.today())
    form = WorksForm(request.POST or None, candidates=candidates, kinds=kinds)
    made: list[WorksProject] = []

    def act() -> None:
        made.append(
            services.open_works(
                programme=programme, village=village, opened=form.opened(),
                households=form.households(), by=access.actor(request),
            )
        )  # fmt: skip

    if request.method == "POST" and way_offers.is_done(request, form, act, _("It is recorded.")):
        if made:
            return redirect("programs:works", made[0].uuid)
        return redirect("programs:works_list", village.parent_id)
    context = {
        "village": village,
        "form": form,
        "candidates": candidates,
        "ticked": form.ticked(),
        "indicators": indicator_names(clock.today()),
    }
    status = 422 if form.errors else 200
    return render(request, "programs/works_new.html", context, status=status)


def _all_indicators(kinds: list[WorksKind]) -> list[str]:
    return list(dict.fromkeys(code for one in kinds for code in one.indicators))


@never_cache
@require_safe
def works(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """One work. Policy: visible_works."""
    return _page(request, readable_works(request, uuid))


def readable_works(request: HttpRequest, uuid: UUID) -> WorksProject:
    access.refuse_if(policies.why_not_read_households(request.user))
    rows = visible_works(request.user).select_related("village__parent", "kind", "programme")
    found: WorksProject = get_object_or_404(rows, uuid=uuid)
    return found


def _acting(request: HttpRequest, uuid: UUID) -> WorksProject:
    found = readable_works(request, uuid)
    access.refuse_if(why_not_record_benefit(request.user, found.village))
    return found


def _answer(
    request: HttpRequest, found: WorksProject, name: str, form: SaysFaults,
    act: Callable[[], str | None],
) -> HttpResponse:  # fmt: skip
    if way_offers.is_done(request, form, act, _("It is recorded.")):
        return redirect("programs:works", found.uuid)
    return _page(request, found, status=422, **{name: form})


@require_POST
def works_serve(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """More households are served. Policy: why_not_record_benefit."""
    found = _acting(request, uuid)
    form = ServedForm(request.POST, candidates=_candidates(found))

    def act() -> None:
        services.serve(works=found, households=form.households(), by=access.actor(request))

    return _answer(request, found, "more", form, act)


@require_POST
def works_accept(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """The work is accepted. Policy: why_not_record_benefit."""
    found = _acting(request, uuid)
    form = AcceptanceForm(request.POST, prefix="accept")

    def act() -> None:
        services.accept(works=found, acceptance=form.acceptance(), by=access.actor(request))

    return _answer(request, found, "acceptance", form, act)


@require_POST
def works_pay(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Record a payment. Policy: why_not_record_benefit."""
    found = _acting(request, uuid)
    form = SitePaymentForm(request.POST, prefix="pay")

    def act() -> None:
        by = access.actor(request)
        for told in site_payments.pay_works(works=found, paid=form.paid(), by=by):
            messages.warning(request, told)

    return _answer(request, found, "payment", form, act)


@require_POST
def works_photo(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Add photos. Policy: why_not_record_benefit."""
    found = _acting(request, uuid)
    form = SiteFilesForm(request.POST, request.FILES, prefix="photo")

    def act() -> None:
        site_files.add(works=found, sources=form.sources(), by=access.actor(request))

    return _answer(request, found, "photo", form, act)


@require_POST
def works_cancel(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Recorded by mistake. Policy: why_not_record_benefit."""
    found = _acting(request, uuid)
    form = WhyForm(request.POST, prefix="back")

    def act() -> None:
        reason = form.cleaned_data["reason"]
        services.cancel(works=found, by=access.actor(request), reason=reason)

    return _answer(request, found, "back", form, act)


def _candidates(found: WorksProject) -> list[queries.Candidate]:
    """Households of the village that it does not serve yet."""
    served = found.served.exclude(benefit__state__in=sorted(VOID_STATES))
    there = set(served.values_list("benefit__household", flat=True))
    everybody = queries.of_village(found.village, found.indicators, clock.today())
    return [one for one in everybody if one.card.pk not in there]


def _page(
    request: HttpRequest, found: WorksProject, *, status: int = 200, **forms: SaysFaults
) -> HttpResponse:
    payments = list(found.payments.select_related("recorded_by"))
    served = Benefit.objects.filter(from_works__works=found).select_related("household__card")
    context: dict[str, Any] = {
        "works": found,
        "served": served.order_by("household__card__folded_head_name", "pk"),
        "payments": payments,
        "by_line": houses.by_line(payments),
        "paid_vnd": site_payments.paid_vnd(payments),
        "files": found.files.all(),
        "indicators": indicator_names(clock.today()),
    }
    acts = why_not_record_benefit(request.user, found.village) is None
    if acts and not found.cancelled_because:
        more = forms.get("more")
        candidates = _candidates(found)
        context |= {
            "may_act": True,
            "candidates": candidates,
            "ticked": more.ticked() if isinstance(more, ServedForm) else set(),
            "more": ServedForm(candidates=candidates),
            "acceptance": None if found.accepted_on else AcceptanceForm(prefix="accept"),
            "payment": SitePaymentForm(prefix="pay"),
            "photo": SiteFilesForm(prefix="photo"),
            "back": WhyForm(prefix="back"),
        }
        context |= forms
    return render(request, "programs/works.html", context, status=status)
