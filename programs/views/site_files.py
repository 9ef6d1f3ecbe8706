"""Photos and papers of houses and works, and payments taken back."""

from uuid import UUID

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from households import policies
from households.views import access, way_offers
from programs.forms.houses import WhyForm
from programs.models import SiteFile, SitePayment
from programs.policies import why_not_record_benefit
from programs.policies.houses import readable_site_files, visible_cases, visible_works
from programs.services import site_files, site_payments


@require_safe
def site_file(request: HttpRequest, uuid: UUID) -> FileResponse:
    """The file. Policy: readable_site_files; what is not of one's area is not found."""
    return _sent(_readable(request, uuid), small=False)


@require_safe
def site_file_small(request: HttpRequest, uuid: UUID) -> FileResponse:
    """Its small picture. Policy: as site_file."""
    return _sent(_readable(request, uuid), small=True)


def _readable(request: HttpRequest, uuid: UUID) -> SiteFile:
    access.refuse_if(policies.why_not_read_households(request.user))
    found: SiteFile = get_object_or_404(readable_site_files(request.user), uuid=uuid)
    return found


def _sent(found: SiteFile, *, small: bool) -> FileResponse:
    if small and not found.is_photo:
        raise Http404
    try:
        file = site_files.opened(found, small=small)
    except FileNotFoundError as missing:
        raise Http404 from missing
    kind, ending = ("image/jpeg", "jpg") if found.is_photo else ("application/pdf", "pdf")
    name = f"povreg-{found.uuid.hex[:8]}.{ending}"
    return FileResponse(file, content_type=kind, filename=name)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def site_payment_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a payment back, with the reason. Policy: why_not_record_benefit; one of another area
    is not found."""
    access.refuse_if(policies.why_not_read_households(request.user))
    rows = SitePayment.objects.select_related(
        "case__benefit__village", "case__benefit__household", "works__village"
    )
    found = get_object_or_404(rows, pk=pk)
    if found.case:
        get_object_or_404(visible_cases(request.user), pk=found.case.pk)
        area, back = found.case.benefit.village, ("programs:housing_case", found.case.benefit.uuid)
    else:
        assert found.works is not None
        get_object_or_404(visible_works(request.user), pk=found.works.pk)
        area, back = found.works.village, ("programs:works", found.works.uuid)
    assert area is not None
    access.refuse_if(why_not_record_benefit(request.user, area))
    form = WhyForm(request.POST or None)

    def act() -> None:
        reason = form.cleaned_data["reason"]
        site_payments.take_back(payment=found, by=access.actor(request), reason=reason)

    if request.method == "POST" and way_offers.is_done(request, form, act, _("It is recorded.")):
        return redirect(*back)
    context = {"payment": found, "form": form, "back": back}
    status = 422 if form.errors else 200
    return render(request, "programs/site_payment_back.html", context, status=status)
