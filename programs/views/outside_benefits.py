"""Support of persons outside the register: listed, recorded by hand, taken back."""

from urllib.parse import urlencode
from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from households.choices import AreaLevel
from households.views import access, way_offers
from programs.choices import BenefitState
from programs.forms.benefit_lists import OutsideForm
from programs.forms.benefits import CancelForm
from programs.models import Benefit, Programme
from programs.policies.benefit_lists import why_not_take_in_lists
from programs.queries import benefit_lists
from programs.services import benefits, outside_benefits

_A_PAGE = 50


@never_cache
@require_safe
def outside_list(request: HttpRequest) -> HttpResponse:
    """Persons outside the register who got support in one's areas. Policy: why_not_take_in_lists;
    scoped by outside_of."""
    access.refuse_if(why_not_take_in_lists(request.user))
    programmes = list(Programme.objects.all())
    chosen = next((one for one in programmes if one.code == request.GET.get("programme")), None)
    rows = benefit_lists.outside_of(access.actor(request))
    rows = rows.filter(programme=chosen) if chosen else rows
    page = Paginator(rows.order_by("-acted_on", "-pk"), _A_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "programmes": programmes,
        "chosen": chosen,
        "query": urlencode({"programme": chosen.code}) if chosen else "",
    }
    return render(request, "programs/outside_list.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def outside_new(request: HttpRequest, code: str) -> HttpResponse:
    """Record one by hand. Policy: why_not_take_in_lists; of which place by
    why_not_record_benefit."""
    access.refuse_if(why_not_take_in_lists(request.user))
    user = access.actor(request)
    programme = get_object_or_404(Programme, code=code)
    form = OutsideForm(
        request.POST or None,
        programme=programme,
        places=benefit_lists.areas_for(user, AreaLevel.COMMUNE, AreaLevel.VILLAGE),
    )

    def act() -> None:
        typed = form.cleaned_data
        outside_benefits.record(
            programme=programme,
            place=form.places[typed["place"]],
            name=typed["name"],
            birth_year=typed["birth_year"],
            ground=typed["ground"],
            acted_on=typed["acted_on"],
            state=BenefitState(typed["state"]),
            given=form.given(),
            by=user,
        )

    if request.method == "POST" and way_offers.is_done(request, form, act, _("It is recorded.")):
        return redirect("programs:outside_list")
    context = {"form": form, "programme": programme}
    status = 422 if form.errors else 200
    return render(request, "programs/outside_new.html", context, status=status)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def outside_benefit(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """One of them; a POST takes back what was recorded by mistake. Policy: outside_of;
    why_not_record_benefit."""
    access.refuse_if(why_not_take_in_lists(request.user))
    found: Benefit = get_object_or_404(benefit_lists.outside_of(access.actor(request)), uuid=uuid)
    form = CancelForm(request.POST or None)

    def act() -> None:
        reason = form.cleaned_data["reason"]
        benefits.cancel(benefit=found, by=access.actor(request), reason=reason)

    if request.method == "POST" and way_offers.is_done(request, form, act, _("It is recorded.")):
        return redirect("programs:outside_list")
    may_cancel = found.state != BenefitState.CANCELLED
    context = {"benefit": found, "cancel": form if may_cancel else None}
    status = 422 if form.errors else 200
    return render(request, "programs/outside_benefit.html", context, status=status)
