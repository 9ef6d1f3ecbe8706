"""Households offered from commune to commune, and those that moved within the province."""

import datetime as dt
from collections.abc import Callable

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from households import clock, policies
from households.choices import AreaLevel
from households.choices.transfers import TransferState
from households.errors import Refused
from households.forms.steps import SaysFaults
from households.forms.transfers import DeclineForm, TakeOverForm
from households.models import Area, HouseholdTransfer, StatusPeriod, User
from households.queries import transfers as queries
from households.services.household_acts import transfers
from households.views import access, way_offers

_A_PAGE = 50


@never_cache
@require_safe
def transfer_list(request: HttpRequest, area_pk: int) -> HttpResponse:
    """Policy: roles that read households, own area only."""
    commune = access.readable_commune(request, area_pk)
    rows = queries.of_commune(commune)
    page = Paginator(rows, _A_PAGE).get_page(request.GET.get("page"))
    shown = {
        "commune": commune,
        "page": page,
        "why_not": policies.why_not_take_over(request.user, commune),
    }
    return render(request, "households/transfer_list.html", shown)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def transfer(request: HttpRequest, pk: int) -> HttpResponse:
    """One of them, for either commune; acts by why_not_take_over. Before it is taken over the new
    commune reads no more than what is needed to know the family."""
    found = _readable(request, pk)
    if request.method != "POST":
        return _show(request, found)
    act = request.POST.get("act", "")
    if act not in _ACTS:
        refusal = policies.why_not_take_over(request.user, found.from_commune)
        access.refuse_if(refusal and policies.why_not_take_over(request.user, found.to_commune))
        return HttpResponseBadRequest()
    whose = found.from_commune if act == "withdraw" else found.to_commune
    access.refuse_if(policies.why_not_take_over(request.user, whose))
    form = _form(act, found, request)

    def do() -> None:
        _ACTS[act](found, form, access.actor(request))

    if way_offers.is_done(request, form, do, _("It is recorded.")):
        return redirect("households:transfer", found.pk)
    return _show(request, found, form, status=422)


def _readable(request: HttpRequest, pk: int) -> HouseholdTransfer:
    """403 for a role that reads no families, 404 for one between other communes."""
    access.refuse_if(policies.why_not_read_households(request.user))
    branches = policies.rights(request.user).branches(policies.READS_HOUSEHOLDS)
    communes = Area.objects.at(AreaLevel.COMMUNE).under_any(branches).values("pk")
    either = HouseholdTransfer.objects.filter(
        to_commune__in=communes
    ) | HouseholdTransfer.objects.filter(from_commune__in=communes)
    found: HouseholdTransfer = get_object_or_404(
        either.select_related(
            "household__card", "from_commune", "from_village", "to_commune", "to_village",
            "offered_by", "settled_by",
        ),
        pk=pk,
    )  # fmt: skip
    return found


def _form(act: str, found: HouseholdTransfer, request: HttpRequest | None = None) -> SaysFaults:
    given = (request.POST,) if request else ()
    if act == "accept":
        villages = Area.objects.filter(parent=found.to_commune, level=AreaLevel.VILLAGE)
        there = list(villages.on(clock.today()).order_by("folded_name"))
        return TakeOverForm(*given, villages=there, initial={"village": found.to_village_id})
    return DeclineForm(*given) if act == "decline" else SaysFaults(*given)


def _accept(found: HouseholdTransfer, form: SaysFaults, by: User) -> None:
    if not isinstance(form, TakeOverForm):
        raise Refused(_("Choose the village."))
    transfers.accept(transfer=found, village=form.chosen(), by=by)


_ACTS: dict[str, Callable[[HouseholdTransfer, SaysFaults, User], None]] = {
    "accept": _accept,
    "decline": lambda found, form, by: transfers.decline(
        transfer=found, answer=form.cleaned_data["answer"], by=by
    ),
    "withdraw": lambda found, form, by: transfers.withdraw(transfer=found, by=by),
}


def _show(
    request: HttpRequest,
    found: HouseholdTransfer,
    filled: SaysFaults | None = None,
    status: int = 200,
) -> HttpResponse:
    user = access.actor(request)
    is_open = found.state == TransferState.OFFERED
    takes = is_open and not policies.why_not_take_over(user, found.to_commune)
    period = StatusPeriod.objects.on(clock.today()).filter(
        household=found.household_id, list_owner__isnull=True
    )
    return render(
        request,
        "households/transfer.html",
        {
            "transfer": found,
            "card": found.household.card,
            "period": period.first(),
            "is_open": is_open,
            "takes": takes,
            "takes_back": is_open and not policies.why_not_take_over(user, found.from_commune),
            "is_visible": policies.visible_households(user).filter(pk=found.household_id).exists(),
            "accept_form": filled if isinstance(filled, TakeOverForm) else _form("accept", found),
            "decline_form": filled if isinstance(filled, DeclineForm) else DeclineForm(),
            "plain_faults": filled if type(filled) is SaysFaults else None,
        },
        status=status,
    )


def moved_in_year(request: HttpRequest) -> tuple[Area, int, list[queries.Moved]]:
    """The province that the user watches, the year of the address, and who moved within."""
    user = access.actor(request)
    access.refuse_if(policies.why_not_read_households(user))
    branches = policies.rights(user).branches(policies.READS_HOUSEHOLDS)
    province = Area.objects.at(AreaLevel.PROVINCE).under_any(branches).real().first()
    access.refuse_if(None if province else _("Shown to who watches the whole province."))
    assert province is not None
    this_year = clock.today().year
    asked = request.GET.get("year", "")
    year = int(asked) if asked.isdecimal() and 2000 <= int(asked) <= this_year else this_year
    return (
        province,
        year,
        queries.moved_within(province, dt.date(year, 1, 1), dt.date(year, 12, 31)),
    )


@never_cache
@require_safe
def moved_within(request: HttpRequest) -> HttpResponse:
    """Pairs that cancel in the province's table, of ?year=. Policy: roles that read households; who
    watches a whole province."""
    province, year, rows = moved_in_year(request)
    this_year = clock.today().year
    listed = [one for one in rows if one.poverty_class]
    shown = {
        "province": province,
        "year": year,
        "years": range(this_year, this_year - 5, -1),
        "rows": rows,
        "listed": len(listed),
    }
    return render(request, "households/moved_within.html", shown)
