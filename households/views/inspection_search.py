"""A family of the inspected area found by name: who was shown is recorded first."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from households import policies
from households.folding import fold
from households.models import HouseholdCard
from households.queries import dossiers
from households.queries.household_search import name_holds
from households.services import inspections
from households.views import access
from households.views.inspections import visible_inspection

#: More than these are told and not shown: an inspection looks at families, it does not list them.
MOST_SHOWN = 20


@never_cache
@require_POST
def inspection_search(request: HttpRequest, pk: int) -> HttpResponse:
    """Families of the inspected area and years by words of a member's name, accents or not, each
    with a button that opens its file. Policy: why_not_inspect. Three queries."""
    found = visible_inspection(request, pk)
    access.refuse_if(policies.why_not_inspect(request.user, found))
    words = request.POST.get("words", "").strip()[:80]
    named = HouseholdCard.objects.under(found.area).filter(name_holds(fold(words).split()))
    cards = dossiers.reviewed(found, named).select_related("village__parent")
    shown = list(cards.order_by("folded_head_name", "pk")[: MOST_SHOWN + 1])
    more, shown = len(shown) > MOST_SHOWN, shown[:MOST_SHOWN]
    if not shown:
        told = _("No family of the inspected area and years has a member of the name “%(words)s”.")
        messages.error(request, told % {"words": words})
        return redirect("households:inspection", found.pk)
    ids = [one.pk for one in shown]
    inspections.look(inspection=found, ids=ids, what="names", by=access.actor(request))
    told_of = {"inspection": found, "words": words, "cards": shown, "more": more}
    return render(request, "households/inspection_found.html", told_of)
