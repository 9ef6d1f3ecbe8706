"""Lists of support: sent, checked by a job, looked at, recorded once, taken back."""

from collections.abc import Callable
from decimal import Decimal
from typing import Final
from urllib.parse import urlencode
from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from households.choices import AreaLevel
from households.forms.steps import SaysFaults
from households.models import User
from households.views import access, way_offers
from programs.choices.benefit_lists import UNDER_WAY, ListState, RowOutcome
from programs.forms.benefit_lists import ListColumnsForm, ListForm
from programs.models import BenefitList, Programme
from programs.policies.benefit_lists import (
    sees_whole_list,
    why_not_read_lists,
    why_not_take_in_list,
    why_not_take_in_lists,
)
from programs.queries import benefit_lists
from programs.services.benefit_lists import batches, columns
from programs.views import benefit_list_words

_A_PAGE: Final = 50
_O = RowOutcome
#: What a page shows together, in the order in which somebody has to look.
TABS: Final[dict[str, tuple[RowOutcome, ...]]] = {
    "refused": (_O.REFUSED,),
    "ambiguous": (_O.AMBIGUOUS,),
    "unmatched": (_O.UNMATCHED,),
    "new": (_O.NEW, _O.STEP),
    "outside": (_O.OUTSIDE,),
    "same": (_O.SAME,),
    "settled": (_O.SETTLED, _O.SET_ASIDE),
}


