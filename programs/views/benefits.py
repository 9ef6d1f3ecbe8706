"""Recording support of a household, and taking it on step by step."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from households import clock, policies
from households.choices import Relation
from households.models import Area, Household, Person
from households.views import access, way_offers
from programs.choices import BenefitState
from programs.forms.benefits import BenefitForm, CancelForm, StepForm
from programs.models import Benefit, Programme
from programs.policies import why_not_act_on_benefit, why_not_record_benefit
from programs.policies.activities import visible_benefits
from programs.policies.coverage import with_ground_standing
from programs.services import benefits, own_ways, project_participants, recipients, works
from programs.views import movers


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def benefit_new(request: HttpRequest, pk: int, code: str) -> HttpResponse:
    """Record one of a household. Policy: why_not_record_benefit; refused for kinds that begin on a
    page of their own."""
    found = access.readable_household(request, pk)
    access.refuse_if(policies.why_has_ended(found))
    access.refuse_if(why_not_record_benefit(request.user, home_of(found)))
    programme = get_object_or_404(Programme, code=code)
    access.refuse_if(own_ways.why_not_plain(programme))
    form = BenefitForm(
        request.POST or None, programme=programme, members=_members(found),
        asks_ground=recipients.has_ground(programme, clock.today()),
    )  # fmt: skip

    def act() -> None:
        benefits.record(
            programme=programme,
            household=found,
            by=access.actor(request),
            acted_on=form.cleaned_data["acted_on"],
            state=BenefitState(form.cleaned_data["state"]),
            person=form.person(),
            given=form.given(),
            without_ground_because=form.cleaned_data["without_ground_because"],
        )

    if request.method == "POST" and way_offers.is_done(request, form, act, _("It is recorded.")):
        return redirect("programs:support", found.pk)
    context = {"form": form, "household": found, "programme": programme}
    status = 422 if form.errors else 200
    return render(request, "programs/benefit_new.html", context, status=status)


@never_cache
@require_safe
def benefit(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """One benefit, with its next step and taking it back for those who may. Policy:
    visible_benefits."""
    found = _readable(request, uuid)
    return _page(request, found, StepForm(benefit=found), CancelForm())


@require_POST
def benefit_step(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Take it on. Policy: why_not_record_benefit."""
    found = _readable(request, uuid)
    access.refuse_if(_why_not(request, found))
    form = StepForm(request.POST, benefit=found)

    def act() -> None:
        benefits.advance(
            benefit=found,
            state=BenefitState(form.cleaned_data["state"]),
            by=access.actor(request),
            acted_on=form.cleaned_data["acted_on"],
            reason=form.cleaned_data["reason"],
            given=form.given(),
        )

    if way_offers.is_done(request, form, act, _("It is recorded.")):
        return redirect("programs:benefit", found.uuid)
    return _page(request, found, form, CancelForm(), status=422)


@require_POST
def benefit_cancel(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Take back what was recorded by mistake. Policy: why_not_record_benefit."""
    found = _readable(request, uuid)
    access.refuse_if(_why_not(request, found))
    form = CancelForm(request.POST)

    def act() -> None:
        reason, by = form.cleaned_data["reason"], access.actor(request)
        if hasattr(found, "from_works"):
            works.take_off(served=found.from_works, by=by, reason=reason)
        elif hasattr(found, "participant"):
            project_participants.take_back(participant=found.participant, by=by, reason=reason)
        else:
            benefits.cancel(benefit=found, by=by, reason=reason)

    if way_offers.is_done(request, form, act, _("It is recorded.")):
        return redirect("programs:benefit", found.uuid)
    return _page(request, found, StepForm(benefit=found), form, status=422)


def _readable(request: HttpRequest, uuid: UUID) -> Benefit:
    access.refuse_if(policies.why_not_read_households(request.user))
    of_register = visible_benefits(request.user).filter(household__isnull=False)
    rows = with_ground_standing(of_register).select_related(
        "programme", "terms", "household", "person", "commune", "village", "recorded_by",
        "house__stage", "from_works__works", "participant__project", "employment",
        "participation__activity",
    )  # fmt: skip
    return get_object_or_404(rows, uuid=uuid)


def _why_not(request: HttpRequest, found: Benefit) -> str | None:
    return why_not_act_on_benefit(request.user, found)


def _page(
    request: HttpRequest, found: Benefit, step: StepForm, cancel: CancelForm, *, status: int = 200
) -> HttpResponse:
    may_act = _why_not(request, found) is None
    is_built = hasattr(found, "house")  # taken on, and dropped, on its own page
    may_cancel = may_act and not is_built and found.state != BenefitState.CANCELLED
    context = {
        "benefit": found,
        "movers": movers.of(request, [found]),
        "step": step if may_act and own_ways.plain_steps_of(found) else None,
        "cancel": cancel if may_cancel else None,
    }
    return render(request, "programs/benefit.html", context, status=status)


def home_of(found: Household) -> Area:
    """Where the household lives, or lived last."""
    village: Area = found.residences.select_related("village").latest("valid_from").village
    return village


def _members(found: Household) -> list[Person]:
    today = clock.today()
    rows = found.memberships.on(today).select_related("person")
    order = list(Relation.values)
    return [row.person for row in sorted(rows, key=lambda row: (order.index(row.relation), row.pk))]
