"""Putting on record that the paper of an edition was signed."""

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from households.views import access, way_offers
from reports.forms.editions import SignatureForm
from reports.policies.editions import why_not_sign
from reports.services import signing
from reports.views.reports.edition_access import readable


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def edition_sign(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Who signed the paper, as what, when, under which number; where identities do not hold, with
    the reason. Policy: why_not_sign for the edition's area; of another's area there is none (404).
    """
    found = readable(request, pk)
    access.refuse_if(why_not_sign(request.user, found.area))
    broken = signing.broken(found)
    form, status = SignatureForm(is_broken=bool(broken)), 200
    if request.method == "POST":
        form = SignatureForm(request.POST, is_broken=bool(broken))

        def act() -> None:
            signing.sign(
                edition=found, signer=form.signer(), broken_reason=form.reason,
                by=access.actor(request),
            )  # fmt: skip

        if way_offers.is_done(request, form, act, _("The signature is recorded.")):
            return redirect("reports:edition", found.pk)
        status = 422
    shown = {
        "edition": found,
        "broken": broken,
        "form": form,
        "is_signed": hasattr(found, "signature"),
    }
    return render(request, "reports/edition_sign.html", shown, status=status)
