"""A commune starts: what it has, what is missing, in order; and all communes that start."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from households import clock, policies
from households.models import Area
from households.queries import starting
from households.services import complete_lists
from households.views import access, way_offers
from programs.forms.starting import CompleteFromForm
from programs.policies.starting import starting_communes, why_not_see_starts
from programs.queries import review_rules, terms_in_force
from programs.views.starting_words import Start, start_of


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def commune_start(request: HttpRequest, area_pk: int) -> HttpResponse:
    """The start page of one commune; a POST says from which year its lists are complete. Policy:
    why_not_see_starts, own area only (else 404); saying it by why_not_record_decision."""
    access.refuse_if(why_not_see_starts(request.user))
    commune = get_object_or_404(starting_communes(request.user), pk=area_pk)
    why_not = policies.why_not_record_decision(request.user, commune)
    form = None
    if request.method == "POST":
        access.refuse_if(why_not)
        form = CompleteFromForm(request.POST)
        if _is_said(request, commune, form):
            return redirect("programs:commune_start", commune.pk)
    start = _starts(request, [commune])[0]
    year = start.facts.complete_from or start.facts.unbroken_from
    shown = {
        "start": start,
        "commune": commune,
        "form": form or CompleteFromForm(initial={"year": year}),
        "why_not_say": why_not,
        "watches_all": starting_communes(request.user).count() > 1,
    }
    status = 422 if form else 200
    return render(request, "programs/commune_start.html", shown, status=status)


def _is_said(request: HttpRequest, commune: Area, form: CompleteFromForm) -> bool:
    def act() -> None:
        year = form.cleaned_data["year"]
        complete_lists.declare(commune=commune, year=year, by=access.actor(request))

    return way_offers.is_done(request, form, act, _("It is recorded."))


def _starts(request: HttpRequest, communes: list[Area]) -> list[Start]:
    """Some twenty queries, and five for each review among them, whatever the number of communes."""
    if not communes:
        return []
    facts = starting.facts_of(communes)
    programmes = terms_in_force.on(clock.today())
    rules = review_rules.on(clock.today(), communes[0])
    return [start_of(facts[one.pk], programmes, rules, request.user) for one in communes]


@require_safe
def starts(request: HttpRequest) -> HttpResponse:
    """Communes that have decided no list in povreg yet, those that wait for the department first;
    for htmx the panel of "My work", which says nothing once all is there. Policy:
    why_not_see_starts."""
    access.refuse_if(why_not_see_starts(request.user))
    communes = list(starting_communes(request.user).select_related("parent"))
    found = _starts(request, communes)
    open_ones = [one for one in found if not one.facts.has_begun]
    rows = sorted(open_ones, key=lambda one: (not one.is_stuck, one.done))
    is_panel = bool(request.headers.get("HX-Request"))
    shown = {
        "rows": rows,
        "begun": len(found) - len(rows),
        "stuck": sum(one.is_stuck for one in rows),
        "to_do": [one for one in rows if one.next],
        "only": rows[0] if len(communes) == 1 and rows else None,
    }
    template = "_starts_panel.html" if is_panel else "starts.html"
    return render(request, f"programs/{template}", shown)
