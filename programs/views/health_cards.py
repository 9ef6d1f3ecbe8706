"""Health-insurance cards of a commune: who has none, which end soon, which say another ground than
the best of the day, which belong to somebody who is gone."""

from dataclasses import dataclass

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from households import clock
from households.models import Area
from households.models.people import code_of
from households.views import access
from programs.choices import ProgrammeKind
from programs.forms.programmes import asked_day
from programs.models import Programme, ProgrammeTerms
from programs.policies.support_lists import why_not_keep_list
from programs.queries import card_checks, list_candidates
from programs.queries.card_checks import CardCheck, Checked

_A_PAGE = 100

WORDS = {
    CardCheck.WITHOUT: gettext_lazy("Entitled, without a valid card"),
    CardCheck.LAPSING: gettext_lazy("Card ends soon"),
    CardCheck.BETTER: gettext_lazy("A better ground holds now"),
    CardCheck.WORSE: gettext_lazy("A lower ground holds now"),
    CardCheck.OTHER_GROUND: gettext_lazy("Another ground, the same share"),
    CardCheck.ENDED: gettext_lazy("No ground holds any more"),
    CardCheck.UNCLEAR: gettext_lazy("Nobody can say whether a ground still holds"),
    CardCheck.GONE: gettext_lazy("Died, left or moved away"),
}


@dataclass(frozen=True)
class CardRow:
    """A line: who, what his card says, and what holds today."""

    one: Checked
    name: str
    code: str
    village: str
    said: ProgrammeTerms | None


@never_cache
@require_safe
def health_cards(request: HttpRequest, area_pk: int) -> HttpResponse:
    """On a day (?on=, else today), one of the checks at a time (?show=). Policy: roles that read
    households of the commune. Some thirty queries, however many cards."""
    commune = access.readable_commune(request, area_pk)
    cards = Programme.objects.filter(kind=ProgrammeKind.HEALTH_CARD)
    programme = get_object_or_404(cards.order_by("pk"), code=request.GET.get("programme", _CODE))
    on = min(asked_day(request.GET, clock.today()), clock.today())
    found = card_checks.of_commune(programme, commune, on)
    first = next((check for check in CardCheck if found[check]), CardCheck.WITHOUT)
    show = next((one for one in CardCheck if one.value == request.GET.get("show")), first)
    page = Paginator(found[show], _A_PAGE).get_page(request.GET.get("page"))
    shown = {
        "commune": commune,
        "programme": programme,
        "on": on,
        "checks": [(one.value, WORDS[one], len(found[one]), one is show) for one in CardCheck],
        "show": show.value,
        "query": urlencode({"show": show.value, "on": on.isoformat()}),
        "title": WORDS[show],
        "page": page,
        "rows": _rows(list(page.object_list)),
        "households": len({one.household_id for one in found[show]}),
        "why_not": why_not_keep_list(request.user, commune),
    }
    return render(request, "programs/health_cards.html", shown)


_CODE = "health_card"


def _rows(found: list[Checked]) -> list[CardRow]:
    names = list_candidates.names([(one.household_id, one.person_id) for one in found])
    villages = dict(
        Area.objects.filter(pk__in={one.village_id for one in found}).values_list("pk", "name")
    )
    said = ProgrammeTerms.objects.in_bulk(
        {one.card.terms_id for one in found if one.card and one.card.terms_id}
    )
    return [
        CardRow(
            one=one,
            name=names[one.household_id, one.person_id],
            code=code_of(one.household_id),
            village=villages.get(one.village_id or 0, ""),
            said=said.get(one.card.terms_id or 0) if one.card else None,
        )
        for one in found
    ]
