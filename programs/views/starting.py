"""A commune starts: what it has, what is missing, in order; and all communes that start."""

from collections import Counter

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import urlencode
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

_A_PAGE = 20
#: What a commune is at, beside the codes of lines.
_STUCK, _ALL_THERE = "stuck", "all-there"


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
    """Communes that have decided no list in povreg yet, those that wait for the department first,
    all or those at one thing (?step=); for htmx the panel of "My work", which says nothing once all
    is there. Policy: why_not_see_starts."""
    access.refuse_if(why_not_see_starts(request.user))
    communes = list(starting_communes(request.user).select_related("parent"))
    found = _starts(request, communes)
    open_ones = [one for one in found if not one.facts.has_begun]
    rows = sorted(open_ones, key=lambda one: (not one.is_stuck, one.done))
    is_panel = bool(request.headers.get("HX-Request"))
    step = request.GET.get("step", "")
    here = [one for one in rows if step in ("", _step_of(one)[0])]
    shown = {
        "rows": rows,
        "steps": _steps(rows),
        "step": step,
        "query": urlencode({"step": step}) if step else "",
        "page": Paginator(here, _A_PAGE).get_page(request.GET.get("page")),
        "begun": len(found) - len(rows),
        "stuck": sum(one.is_stuck for one in rows),
        "to_do": [one for one in rows if one.next],
        "only": rows[0] if len(communes) == 1 and rows else None,
    }
    template = "_starts_panel.html" if is_panel else "starts.html"
    return render(request, f"programs/{template}", shown)


def _step_of(one: Start) -> tuple[str, str]:
    """What a commune is at, and its words."""
    if one.next:
        return one.next.code, one.next.title
    if one.is_stuck:
        return _STUCK, _("nothing it can do itself")
    return _ALL_THERE, _("all is there")


def _steps(rows: list[Start]) -> list[tuple[str, str, int]]:
    """What communes are at, with its words and how many are; in the order in which it is done."""
    order = [line.code for line in rows[0].lines] if rows else []
    places = {code: place for place, code in enumerate([_STUCK, *order, _ALL_THERE])}
    words = dict(_step_of(one) for one in rows)
    counts = Counter(_step_of(one)[0] for one in rows)
    return [(code, words[code], counts[code]) for code in sorted(counts, key=places.__getitem__)]
