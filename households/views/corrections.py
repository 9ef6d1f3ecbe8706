"""A correcting decision: households are chosen, their right class named, the signed paper kept."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from households import clock
from households.choices import AreaLevel
from households.forms.corrections import CorrectionForm
from households.models import CommuneReview, HouseholdCard
from households.queries import household_search
from households.queries.household_search import Wanted
from households.queries.list_order import Order
from households.services import corrections
from households.views import access, kept_words, way_offers
from households.views.way_access import unit_in_round

_MOST_FOUND = 10
_MOST_CHOSEN = 50


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def correction(request: HttpRequest, round_pk: int, area_pk: int) -> HttpResponse:
    """?household= names those chosen; words to look for more are posted, and answered with an
    address that holds no personal number (see kept_words). Policy: why_not_correct; a commune of
    another area is not found."""
    way = corrected_way(request, round_pk, area_pk)
    if elsewhere := kept_words.sent_on(request):
        return redirect(elsewhere)
    round, commune = way.round, way.commune
    chosen = households_chosen(request, way)
    given = (request.POST, request.FILES) if request.method == "POST" else ()
    form = CorrectionForm(*given, households=[(one.pk, one.head_name) for one in chosen])

    def act() -> str:
        decision = corrections.correct(
            way=way,
            changes=form.changes(),
            reason=form.cleaned_data["reason"],
            paper=form.paper(),
            pages=form.sources(),
            by=access.actor(request),
        )
        return _("Decision %(number)s is recorded.") % {"number": decision.number}

    if request.method == "POST" and way_offers.is_done(request, form, act, ""):
        return redirect("households:decision", round.pk, commune.pk)
    searched = kept_words.searched(request)
    shown: dict[str, Any] = {
        "round": round,
        "commune": commune,
        "chosen": chosen,
        "form": form,
        "rows": _rows(form, way, chosen),
        "searched": searched,
        "found": _found(request, searched.words, chosen, way),
        "asked_for": [str(one.pk) for one in chosen],
    }
    status = 422 if form.errors else 200
    return render(request, "households/correction.html", shown, status=status)


def corrected_way(request: HttpRequest, round_pk: int, area_pk: int) -> CommuneReview:
    """Policy: why_not_correct; a commune of another area is not found."""
    round, commune = unit_in_round(request, round_pk, area_pk, AreaLevel.COMMUNE)
    ways = CommuneReview.objects.select_related("round__province", "commune")
    way: CommuneReview | None = ways.filter(round=round, commune=commune).first()
    if way is None:
        raise PermissionDenied(_("There is no decision yet that could be corrected."))
    access.refuse_if(corrections.why_not_correct(way, access.actor(request)))
    return way


def households_chosen(request: HttpRequest, way: CommuneReview) -> list[HouseholdCard]:
    """Of the address, those that live in the commune."""
    keys = [int(one) for one in request.GET.getlist("household") if one.isdecimal()]
    own = HouseholdCard.objects.filter(
        pk__in=keys[:_MOST_CHOSEN], village__parent=way.commune, is_ended=False
    )
    return list(own.select_related("village").order_by("head_name", "pk"))


def _rows(form: CorrectionForm, way: CommuneReview, chosen: list[HouseholdCard]) -> list[Any]:
    """(card, its place on the list now, the field of its right class)."""
    changes = dict.fromkeys((one.pk for one in chosen), None)
    now = {
        one.household_id: one.period
        for one in corrections.outlook(way=way, changes=changes, decided_on=clock.today())
    }
    return [(card, now.get(card.pk), form[f"class_{card.pk}"]) for card in chosen]


def _found(
    request: HttpRequest, words: str, chosen: list[HouseholdCard], way: CommuneReview
) -> list[household_search.Row]:
    if not words:
        return []
    wanted = Wanted(words=words, commune=way.commune)
    cards = household_search.find(access.actor(request), wanted).exclude(
        pk__in=[one.pk for one in chosen]
    )
    return household_search.rows(Order().sorted(cards)[:_MOST_FOUND])
