"""One production project: opened, corrected, read with all that belongs to it, taken on."""

import datetime as dt
from collections import Counter
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from households import clock, policies
from households.models import Area
from households.views import access, way_offers
from programs.choices.projects import ParticipantStanding, SupportArea
from programs.forms.project_acts import ActForm
from programs.forms.projects import PlanForm, initial_of
from programs.models import (
    ProcedureStep,
    Project,
    ProjectParticipant,
    ProjectProcedure,
    ProjectStep,
)
from programs.policies.projects import (
    communes_of_province,
    keeping_communes,
    visible_projects,
    why_not_keep_project,
    why_not_open_projects,
)
from programs.queries import (
    approved_support,
    evaluations,
    project_labour,
    project_progress,
    project_support,
)
from programs.queries.approved_support import ApprovedAbove
from programs.queries.project_progress import Standing
from programs.services import projects
from programs.views import money_scope, project_timeline, project_words
from programs.views.offered import Offered
from programs.views.project_acts import ACTS, done_words, form_of, missing_papers


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def project_new(request: HttpRequest) -> HttpResponse:
    """Open one. Policy: why_not_open_projects, in the communes of why_not_keep_project."""
    access.refuse_if(why_not_open_projects(request.user))
    procedures = ProjectProcedure.objects.order_by("is_simplified", "owner_kind")
    form = PlanForm(
        request.POST or None, communes=_communes(request), reachable=_reachable(request),
        procedures=list(procedures), initial={"year": clock.today().year},
    )  # fmt: skip
    opened: list[Project] = []

    def act() -> None:
        opened.append(
            projects.open_project(
                commune=form.communes[form.cleaned_data["commune"]],
                procedure=form.procedures[form.cleaned_data["procedure"]],
                plan=form.plan(),
                other_communes=form.chosen_communes(),
                by=access.actor(request),
            )
        )

    if request.method == "POST" and way_offers.is_done(request, form, act, _("It is recorded.")):
        if opened:
            return redirect("programs:project", opened[0].uuid)
        return redirect("programs:project_board")
    status = 422 if form.errors else 200
    return render(request, "programs/project_form.html", {"form": form}, status=status)


def _communes(request: HttpRequest) -> list[Area]:
    return _on_todays_map(keeping_communes(request.user))


def _reachable(request: HttpRequest) -> list[Area]:
    """All communes of the user's province: a value chain does not end at a border."""
    return _on_todays_map(communes_of_province(request.user))


def _on_todays_map(communes: QuerySet[Area]) -> list[Area]:
    today = Area.objects.on(clock.today()).values("pk")
    found = communes.filter(pk__in=today).select_related("parent")
    return list(found.order_by("folded_name", "pk"))


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def project_edit(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Correct what was planned. Policy: why_not_keep_project."""
    found = readable_project(request, uuid)
    access.refuse_if(why_not_keep_project(request.user, found.commune))
    form = PlanForm(
        request.POST or None, communes=(), reachable=_reachable(request), initial=initial_of(found)
    )

    def act() -> None:
        projects.change(
            project=found, plan=form.plan(), other_communes=form.chosen_communes(),
            by=access.actor(request),
        )  # fmt: skip

    if request.method == "POST" and way_offers.is_done(request, form, act, done_words()):
        return redirect("programs:project", found.uuid)
    status = 422 if form.errors else 200
    shown = {"form": form, "project": found}
    return render(request, "programs/project_form.html", shown, status=status)


@never_cache
@require_safe
def project(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """One with its steps, families, money and results. Policy: the projects of one's areas (else
    404); families only of one's own areas by name."""
    return _page(request, readable_project(request, uuid))


@require_POST
def project_act(request: HttpRequest, uuid: UUID, act: str) -> HttpResponse:
    """Record one of ACTS. Policy: why_not_keep_project."""
    found = readable_project(request, uuid)
    access.refuse_if(why_not_keep_project(request.user, found.commune))
    if act not in ACTS:
        raise Http404
    standing = project_progress.of_project(found, clock.today())
    form = form_of(act, standing, request.POST)
    user = access.actor(request)
    if way_offers.is_done(request, form, lambda: ACTS[act].run(form, user), done_words()):
        return redirect("programs:project", found.uuid)
    return _page(request, found, act, form, status=422)


def readable_project(request: HttpRequest, uuid: UUID) -> Project:
    """403 for a role that reads no families, 404 for a project of another area."""
    access.refuse_if(policies.why_not_read_households(request.user))
    rows = visible_projects(request.user).select_related(
        "programme", "procedure", "commune__parent", "recorded_by"
    )
    found: Project = get_object_or_404(rows, uuid=uuid)
    return found


