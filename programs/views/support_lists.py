"""Lists for bank, insurer and school: all of them, what is to be listed now in a commune, and one
with its steps."""

from decimal import Decimal
from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from households import clock, policies
from households.choices import AreaLevel
from households.forms.steps import SaysFaults
from households.models import Area
from households.views import access, way_offers
from programs.choices.support_lists import ListState
from programs.forms.keys import is_key
from programs.forms.programmes import asked_day
from programs.forms.support_lists import BeginListForm, DropForm, HandOverForm
from programs.models import Programme, SupportList
from programs.policies.support_lists import visible_lists, why_not_keep_list
from programs.queries import list_gaps, support_lists
from programs.services import list_hand_over, list_rows
from programs.services import support_lists as services
from programs.views import list_words
from programs.workflow.support_lists import RECEIVERS

_A_PAGE = 50
_ROWS_A_PAGE = 100
_MILLION = 1_000_000


@never_cache
@require_safe
def support_lists_all(request: HttpRequest) -> HttpResponse:
    """All lists of the user's communes, the newest first; ?programme=, ?state=, ?commune= narrow
    them. Policy: roles that read households, own areas. Six queries."""
    access.refuse_if(policies.why_not_read_households(request.user))
    communes = policies.visible_areas(access.actor(request), AreaLevel.COMMUNE)
    wanted = {name: request.GET.get(name, "") for name in ("programme", "state", "commune")}
    found = visible_lists(request.user)
    if wanted["programme"]:
        found = found.filter(programme__code=wanted["programme"])
    if wanted["state"] in ListState.values:
        found = found.filter(state=wanted["state"])
    if is_key(wanted["commune"]):
        found = found.filter(commune=int(wanted["commune"]))
    rows = support_lists.counted(found.select_related("programme", "commune"))
    shown = {
        "page": Paginator(rows, _A_PAGE).get_page(request.GET.get("page")),
        "wanted": wanted,
        "programmes": Programme.objects.filter(kind__in=list(RECEIVERS)),
        "states": ListState.choices,
        "communes": sorted(communes, key=lambda one: one.folded_name),
        "query": "&".join(f"{name}={value}" for name, value in wanted.items() if value),
    }
    return render(request, "programs/support_lists.html", shown)


@never_cache
@require_safe
def support_lists_due(request: HttpRequest, area_pk: int) -> HttpResponse:
    """What a commune has to list now (?on=, else today), and its lists under way. Policy: roles
    that read households of the commune."""
    commune = access.readable_commune(request, area_pk)
    on = min(asked_day(request.GET, clock.today()), clock.today())
    under_way = visible_lists(request.user).filter(commune=commune).exclude(state=ListState.DROPPED)
    shown = {
        "commune": commune,
        "on": on,
        "gaps": list_gaps.gaps([commune.inner_path], on),
        "lists": support_lists.counted(under_way.select_related("programme"))[:_A_PAGE],
        "why_not": why_not_keep_list(request.user, commune),
    }
    return render(request, "programs/support_lists_due.html", shown)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def support_list_new(request: HttpRequest, area_pk: int, code: str) -> HttpResponse:
    """Begin a list of a programme. Policy: why_not_keep_list."""
    commune = access.readable_commune(request, area_pk)
    access.refuse_if(why_not_keep_list(request.user, commune))
    listed = Programme.objects.filter(kind__in=list(RECEIVERS))
    programme = get_object_or_404(listed, code=code)
    form = BeginListForm(
        request.POST if request.method == "POST" else None,
        initial={"receiver_name": list_words.usual_receiver(programme, commune)},
    )
    made: list[SupportList] = []

    def act() -> None:
        given = form.cleaned_data
        by = access.actor(request)
        made.append(services.begin(programme=programme, commune=commune, by=by, **given))

    if request.method == "POST" and way_offers.is_done(request, form, act, _("The list is begun.")):
        if made:
            return redirect("programs:support_list", made[0].uuid)
        return redirect("programs:support_lists_due", commune.pk)
    shown = {"form": form, "commune": commune, "programme": programme}
    status = 422 if form.errors else 200
    return render(request, "programs/support_list_new.html", shown, status=status)


