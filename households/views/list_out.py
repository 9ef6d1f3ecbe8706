"""The list of households on paper or as a file: as it is seen, recorded, and signed in its foot."""

import csv
from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from households import policies
from households.choices import PovertyClass, Purpose
from households.errors import Invalid
from households.forms.disclosures import DisclosureForm
from households.models import User
from households.models.cards import HouseholdCardQuerySet
from households.queries import household_search as search
from households.queries.list_order import Order, Place
from households.services import disclosures
from households.templatetags.povreg import moment
from households.views import access
from households.views.list_filters import places_of, wanted_of

#: More rows than these are no list on paper.
MOST_ON_PAPER = 2000
_CHUNK = 1000
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def household_list_out(request: HttpRequest) -> HttpResponseBase:
    """Asks what for, records it, and gives the list. Policy: roles that read households; only
    those of the user's own areas. The filters are those of the list's address."""
    access.refuse_if(policies.why_not_read_households(request.user))
    user = access.actor(request)
    wanted = wanted_of(request.GET, places_of(user, request.GET))
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
            return _file(cards, order, foot)
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


def _file(cards: HouseholdCardQuerySet, order: Order, foot: str) -> StreamingHttpResponse:
    answer = StreamingHttpResponse(
        _lines(cards, order, foot), content_type="text/csv; charset=utf-8"
    )
    answer["Content-Disposition"] = 'attachment; filename="povreg-ho.csv"'
    return answer


class _Echo:
    """A file that gives back what is written to it."""

    def write(self, text: str) -> str:
        return text


def _lines(cards: HouseholdCardQuerySet, order: Order, foot: str) -> Iterator[str]:
    """UTF-8 with its mark and semicolons, as Excel in Vietnamese reads it; three queries for each
    thousand rows, whatever their number."""
    writer = csv.writer(_Echo(), delimiter=";", lineterminator="\r\n")
    yield "\ufeff" + _written(writer, _heads())
    place: Place | None = None
    while True:
        in_order = order.sorted(cards)
        found = list((order.after(in_order, place) if place else in_order)[:_CHUNK])
        rows = search.rows(found)
        for row in rows:
            yield _written(writer, _cells(row))
        if len(rows) < _CHUNK:
            break
        place = order.place_of(found[-1])
    yield _written(writer, [foot])


def _written(writer: Any, cells: list[str]) -> str:
    """A line; what a sheet would run as a formula is made text."""
    safe = [f"'{cell}" if cell.startswith(_FORMULA) else cell for cell in cells]
    line: str = writer.writerow(safe)
    return line


def _heads() -> list[str]:
    return [
        pgettext("household", "Code"),
        _("Head of household"),
        _("Village"),
        _("Commune"),
        _("Members"),
        _("Official list"),
        _("Newest review"),
    ]


def _cells(row: search.Row) -> list[str]:
    village = row.village
    return [
        row.code,
        row.head_name,
        village.name if village else "",
        village.parent.name if village and village.parent else "",
        str(row.members or ""),
        _class(row.official.poverty_class if row.official else ""),
        _class(row.provisional.poverty_class if row.provisional else ""),
    ]


def _class(code: str | None) -> str:
    return str(PovertyClass(code).label) if code else ""
