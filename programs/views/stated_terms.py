"""The department states what a ground gives from a day on."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from households.errors import Conflict, Invalid
from households.views import access, way_offers
from programs import policies
from programs.appraisal.document import GIVES
from programs.forms.stated_terms import StateTermsForm
from programs.models import ProgrammeTerms
from programs.services import stated_terms
from programs.views import ground_words


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def state_terms(request: HttpRequest, pk: int) -> HttpResponse:
    """New terms of a ground, in place of those before or as a province's own. Policy:
    why_not_confirm_terms, why_not_state_terms."""
    like = get_object_or_404(ProgrammeTerms.objects.select_related("programme", "owner"), pk=pk)
    access.refuse_if(policies.why_not_confirm_terms(request.user, like))
    form = StateTermsForm(
        *((request.POST,) if request.method == "POST" else ()),
        like=like,
        in_use=_in_use(like),
        provinces=list(policies.stating_provinces(request.user)),
    )

    def act() -> None:
        try:
            stated_terms.state_terms(
                like=like, stated=form.stated(), owner=form.owner_of(), by=access.actor(request)
            )
        except Conflict as clash:
            # Said at the form, so that what was typed is not lost.
            raise Invalid(str(clash.message)) from clash

    if request.method == "POST" and way_offers.is_done(request, form, act, _("It is recorded.")):
        return redirect("programs:programme", like.programme.code)
    context = {"like": like, "form": form, "gives": ground_words.gives(like)}
    status = 422 if form.errors else 200
    return render(request, "programs/stated_terms.html", context, status=status)


def _in_use(like: ProgrammeTerms) -> set[str]:
    """The numbers that any terms of the programme state."""
    rows = ProgrammeTerms.objects.filter(programme=like.programme_id).values(*GIVES)
    return {name for row in rows for name, value in row.items() if value is not None}