@dataclass(frozen=True)
class StepRow:
    """A step of the procedure with the stays in it, the days over its norm, and missing papers."""

    step: ProcedureStep
    stays: list[ProjectStep]
    days: int
    over: int
    missing: list[str]
    is_now: bool


def _page(
    request: HttpRequest,
    found: Project,
    typed_act: str = "",
    typed: ActForm | None = None,
    *,
    status: int = 200,
) -> HttpResponse:
    today = clock.today()
    standing = project_progress.of_project(found, today)
    may_keep = why_not_keep_project(request.user, found.commune) is None
    scale = project_timeline.scale([standing], today)
    return render(
        request,
        "programs/project.html",
        {
            "project": found,
            "standing": standing,
            "today": today,
            "status": project_words.status(standing),
            "waits": project_words.waits(standing),
            "forecast": project_words.forecast(standing),
            "scale": scale,
            "width": project_timeline.WIDTH,
            "line": project_timeline.line(standing, scale),
            "steps": _step_rows(standing, today),
            "may_keep": may_keep,
            "apart": project_labour.without_labour([found.pk], today),
            "acts": _offered(standing, typed_act, typed) if may_keep else {},
            "others_reached": found.other_communes.all(),
            "payments": found.payments.select_related("recorded_by"),
            "cycles": found.cycles.all(),
            "evaluations": evaluations.of_project(found, standing.progress.kept_known_from, today),
            "above": _above_committed(request, found),
            **_support(found, standing),
            **_families(request, found),
        },
        status=status,
    )


def _offered(standing: Standing, typed_act: str, typed: ActForm | None) -> dict[str, Offered]:
    uuid = standing.project.uuid
    return {
        name.replace("-", "_"): Offered(
            name, act.title, typed if typed and name == typed_act else form_of(name, standing),
            reverse("programs:project_act", args=[uuid, name]), name == typed_act,
        )
        for name, act in ACTS.items()
        if act.is_offered(standing) or name == typed_act
    }  # fmt: skip


def _step_rows(standing: Standing, today: dt.date) -> list[StepRow]:
    project = standing.project
    stays = list(project.stays.select_related("step", "recorded_by").order_by("pk"))
    rows = []
    for number, step in standing.steps.items():
        own = [one for one in stays if one.step.number == number]
        days = sum(((one.left_on or today) - one.entered_on).days for one in own)
        left = [one for one in own if one.left_on]
        rows.append(
            StepRow(
                step, own, days, max(0, days - step.norm_days),
                missing_papers(left[-1]) if left else [], standing.progress.at == number,
            )
        )  # fmt: skip
    return rows


def _above_committed(request: HttpRequest, found: Project) -> list[ApprovedAbove]:
    """Of the nearest unit with money whose money the user reads; nothing for who reads none."""
    units = money_scope.units_upwards(request.user, found.commune)
    one = approved_support.above_committed_of(found, units, clock.today())
    return [one] if one else []


def _support(found: Project, standing: Standing) -> dict[str, Any]:
    """The share of the cost that the state bears against the ceiling of the area."""
    area = project_support.support_area(found.commune, found.season_deadline)
    cost = found.cost_vnd
    return {
        "support_area": SupportArea(area).label,
        "ceiling": found.procedure.ceilings_percent.get(area),
        "borne_percent": round(100 * found.planned_vnd / cost) if cost else None,
        "asked_percent": found.procedure.target_share_percent,
    }


def _families(request: HttpRequest, found: Project) -> dict[str, Any]:
    """Those of the user's own areas by name; the others only as a number."""
    part = ProjectParticipant.objects.filter(project=found)
    own = part.filter(household__in=policies.visible_households(request.user))
    rows = list(
        own.select_related("household__card__village", "benefit__terms").order_by(
            "household__card__village__folded_name", "household__card__folded_head_name"
        )
    )
    taking_part = [ParticipantStanding.TARGET, ParticipantStanding.OTHER]
    grounds = Counter(
        part.filter(standing=ParticipantStanding.TARGET).values_list(
            "benefit__terms__name_vi", "benefit__terms__name_en"
        )
    )
    return {
        "families": [one for one in rows if one.standing in taking_part],
        "gone": [one for one in rows if one.standing not in taking_part],
        "elsewhere": part.filter(standing__in=taking_part).count()
        - sum(one.standing in taking_part for one in rows),
        "grounds": project_support.grounds_in_words(grounds),
    }
