"""The list of households on paper or as a file: as it is seen, recorded, and signed in its foot."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from households import policies
from households.choices import Purpose
from households.choices.ordered_files import OrderedForm, OrderedKind
from households.errors import Invalid
from households.forms.disclosures import DisclosureForm
from households.models import User
from households.models.cards import HouseholdCardQuerySet
from households.queries import household_search as search
from households.queries.list_order import Order
from households.services import disclosures, household_lists, ordered_files
from households.templatetags.povreg import moment
from households.views import access, file_answers, kept_words
from households.views.list_filters import places_of, wanted_of

#: More rows than these are no list on paper.
MOST_ON_PAPER = 2000


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
            if count > ordered_files.MOST_AT_ONCE and not wanted.words.strip():
                return _ordered(user, wanted, request.GET.get("sort", ""), count, foot, as_csv)
            part = household_lists.part(cards, order, count, foot)
            return file_answers.sheet("povreg-ho", part, as_csv=as_csv)
    context = {"form": form, "wanted": wanted, "count": count, "fits": fits, "most": MOST_ON_PAPER}
    status = 422 if form.errors else 200
    return render(request, "households/list_out.html", context, status=status)


def _ordered(
    user: User, wanted: search.Wanted, sort: str, count: int, foot: str, as_csv: bool
) -> HttpResponse:
    """A list that is written by a job. One that was searched by words is always given at once: no
    order keeps words."""
    form = OrderedForm.CSV if as_csv else OrderedForm.XLSX
    ordered = ordered_files.order(
        kind=OrderedKind.HOUSEHOLDS,
        form=form,
        title=_("Households"),
        file_name=f"povreg-ho.{form.lower()}",
        wanted={**household_lists.kept(wanted, sort), "foot": foot},
        rows=count,
        by=user,
    )
    return redirect("households:ordered_file", ordered.uuid)


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