def readable_list(request: HttpRequest, uuid: UUID) -> SupportList:
    """403 for a role that reads no families, 404 for a list of another area."""
    access.refuse_if(policies.why_not_read_households(request.user))
    own = visible_lists(request.user).select_related("programme", "commune__parent", "opened_by")
    found: SupportList = get_object_or_404(own, uuid=uuid)
    return found


def kept_list(request: HttpRequest, uuid: UUID) -> SupportList:
    """As readable_list; 403 with the reason for who does not keep it."""
    found = readable_list(request, uuid)
    access.refuse_if(why_not_keep_list(request.user, found.commune))
    return found


@never_cache
@require_safe
def support_list(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """One list: its numbers, villages, rows, and the next step for those who keep it. Policy: a
    list of one's own communes."""
    return _page(request, readable_list(request, uuid))


@require_POST
def support_list_put_due(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Put everybody entitled and not served on it (`who`: "wishing" for those who wish it). Policy:
    why_not_keep_list."""
    found = kept_list(request, uuid)
    form = SaysFaults(request.POST)

    def act() -> str:
        only_wishing = request.POST.get("who") == "wishing"
        by = access.actor(request)
        count = list_rows.put_due(support_list=found, by=by, only_wishing=only_wishing)
        told = ngettext(
            "%(count)s row came on the list.", "%(count)s rows came on the list.", count
        )
        return told % {"count": count}

    if way_offers.is_done(request, form, act, ""):
        return redirect("programs:support_list", found.uuid)
    return _page(request, found, told=form, status=422)


@require_POST
def support_list_hand_over(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Hand it over by its signed paper. Policy: why_not_keep_list."""
    found = kept_list(request, uuid)
    form = HandOverForm(request.POST)

    def act() -> None:
        by = access.actor(request)
        list_hand_over.hand_over(support_list=found, paper=form.paper(), by=by)

    if way_offers.is_done(request, form, act, _("The list is handed over.")):
        return redirect("programs:support_list", found.uuid)
    return _page(request, found, hand_over=form, status=422)


@require_POST
def support_list_drop(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Take it back. Policy: why_not_keep_list."""
    found = kept_list(request, uuid)
    form = DropForm(request.POST)

    def act() -> None:
        reason = form.cleaned_data["reason"]
        services.drop(support_list=found, reason=reason, by=access.actor(request))

    if way_offers.is_done(request, form, act, _("The list is taken back.")):
        return redirect("programs:support_list", found.uuid)
    return _page(request, found, drop=form, status=422)


def _page(
    request: HttpRequest,
    found: SupportList,
    *,
    told: SaysFaults | None = None,
    hand_over: HandOverForm | None = None,
    drop: DropForm | None = None,
    status: int = 200,
) -> HttpResponse:
    numbers: Any = support_lists.counted(SupportList.objects.filter(pk=found.pk)).get()
    why_not = why_not_keep_list(request.user, found.commune)
    answered = numbers.decided + numbers.received + numbers.refused
    page = Paginator(support_lists.in_order(found.rows.all()), _ROWS_A_PAGE).get_page(
        request.GET.get("page")
    )
    on_page: Any = page.object_list
    shown: dict[str, Any] = {
        "list": found,
        "numbers": numbers,
        "asked_million": Decimal(numbers.asked_vnd or 0) / _MILLION,
        "is_schooling": found.school_year is not None,
        "levels": support_lists.levels(found),
        "why_not": why_not,
        "page": page,
        "rows": support_lists.listed(found, on_page, start=page.start_index()),
        "told": told,
        "hand_over": hand_over or HandOverForm(),
        "drop": drop or DropForm(),
        "may_drop": found.is_draft or (found.is_handed_over and not answered),
    }
    if found.is_draft:
        shown |= list_words.standings(found)
    elif found.is_handed_over:
        shown["villages"] = support_lists.by_village(found)
    return render(request, "programs/support_list.html", shown, status=status)


def village_of(found: SupportList, pk: int) -> Area:
    """A village of the list's commune, else 404."""
    villages = Area.objects.at(AreaLevel.VILLAGE).filter(parent=found.commune_id)
    village: Area = get_object_or_404(villages, pk=pk)
    return village
