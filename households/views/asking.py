"""The households of a village that no list names, to be asked and ticked off."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from households import clock, policies
from households.choices import AreaLevel
from households.choices.asking import AskAnswer
from households.forms.asking import AskedForm
from households.queries import households_to_ask
from households.services import asking
from households.views import access, way_offers
from households.views.way_access import unit_in_round


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def households_asked(request: HttpRequest, round_pk: int, area_pk: int) -> HttpResponse:
    """Policy: roles that read households, own area only; ticks by who enters reviews there."""
    round, village = unit_in_round(request, round_pk, area_pk, AreaLevel.VILLAGE)
    why_not = policies.why_not_write_surveys(request.user, village) or policies.why_round_is_locked(
        round, village
    )
    form = AskedForm(request.POST if request.method == "POST" else None)
    if request.method == "POST":
        access.refuse_if(policies.why_not_write_surveys(request.user, village))
    ticked = {int(one) for one in request.POST.getlist("household") if one.isdecimal()}

    def act() -> str:
        number = asking.tick_off(
            round=round,
            village=village,
            households=ticked,
            answer=AskAnswer(form.cleaned_data["answer"]),
            asked_on=form.cleaned_data["asked_on"],
            by=access.actor(request),
        )
        words = ngettext(
            "%(count)s household is ticked off.", "%(count)s households are ticked off.", number
        )
        return words % {"count": number}

    if request.method == "POST" and way_offers.is_done(request, form, act, ""):
        return redirect("households:households_asked", round.pk, village.pk)
    rows = households_to_ask.of_villages(round, [village.pk])
    if not form.is_bound:
        form.initial["asked_on"] = clock.today()
    shown = {
        "round": round,
        "village": village,
        "rows": rows,
        "left": sum(one.answer is None for one in rows),
        "ticked": ticked,
        "form": form,
        "why_not": why_not,
    }
    status = 422 if form.errors else 200
    return render(request, "households/households_asked.html", shown, status=status)
