"""A commune's list of before povreg, taken over: its decision typed, its sheet sent."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from households import policies
from households.choices.importing import ImportKind
from households.forms.taken_over import TakenOverListForm
from households.models import ImportBatch, User
from households.queries import taken_over
from households.services import list_batches
from households.views import access, way_offers


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def take_over_list(request: HttpRequest) -> HttpResponse:
    """Type the decision and send the sheet; the checked list is looked at on the import's page.
    Policy: why_not_take_over_lists, and of the commune why_not_take_over_list."""
    access.refuse_if(policies.why_not_take_over_lists(request.user))
    user = access.actor(request)
    after = _after(request, user)
    is_posted = request.method == "POST"
    given: tuple[Any, ...] = (request.POST, request.FILES) if is_posted else ()
    communes = taken_over.communes_of(user)
    asked = request.GET.get("commune", "")
    chosen = next((one.pk for one in communes if str(one.pk) == asked), None)
    form = TakenOverListForm(*given, communes=communes, after=after, chosen=chosen)
    made: list[ImportBatch] = []

    def act() -> None:
        made.append(
            list_batches.receive(
                facts=form.facts(),
                files=form.sheets(),
                pages=form.sources(),
                by=user,
                after=after,
            )
        )

    if is_posted and way_offers.is_done(request, form, act, _("The files are here.")):
        if made:
            return redirect("households:import_batch", made[0].uuid)
        return redirect("households:import_list")
    shown = {"form": form, "after": after}
    status = 422 if form.errors else 200
    return render(request, "households/take_over_list.html", shown, status=status)


def _after(request: HttpRequest, user: User) -> ImportBatch | None:
    """The earlier try that the address names; 404 for another's."""
    try:
        uuid = UUID(request.GET.get("after", ""))
    except ValueError:
        return None
    own = ImportBatch.objects.filter(sent_by=user, kind=ImportKind.LIST)
    return get_object_or_404(own, uuid=uuid)
