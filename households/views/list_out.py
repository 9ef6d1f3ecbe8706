"""The list of households on paper or as a file: as it is seen, recorded, and signed in its foot."""

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from households import policies
from households.choices import PovertyClass, Purpose
from households.errors import Invalid
from households.exchange.sheets import Cell, Head, Part
from households.forms.disclosures import DisclosureForm
from households.models import User
from households.models.cards import HouseholdCardQuerySet
from households.queries import household_search as search
from households.queries.list_order import Order, Place
from households.services import disclosures
from households.templatetags.povreg import moment
from households.views import access, file_answers, kept_words
from households.views.list_filters import places_of, wanted_of

#: More rows than these are no list on paper.
MOST_ON_PAPER = 2000
_CHUNK = 1000


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def household_list_out(request: HttpRequest) -> HttpResponseBase:
    """Asks what for, records it, and gives the list. Policy: roles that read households; only
    those of the user's own areas. The filters are those of the list's address."""
    access.refuse_if(policies.why_not_read_households(request.user))
    if elsewhere := kept_words.without_number(request):
        return redirect(elsewhere)
    user = access.actor(request)
    wanted = wanted_of(
        request.GET, places_of(user, request.GET), kept_words.searched(request).words
    )
    order = Order.read(request.GET.get("sort", ""))
    cards = search.find(user, wanted)
    count = cards.count()
    form = DisclosureForm(request.POST or None)
    fits = count <= MOST_ON_PAPER
    is_print = request.POST.get("act") == "print" and fits
    if request.method == "POST" and form.is_valid():
        try:
            purpose = Purpose(form.cleaned_data["purpose"])
            disclosures.record(
                verb=disclosures.PRINT if is_print else disclosures.DOWNLOAD,
                filters=_filters(wanted),
                count=count,
                purpose=purpose,
                note=form.cleaned_data["note"],
                by=user,
            )
        except Invalid as fault:
            form.add_error("note", str(fault.message))
        else:
            foot = foot_of(user, purpose, form.cleaned_data["note"])
            if is_print:
                return _paper(request, order.sorted(cards), wanted, foot)
            as_csv = request.POST.get("act") != "xlsx"
            return file_answers.sheet("povreg-ho", _sheet(cards, order, count, foot), as_csv=as_csv)
    context = {"form": form, "wanted": wanted, "count": count, "fits": fits, "most": MOST_ON_PAPER}
    status = 422 if form.errors else 200
    return render(request, "households/list_out.html", context, status=status)


def _filters(wanted: search.Wanted) -> dict[str, Any]:
    return {
        "class": wanted.poverty_class,
        "village": wanted.village.pk if wanted.village else None,
        "commune": wanted.commune.pk if wanted.commune else None,
        "in_round": wanted.in_round,
        "searched": bool(wanted.words.strip()),
    }


def foot_of(user: User, purpose: Purpose, note: str) -> str:
    what = f"{purpose.label}: {note}" if note else str(purpose.label)
    return _("%(who)s, %(when)s. For: %(what)s. Holds personal data; do not pass it on.") % {
        "who": user,
        "when": moment(timezone.now()),
        "what": what,
    }


def _paper(
    request: HttpRequest, cards: HouseholdCardQuerySet, wanted: search.Wanted, foot: str
) -> HttpResponse:
    rows = search.rows(cards)
    context = {"rows": rows, "wanted": wanted, "foot": foot}
    return render(request, "households/list_print.html", context)


def _sheet(cards: HouseholdCardQuerySet, order: Order, count: int, foot: str) -> Part:
    return Part(_("Households"), _heads(), _rows(cards, order), count=count, top=foot)


def _rows(cards: HouseholdCardQuerySet, order: Order) -> Iterator[list[object]]:
    """Three queries for each thousand rows, whatever their number."""
    place: Place | None = None
    while True:
        in_order = order.sorted(cards)
        found = list((order.after(in_order, place) if place else in_order)[:_CHUNK])
        for row in search.rows(found):
            yield _cells(row)
        if len(found) < _CHUNK:
            return
        place = order.place_of(found[-1])


def _heads() -> list[Head]:
    return [
        Head(pgettext("household", "Code")),
        Head(_("Head of household"), width=26),
        Head(_("Village"), width=22),
        Head(_("Commune"), width=22),
        Head(_("Members"), Cell.WHOLE, width=10),
        Head(_("Official list"), width=18),
        Head(_("Newest review"), width=18),
    ]


def _cells(row: search.Row) -> list[object]:
    village = row.village
    return [
        row.code,
        row.head_name,
        village.name if village else "",
        village.parent.name if village and village.parent else "",
        row.members or None,
        _class(row.official.poverty_class if row.official else ""),
        _class(row.provisional.poverty_class if row.provisional else ""),
    ]


def _class(code: str | None) -> str:
    return str(PovertyClass(code).label) if code else ""
