"""Sheets that come back from the receivers of layouts: uploaded, looked at, kept, taken back."""

from collections.abc import Callable
from typing import Final
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from households import policies
from households.choices import AreaLevel
from households.choices.returns import READING_STATES, ReturnState
from households.exchange import layout_fields, returned_sheet
from households.forms.layout_returns import ReturnForm, SettleForm
from households.forms.steps import SaysFaults
from households.models import Area, LayoutReturn, ReturnedDifference, User
from households.queries import layout_returns as returns
from households.queries import output_layouts
from households.services import layout_returns, returned_differences
from households.views import access, returned_words, way_offers

_A_PAGE: Final = 50
TABS: Final = {
    "changed": gettext_lazy("Differ"),
    "not_found": gettext_lazy("Not found"),
    "in_error": gettext_lazy("Cells that cannot be read"),
    "unchanged": gettext_lazy("No difference"),
}


@never_cache
@require_safe
def return_list(request: HttpRequest) -> HttpResponse:
    """Sheets that came back, and the layouts one may be read by. Policy: why_not_read_back."""
    user = access.actor(request)
    access.refuse_if(policies.why_not_read_back(user, None))
    page = Paginator(returns.of_user(user), _A_PAGE).get_page(request.GET.get("page"))
    # Of a sheet of an area above one's own the numbers of all its rows are not told.
    rows = [(one, policies.why_not_read_back(user, one.area) is None) for one in page.object_list]
    shown = {"page": page, "rows": rows, "layouts": returns.returnable(user)}
    return render(request, "households/return_list.html", shown)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def return_new(request: HttpRequest, pk: int) -> HttpResponse:
    """Upload what came back of a layout. Policy: why_not_read_back; a layout of another province is
    not found."""
    user = access.actor(request)
    access.refuse_if(policies.why_not_read_back(user, None))
    layout = get_object_or_404(output_layouts.of_user(user), pk=pk)
    sent = (request.POST, request.FILES) if request.method == "POST" else ()
    form = ReturnForm(*sent, areas=_areas(user), initial={"receiver": layout.name})
    made: list[LayoutReturn] = []

    def act() -> None:
        wanted = form.cleaned_data
        made.append(
            layout_returns.receive(
                layout=layout,
                area=form.chosen(),
                file=wanted["sent"],
                receiver=wanted["receiver"],
                returned_on=wanted["returned_on"],
                by=user,
            )
        )

    if sent and way_offers.is_done(request, form, act, _("The sheet is here.")):
        if made:
            return redirect("households:layout_return", made[0].uuid)
        return redirect("households:return_list")
    columns = layout_fields.columns_of(layout.columns)
    shown = {
        "layout": layout,
        "form": form,
        "headings": [one.heading for one in columns],
        "why_not": returned_sheet.why_cannot_return(columns),
    }
    return render(request, "households/return_new.html", shown, status=422 if form.errors else 200)


def _areas(user: User) -> list[Area]:
    """What a sheet may be read back for: the user's own areas of provinces, districts, communes."""
    reach = policies.areas_in_reach(user).exclude(level=AreaLevel.VILLAGE)
    depth = {level: place for place, level in enumerate(AreaLevel.values)}
    own = [one for one in reach if policies.why_not_read_back(user, one) is None]
    return sorted(own, key=lambda one: depth[one.level])


