"""All the support one person got, whichever household he belonged to."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from households import clock, policies
from households.models import Membership, Person
from households.views import access
from programs.queries import received


@never_cache
@require_safe
def person_support(request: HttpRequest, pk: int) -> HttpResponse:
    """Policy: whoever reads a household the person belongs or belonged to (else 404); what he got
    in households of other areas is a number only. Some ten queries."""
    access.refuse_if(policies.why_not_read_households(request.user))
    visible = policies.visible_households(request.user)
    known = Membership.objects.filter(household__in=visible)
    found = get_object_or_404(Person, pk__in=known.values("person"), pk=pk)
    held = known.filter(person=found).select_related("household").order_by("-valid_from")
    told = received.of_person(found, visible)
    return render(
        request,
        "programs/person_support.html",
        {"person": found, "held": held, "told": told, "today": clock.today()},
    )
