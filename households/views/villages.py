"""Adding a village to the map of one's own commune."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from households import clock, policies
from households.choices import AreaLevel, Settlement
from households.errors import Conflict, Invalid, Refused
from households.forms.villages import NewVillageForm
from households.models import Area
from households.services import areas
from households.views import access


@require_http_methods(["GET", "HEAD", "POST"])
def village_new(request: HttpRequest) -> HttpResponse:
    """A new village. Policy: commune officer, department or administrator, in their own communes
    of today's map."""
    user = access.actor(request)
    rights = policies.rights(user)
    if not rights.holds_anywhere(policies.ADDS_VILLAGES):
        access.refuse_if(
            _("Only the commune officer or the department adds villages, in their own area.")
        )
    own = Area.objects.under_any(rights.branches(policies.ADDS_VILLAGES))
    communes = list(own.at(AreaLevel.COMMUNE).on(clock.today()))
    form = NewVillageForm(request.POST or None, communes=communes)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            village = areas.add_village(
                commune=given["commune"],
                name=given["name"],
                # People lived there before povreg was told: as long as the commune is on the map.
                valid_from=given["commune"].valid_from,
                settlement=Settlement(given["settlement"]) if given["settlement"] else None,
                by=user,
            )
        except (Conflict, Invalid, Refused) as fault:
            form.add_error("name", str(fault.message))
        else:
            messages.success(request, _("%(village)s is on the map.") % {"village": village.name})
            return redirect("households:village_new")
    status = 422 if form.errors else 200
    return render(request, "households/village_new.html", {"form": form}, status=status)