def seen_of(user: User, **which: object) -> LayoutReturn:
    """403 for who reads no sheets back, 404 for one of another area."""
    access.refuse_if(policies.why_not_read_back(user, None))
    found = policies.visible_returns(user).select_related("layout", "area", "sent_by")
    returned: LayoutReturn = get_object_or_404(found, **which)
    return returned


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def layout_return(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """One sheet, its rows by ?show=; asked for by htmx while it is read, only its state. A POST
    keeps it, reads it again, takes it back. Policy: visible_returns; acts by why_not_read_back of
    its area."""
    user = access.actor(request)
    returned = seen_of(user, uuid=uuid)
    if request.method == "POST":
        return _act(request, user, returned)
    return _show(request, user, returned)


def _show(
    request: HttpRequest,
    user: User,
    returned: LayoutReturn,
    form: SaysFaults | None = None,
    status: int = 200,
) -> HttpResponse:
    counts = returns.counts(user, returned)
    asked = request.GET.get("show", "")
    show = asked if asked in TABS else next((one for one in TABS if counts[one]), "unchanged")
    page = Paginator(returns.rows(user, returned, show), _A_PAGE).get_page(request.GET.get("page"))
    shown = {
        "returned": returned,
        "form": form,
        "is_under_way": returned.state in READING_STATES,
        "counts": [(code, label, counts[code]) for code, label in TABS.items()],
        "show": show,
        "page": page,
        "rows": returned_words.told(user, returned, list(page.object_list)),
        "query": urlencode({"show": show}),
        "acts": _offered(user, returned),
        "open": returns.still_open(user, returned),
    }
    is_part = request.headers.get("HX-Request") == "true"
    template = "households/_return_state.html" if is_part else "households/layout_return.html"
    return render(request, template, shown, status=status)


def _offered(user: User, returned: LayoutReturn) -> list[tuple[str, str, bool]]:
    """What can be done now: the act, its words, whether it is what comes first."""
    if policies.why_not_read_back(user, returned.area):
        return []
    keep = ("keep", pgettext("returned sheet", "Keep it"), True)
    again = ("read_again", pgettext("returned sheet", "Read it again"), False)
    back = ("take_back", pgettext("returned sheet", "Take it back"), False)
    return {
        ReturnState.CHECKED: [keep, again, back],
        ReturnState.FAILED: [again, back],
        ReturnState.KEPT: [back],
    }.get(ReturnState(returned.state), [])


_ACTS: Final[dict[str, Callable[..., None]]] = {
    "keep": layout_returns.keep,
    "read_again": layout_returns.read_again,
    "take_back": layout_returns.take_back,
}


def _act(request: HttpRequest, user: User, returned: LayoutReturn) -> HttpResponse:
    service = _ACTS.get(request.POST.get("act", ""))
    if service is None:
        return HttpResponseBadRequest()
    form = SaysFaults(request.POST)
    if way_offers.is_done(
        request, form, lambda: service(returned=returned, by=user), _("It is recorded.")
    ):
        return redirect(request.path)
    return _show(request, user, returned, form, status=422)


@never_cache
@require_POST
def returned_difference(request: HttpRequest, pk: int) -> HttpResponse:
    """Settle one difference: act is accept, settle or dispute. Policy: why_not_change_household; a
    family of another area is not found."""
    user = access.actor(request)
    access.refuse_if(policies.why_not_read_back(user, None))
    difference = get_object_or_404(returns.difference_of(user, pk))
    household = difference.row.household
    assert household is not None
    access.refuse_if(policies.why_not_change_household(user, household))
    form = SettleForm(request.POST)
    act = request.POST.get("act", "")
    if act not in _SETTLING or not form.is_valid():
        return HttpResponseBadRequest()
    if not way_offers.is_done(
        request, form, lambda: _SETTLING[act](difference, form, user), _("It is recorded.")
    ):
        for words in form.errors.values():
            messages.error(request, "; ".join(map(str, words)))
    back = redirect("households:layout_return", difference.row.returned.uuid)
    if "show" in request.POST:
        back["Location"] += f"?{urlencode({'show': request.POST['show']})}#row-{difference.row_id}"
    return back


def _accept(difference: ReturnedDifference, form: SettleForm, user: User) -> None:
    returned_differences.accept(difference=difference, by=user)


def _settle(difference: ReturnedDifference, form: SettleForm, user: User) -> None:
    returned_differences.settle(difference=difference, note=form.cleaned_data["note"], by=user)


def _dispute(difference: ReturnedDifference, form: SettleForm, user: User) -> None:
    returned_differences.dispute(difference=difference, words=form.cleaned_data["note"], by=user)


_SETTLING: Final[dict[str, Callable[[ReturnedDifference, SettleForm, User], None]]] = {
    "accept": _accept,
    "settle": _settle,
    "dispute": _dispute,
}
