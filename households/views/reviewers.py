"""Which reviewer reviews which village: the whole commune on one page."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from households import policies
from households.choices import Role
from households.forms.steps import SaysFaults
from households.queries import reviewers as queries
from households.services import reviewers
from households.views import access, way_offers


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def commune_reviewers(request: HttpRequest, area_pk: int) -> HttpResponse:
    """Policy: why_not_give_role of reviewers, own commune only."""
    commune = access.readable_commune(request, area_pk)
    access.refuse_if(policies.why_not_give_role(request.user, Role.REVIEWER, commune))
    form = SaysFaults(request.POST if request.method == "POST" else None)
    staff = queries.of_commune(commune)

    def act() -> str:
        wanted = {
            one.village.pk: {
                int(pk) for pk in request.POST.getlist(f"v-{one.village.pk}") if pk.isdecimal()
            }
            for one in staff.villages
        }
        number = reviewers.assign(commune=commune, wanted=wanted, by=access.actor(request))
        if not number:
            return _("Nothing was changed.")
        words = ngettext(
            "%(count)s assignment is changed.", "%(count)s assignments are changed.", number
        )
        return words % {"count": number}

    if request.method == "POST" and way_offers.is_done(request, form, act, ""):
        return redirect("households:commune_reviewers", commune.pk)
    shown = {"commune": commune, "staff": staff, "form": form}
    status = 422 if form.errors else 200
    return render(request, "households/commune_reviewers.html", shown, status=status)