@never_cache
@require_safe
def list_list(request: HttpRequest) -> HttpResponse:
    """Lists of one's areas, and those of areas above that name somebody of them. Policy:
    why_not_read_lists; visible_benefit_lists."""
    access.refuse_if(why_not_read_lists(request.user))
    user = access.actor(request)
    found = benefit_lists.of_user(user).exclude(state=ListState.DISCARDED)
    page = Paginator(found, _A_PAGE).get_page(request.GET.get("page"))
    numbers = benefit_lists.numbers_of(user, list(page.object_list))
    context = {
        "page": page,
        "rows": [(one, numbers.get(one.pk)) for one in page.object_list],
        "are_parts": any(not one.is_whole for one in numbers.values()),
        "may_take_in": why_not_take_in_lists(user) is None,
    }
    return render(request, "programs/benefit_lists.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def list_new(request: HttpRequest) -> HttpResponse:
    """Send a list. Policy: why_not_take_in_lists; of which area by why_not_take_in_list."""
    access.refuse_if(why_not_take_in_lists(request.user))
    user = access.actor(request)
    levels = (AreaLevel.PROVINCE, AreaLevel.DISTRICT, AreaLevel.COMMUNE)
    sent = (request.POST, request.FILES) if request.method == "POST" else ()
    form = ListForm(
        *sent, programmes=list(Programme.objects.all()),
        areas=benefit_lists.areas_for(user, *levels),
        initial={"programme": request.GET.get("programme")},
    )  # fmt: skip
    made: list[BenefitList] = []

    def act() -> None:
        made.append(batches.receive(facts=form.facts(), file=form.cleaned_data["sent"], by=user))

    if sent and way_offers.is_done(request, form, act, _("The list is here.")):
        if made:
            return redirect("programs:benefit_list", made[0].uuid)
        return redirect("programs:benefit_lists")
    status = 422 if form.errors else 200
    return render(request, "programs/benefit_list_new.html", {"form": form}, status=status)


def seen(request: HttpRequest, uuid: UUID) -> BenefitList:
    """403 for who reads no lists, 404 for one that names nobody of the user's area."""
    access.refuse_if(why_not_read_lists(request.user))
    found: BenefitList = get_object_or_404(benefit_lists.of_user(access.actor(request)), uuid=uuid)
    return found


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def benefit_list(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """One list, its rows by ?show=; asked for by htmx while a job is at it, only its state. A POST
    has it recorded, read again, taken back, thrown away. Policy: visible_benefit_lists and
    visible_list_rows; acts are of who sent it, and refused to others of its area by the service."""
    listed = seen(request, uuid)
    if request.method == "POST":
        access.refuse_if(why_not_take_in_list(request.user, listed.area))
        return _act(request, listed)
    return _show(request, listed)


def _show(
    request: HttpRequest, listed: BenefitList, form: SaysFaults | None = None, status: int = 200
) -> HttpResponse:
    user = access.actor(request)
    counts = benefit_lists.counts_of(user, listed)
    tabs = [
        (code, _O(outcomes[0]).label, sum(counts[one] for one in outcomes))
        for code, outcomes in TABS.items()
    ]
    asked = request.GET.get("show", "")
    show = asked if asked in TABS else next((code for code, __, number in tabs if number), "new")
    rows = benefit_lists.rows_of(user, listed, TABS[show])
    page = Paginator(rows, _A_PAGE).get_page(request.GET.get("page"))
    is_own = listed.sent_by_id == user.pk
    is_under_way = listed.state in UNDER_WAY
    numbers = benefit_lists.numbers_of(user, [listed]).get(listed.pk)
    context = {
        "numbers": numbers,
        "is_whole": sees_whole_list(user, listed),
        "listed": listed,
        "form": form,
        "is_under_way": is_under_way,
        "amount_million": round(Decimal(numbers.amount_vnd if numbers else 0) / 1_000_000, 1),
        "rows_read": batches.rows_read(listed) if is_under_way else 0,
        "tabs": tabs,
        "show": show,
        "page": page,
        "rows": benefit_list_words.shown(user, listed, list(page.object_list)),
        "query": urlencode({"show": show}),
        "acts": _offered(listed) if is_own else [],
        "may_choose": is_own and listed.state in (ListState.CHECKED, ListState.FAILED)
        and bool(listed.reading),
    }  # fmt: skip
    is_part = request.headers.get("HX-Request") == "true"
    template = "programs/_benefit_list_state.html" if is_part else "programs/benefit_list.html"
    return render(request, template, context, status=status)


def _offered(listed: BenefitList) -> list[tuple[str, str, bool]]:
    """What can be done now: the act, its words, whether it is what comes first."""
    again = ("again", pgettext("benefit list", "Check it again"), False)
    discard = ("discard", pgettext("benefit list", "Throw it away"), False)
    if listed.state == ListState.FAILED:
        return [again, discard]
    if listed.state == ListState.WRITTEN:
        return [("undo", pgettext("benefit list", "Take the whole list back"), False)]
    if listed.state != ListState.CHECKED:
        return []
    offered = [again, discard]
    if not listed.takes_outside and listed.counts.get(_O.UNMATCHED):
        words = _("Check it again, taking whom nobody knows as persons outside the register")
        offered.insert(0, ("outside", words, False))
    if listed.counts.get("times"):
        if listed.counts.get("in_error"):
            first = ("record_good", pgettext("benefit list", "Record the good rows only"), False)
        else:
            first = ("record", pgettext("benefit list", "Record the list"), True)
        offered.insert(0, first)
    return offered


_ACTS: Final[dict[str, Callable[[BenefitList, User], None]]] = {
    "record": lambda listed, by: batches.confirm(listed=listed, by=by),
    "record_good": lambda listed, by: batches.confirm(listed=listed, by=by, good_only=True),
    "again": lambda listed, by: batches.check_again(listed=listed, by=by),
    "outside": lambda listed, by: batches.check_again(listed=listed, by=by, takes_outside=True),
    "undo": lambda listed, by: batches.ask_to_undo(listed=listed, by=by),
    "discard": lambda listed, by: batches.discard(listed=listed, by=by),
}


def _act(request: HttpRequest, listed: BenefitList) -> HttpResponse:
    name = request.POST.get("act", "")
    if name not in _ACTS:
        return HttpResponseBadRequest()
    form = SaysFaults(request.POST)
    by = access.actor(request)
    if way_offers.is_done(request, form, lambda: _ACTS[name](listed, by), _("It is recorded.")):
        if name == "discard":
            return redirect("programs:benefit_lists")
        return redirect("programs:benefit_list", listed.uuid)
    return _show(request, listed, form, status=422)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def list_columns(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """What the columns of the sheet mean, chosen by its sender. Policy: one's own list."""
    listed = seen(request, uuid)
    is_own = listed.sent_by_id == access.actor(request).pk
    access.refuse_if(None if is_own else _("Only who sent the list chooses its columns."))
    if not listed.reading:
        return redirect("programs:benefit_list", listed.uuid)
    form = ListColumnsForm(request.POST or None, reading=listed.reading)

    def act() -> None:
        columns.choose(listed=listed, columns=form.columns(), by=access.actor(request))

    if request.method == "POST" and way_offers.is_done(
        request, form, act, _("The list is read with these columns.")
    ):
        return redirect("programs:benefit_list", listed.uuid)
    context = {"form": form, "listed": listed}
    status = 422 if form.errors else 200
    return render(request, "programs/benefit_list_columns.html", context, status=status)
