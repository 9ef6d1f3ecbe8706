"""What is to be checked again in a commune before its lists are decided."""

from dataclasses import dataclass, field

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from households import policies
from households.choices import AreaLevel
from households.choices.oddities import OddityKind, OddityReason
from households.forms.oddities import DismissForm
from households.models import Area, HouseholdCard, OddityDismissal, ReviewRound, User
from households.queries.oddities import Oddity
from households.services import oddities
from households.views import access, oddity_words, way_offers
from households.views.way_access import unit_in_round

#: Households named beside one of them; the rest are counted.
_NAMED = 12


@dataclass
class Row:
    """One of them as the page tells it."""

    oddity: Oddity
    sentence: str
    cards: list[HouseholdCard]
    dismissal: OddityDismissal | None

    @property
    def more(self) -> int:
        return len(self.oddity.households) - len(self.cards)


@dataclass
class Group:
    kind: OddityKind
    rows: list[Row] = field(default_factory=list)


def place_of(request: HttpRequest, round_pk: int, area_pk: int) -> tuple[ReviewRound, Area]:
    """403 for who sees none of the commune, 404 for one of another area."""
    round, commune = unit_in_round(request, round_pk, area_pk, AreaLevel.COMMUNE)
    access.refuse_if(policies.why_not_see_oddities(request.user, commune))
    return round, commune


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def commune_oddities(request: HttpRequest, round_pk: int, area_pk: int) -> HttpResponse:
    """Policy: why_not_see_oddities, own area only."""
    round, commune = place_of(request, round_pk, area_pk)
    form = DismissForm(request.POST if request.method == "POST" else None)
    chosen = request.POST.getlist("key")

    def act() -> str:
        number = oddities.dismiss(
            round=round,
            commune=commune,
            keys=chosen,
            reason=OddityReason(form.cleaned_data["reason"]),
            by=access.actor(request),
        )
        words = ngettext("%(count)s is looked at.", "%(count)s are looked at.", number)
        return words % {"count": number}

    if request.method == "POST" and way_offers.is_done(request, form, act, ""):
        return redirect("households:commune_oddities", round.pk, commune.pk)
    rows = rows_of(round, commune)
    shown = {
        "round": round,
        "commune": commune,
        "groups": _groups([row for row in rows if row.dismissal is None]),
        "left": sum(row.dismissal is None for row in rows),
        "looked_at": [row for row in rows if row.dismissal],
        "form": form,
        "chosen": chosen,
    }
    status = 422 if form.errors else 200
    return render(request, "households/commune_oddities.html", shown, status=status)


def rows_of(round: ReviewRound, commune: Area) -> list[Row]:
    """All of the commune. Twelve queries, whatever their number."""
    found = oddities.found_in(round, commune)
    gone = OddityDismissal.objects.filter(round=round, commune=commune)
    dismissals = {one.key: one for one in gone.select_related("dismissed_by")}
    villages = Area.objects.in_bulk([one.village_id for one in found if one.village_id])
    users = User.objects.in_bulk([one.user_id for one in found if one.user_id])
    named = {pk for one in found for pk in one.households[:_NAMED]}
    cards = HouseholdCard.objects.select_related("village").in_bulk(named)
    return [
        Row(
            one,
            oddity_words.sentence(
                one,
                village=villages[one.village_id].name if one.village_id else "",
                who=str(users[one.user_id]) if one.user_id else "",
            ),
            [cards[pk] for pk in one.households[:_NAMED] if pk in cards],
            dismissals.get(one.key),
        )
        for one in found
    ]


def _groups(rows: list[Row]) -> list[Group]:
    groups: dict[OddityKind, Group] = {}
    for row in rows:
        groups.setdefault(row.oddity.kind, Group(row.oddity.kind)).rows.append(row)
    return list(groups.values())
