"""Lists of houses: the figures of communes, the houses of one, the meeting of a village."""

from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from households import clock, policies
from households.choices import AreaLevel
from households.models import Area
from households.policies.roles import READS_HOUSEHOLDS
from households.views import access, way_offers
from programs.forms.houses import HousingMeetingForm, SiteFilesForm
from programs.forms.programmes import asked_day
from programs.models import HousingCriterion, HousingMeeting, HousingStage, Programme
from programs.policies import why_not_record_benefit
from programs.policies.activities import visible_benefits
from programs.policies.houses import visible_cases, visible_meetings
from programs.queries import house_needs as need_queries
from programs.queries import houses as queries
from programs.services import house_needs, site_files

PROGRAMME = "housing"
_A_PAGE = 50


@never_cache
@require_safe
def housing_board(request: HttpRequest) -> HttpResponse:
    """Communes with their houses, money and lateness. Policy: why_not_read_households,
    visible_cases."""
    access.refuse_if(policies.why_not_read_households(request.user))
    today = clock.today()
    branches = policies.rights(request.user).branches(READS_HOUSEHOLDS)
    found = queries.board(visible_cases(request.user), visible_benefits(request.user), today)
    there = {row.commune.pk for row in found}
    communes = Area.objects.at(AreaLevel.COMMUNE).under_any(branches)
    others = communes.on(today).real().exclude(pk__in=there).order_by("folded_name")
    context = {
        "rows": found,
        "others": others,
        # Who works in one village opens houses, not the commune's list.
        "opens": set(communes.filter(pk__in=there).values_list("pk", flat=True)),
        "total": queries.total(found),
        "stages": HousingStage.objects.all(),
        "today": today,
    }
    return render(request, "programs/houses_board.html", context)


@never_cache
@require_safe
def housing_list(request: HttpRequest, pk: int) -> HttpResponse:
    """The houses of a commune; ?village= and ?stage= (a step's code, late) narrow them. Policy:
    readable_commune."""
    commune = access.readable_commune(request, pk)
    today = clock.today()
    everything = queries.rows(cases_of(request, commune), today)
    found = narrowed(request, everything)
    villages = Area.objects.under(commune).at(AreaLevel.VILLAGE).on(today)
    sums = queries.sums_of(everything)
    plain = queries.without_steps(visible_benefits(request.user)).filter(commune=commune)
    sums.without_steps = plain.count()
    chosen = {name: request.GET.get(name, "") for name in ("stage", "village")}
    if chosen["village"].isdecimal():
        plain = plain.filter(village=int(chosen["village"]))
    without_steps = Paginator(plain.select_related("household__card", "village"), _A_PAGE)
    stages = list(HousingStage.objects.all())
    context = {
        "commune": commune,
        "rows": found,
        "without_steps": without_steps.get_page(request.GET.get("page")),
        "query": urlencode(chosen),
        "sums": sums,
        "stages": [(one, sums.by_stage.get(one.code, 0)) for one in stages],
        **chosen,
        "villages": villages.order_by("folded_name"),
        "criteria": {one.code: one.name for one in HousingCriterion.objects.all()},
        "records": why_not_record_benefit(request.user, commune) is None,
        "today": today,
    }
    return render(request, "programs/houses_list.html", context)


def cases_of(request: HttpRequest, commune: Area) -> Any:
    """The houses that a commune gives, as far as the user may see them."""
    return visible_cases(request.user).filter(benefit__commune=commune)


def narrowed(request: HttpRequest, found: list[queries.HouseRow]) -> list[queries.HouseRow]:
    stage, village = request.GET.get("stage", ""), request.GET.get("village", "")
    if stage == "late":
        found = [row for row in found if row.late_days]
    elif stage:
        found = [row for row in found if row.case.stage.code == stage and not row.is_void]
    if village:
        found = [row for row in found if str(row.case.benefit.village_id) == village]
    return found


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def housing_meeting_new(request: HttpRequest, pk: int) -> HttpResponse:
    """The list of a village's meeting as one grid (?held_on=: whoever was poor or near-poor on this
    day). Policy: why_not_record_benefit; a village of another area is not found."""
    village = readable_village(request, pk)
    access.refuse_if(why_not_record_benefit(request.user, village))
    programme = get_object_or_404(Programme, code=PROGRAMME)
    typed = request.POST if request.method == "POST" else request.GET
    on = asked_day({"on": typed.get("held_on", "")}, clock.today())
    candidates = need_queries.of_village(programme, village, on)
    form = HousingMeetingForm(
        *((request.POST, request.FILES) if request.method == "POST" else ()),
        candidates=candidates,
        criteria=list(HousingCriterion.objects.all()),
        initial={"held_on": on},
    )
    made: list[HousingMeeting] = []

    def act() -> None:
        made.append(
            house_needs.record(
                programme=programme, village=village, held=form.held(), needs=form.needs(),
                by=access.actor(request),
            )
        )  # fmt: skip

    if request.method == "POST" and way_offers.is_done(request, form, act, _("It is recorded.")):
        if made:
            return redirect("programs:housing_meeting", made[0].uuid)
        return redirect("programs:housing_list", village.parent_id)
    context = {
        "village": village,
        "form": form,
        "have": [one for one in candidates if one.has],
        "on": on,
    }
    status = 422 if form.errors else 200
    return render(request, "programs/house_meeting_new.html", context, status=status)


def readable_village(request: HttpRequest, pk: int) -> Area:
    """403 for a role that reads no families, 404 for a village of another area."""
    access.refuse_if(policies.why_not_read_households(request.user))
    branches = policies.rights(request.user).branches(READS_HOUSEHOLDS)
    own = Area.objects.at(AreaLevel.VILLAGE).under_any(branches).select_related("parent")
    found: Area = get_object_or_404(own, pk=pk)
    return found


@never_cache
@require_safe
def housing_meeting(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """One meeting with its list in order and its minutes. Policy: visible_meetings."""
    return _meeting_page(request, visible_meeting(request, uuid), SiteFilesForm(papers=True))


def visible_meeting(request: HttpRequest, uuid: UUID) -> HousingMeeting:
    access.refuse_if(policies.why_not_read_households(request.user))
    own = visible_meetings(request.user).select_related("village__parent", "recorded_by")
    found: HousingMeeting = get_object_or_404(own, uuid=uuid)
    return found


def _meeting_page(
    request: HttpRequest, found: HousingMeeting, form: SiteFilesForm, *, status: int = 200
) -> HttpResponse:
    own = visible_cases(request.user).filter(meeting=found)
    context = {
        "meeting": found,
        "rows": sorted(queries.rows(own, clock.today()), key=lambda row: row.case.priority),
        "criteria": {one.code: one.name for one in HousingCriterion.objects.all()},
        "files": found.files.all(),
        "form": form if why_not_record_benefit(request.user, found.village) is None else None,
    }
    return render(request, "programs/house_meeting.html", context, status=status)


@require_POST
def housing_meeting_file(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Keep pages of the minutes. Policy: why_not_record_benefit."""
    found = visible_meeting(request, uuid)
    access.refuse_if(why_not_record_benefit(request.user, found.village))
    form = SiteFilesForm(request.POST, request.FILES, papers=True)

    def act() -> None:
        site_files.add(meeting=found, sources=form.sources(), by=access.actor(request))

    if way_offers.is_done(request, form, act, _("The file is kept.")):
        return redirect("programs:housing_meeting", found.uuid)
    return _meeting_page(request, found, form, status=422)
