"""The board of production projects, its sheet, and how many reached which step on a day."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from households import clock, policies
from households.exchange.sheets import Cell, Head, Part
from households.folding import fold
from households.models import Area, AreaChange
from households.models.area_reach import branches_through_time
from households.views import access, file_answers
from programs.forms.programmes import asked_day
from programs.forms.projects import BoardForm
from programs.models import Project, ProjectProcedure
from programs.policies.projects import (
    keeping_communes,
    visible_projects,
    why_not_keep_project,
    why_not_open_projects,
)
from programs.queries import project_counts, project_labour, project_progress, project_ways_out
from programs.queries.project_counts import StepCounts
from programs.queries.project_progress import Standing
from programs.views import project_timeline, project_words
from programs.views.project_timeline import Line
from programs.views.project_words import Said

#: Of how many projects that will miss their season the board says what can be done.
_EXPLAINED = 4


@dataclass(frozen=True)
class BoardRow:
    """A project with its line and what is said of it."""

    standing: Standing
    line: Line
    status: Said
    waits: str
    forecast: str
    may_keep: bool


@dataclass(frozen=True)
class Seen:
    """The board as one user sees it, narrowed as the address says."""

    form: BoardForm
    on: dt.date
    rows: list[Standing]
    anywhere: int


def seen_of(request: HttpRequest) -> Seen:
    """403 for a role that reads no families; projects of the user's own areas."""
    access.refuse_if(policies.why_not_read_households(request.user))
    own = visible_projects(request.user)
    facts = list(own.order_by().values_list("year", "commune").distinct())
    communes = {pk for __, pk in facts}
    form = BoardForm(
        request.GET,
        years=sorted({year for year, __ in facts}, reverse=True),
        places=_places(communes),
        today=clock.today(),
    )
    wanted = form.wanted()
    rows = project_progress.standings(_narrowed(own, wanted), wanted["on"])
    return Seen(form, wanted["on"], _in_order(rows, wanted["sort"]), len(facts))


def _apart(seen: Seen) -> project_labour.Apart:
    return project_labour.without_labour([one.project.pk for one in seen.rows], seen.on)


def _places(communes: set[int]) -> list[Area]:
    """Of the projects, with the districts above and what the communes went into."""
    later = AreaChange.objects.filter(from_area__in=communes, is_whole=True).values("to_area")
    wanted = Q(pk__in=communes) | Q(children__in=communes) | Q(pk__in=later)
    found = Area.objects.filter(wanted).distinct()
    return sorted(found, key=lambda one: (one.level != "DISTRICT", one.folded_name))


def _narrowed(own: QuerySet[Project], wanted: dict[str, Any]) -> QuerySet[Project]:
    if wanted["year"]:
        own = own.filter(year=wanted["year"])
    if wanted["place"]:
        place = wanted["place"]
        through = branches_through_time([place.pk])[place.pk]
        own = own.filter(commune__in=Area.objects.under_any(through).values("pk"))
    for name in ("owner_kind", "kind"):
        if wanted.get(name):
            own = own.filter(**{name: wanted[name]})
    return own


def _in_order(rows: list[Standing], sort: str) -> list[Standing]:
    if sort == "name":
        return sorted(rows, key=lambda one: fold(one.project.name))
    if sort == "waiting":
        return sorted(rows, key=lambda one: (-one.progress.over_days, -one.progress.waited_days))
    return sorted(rows, key=_by_spare)


def _by_spare(one: Standing) -> tuple[bool, bool, int]:
    """What can still be lost goes first; then what has its inputs, then what was rejected."""
    now = one.progress
    return now.is_rejected, now.inputs_are_there, now.spare_days or 0


@require_safe
def project_board(request: HttpRequest) -> HttpResponse:
    """Policy: roles that read households; the projects of their areas. Some fifteen queries,
    whatever their number."""
    seen = seen_of(request)
    scale = project_timeline.scale(seen.rows, seen.on)
    stands_out, rest = project_words.headline(seen.rows)
    return render(
        request,
        "programs/project_board.html",
        {
            "form": seen.form,
            "on": seen.on,
            "is_today": seen.on == clock.today(),
            "rows": [_row(request, one, scale) for one in seen.rows],
            "anywhere": seen.anywhere,
            "figures": project_progress.figures(seen.rows, seen.on),
            "apart": _apart(seen),
            "scale": scale,
            "width": project_timeline.WIDTH,
            "stands_out": stands_out,
            "rest": rest,
            "ways_out": project_ways_out.ways_out(seen.rows, seen.on)[:_EXPLAINED],
            "may_open": why_not_open_projects(request.user) is None,
            "address": request.GET.urlencode(),
        },
    )


def _row(request: HttpRequest, one: Standing, scale: project_timeline.Scale) -> BoardRow:
    return BoardRow(
        standing=one,
        line=project_timeline.line(one, scale),
        status=project_words.status(one),
        waits=project_words.waits(one),
        forecast=project_words.forecast(one),
        may_keep=why_not_keep_project(request.user, one.project.commune) is None,
    )


@require_safe
def project_reminders(request: HttpRequest) -> HttpResponse:
    """Projects that will miss their season or wait over a norm, of the communes whose projects the
    user keeps: the panel of "My work". Policy: as the board. Some ten queries."""
    access.refuse_if(policies.why_not_read_households(request.user))
    today = clock.today()
    own = Project.objects.filter(commune__in=keeping_communes(request.user).values("pk"))
    rows = [one for one in project_progress.standings(own, today) if one.progress.needs_reminder]
    told = [
        (one, project_words.status(one), project_words.waits(one))
        for one in sorted(rows, key=lambda one: one.progress.spare_days or 0)
    ]
    is_panel = bool(request.headers.get("HX-Request"))
    template = "_project_reminders.html" if is_panel else "project_reminders.html"
    return render(request, f"programs/{template}", {"told": told, "today": today})


@require_safe
def project_sheet(request: HttpRequest) -> HttpResponseBase:
    """The board as .xlsx, or with ?format=csv; no names of families. Policy: as the board."""
    seen = seen_of(request)
    heads = [
        Head(_("Project"), width=32), Head(_("Commune"), width=18), Head(_("District"), width=18),
        Head(_("Kind of project"), width=16), Head(_("Production"), width=14),
        Head(_("Lead unit"), width=26), Head(_("Plan year"), Cell.WHOLE, 9),
        Head(_("Step it lies in"), width=28), Head(_("Office"), width=26),
        Head(_("Since"), Cell.DAY, 12), Head(_("Days waiting"), Cell.WHOLE, 10),
        Head(_("Norm, days"), Cell.WHOLE, 10), Head(_("Days over the norm"), Cell.WHOLE, 10),
        Head(_("Inputs there, or by the norms"), Cell.DAY, 14),
        Head(_("Last day of the season"), Cell.DAY, 14), Head(_("Days to spare"), Cell.WHOLE, 10),
        Head(_("State"), width=26), Head(_("Entitled households"), Cell.WHOLE, 12),
        Head(_("Other households"), Cell.WHOLE, 12),
        Head(_("Of them without labour capacity"), Cell.WHOLE, 12),
        Head(_("Planned (đồng)"), Cell.WHOLE, 16),
        Head(_("Approved (đồng)"), Cell.WHOLE, 16), Head(_("Paid (đồng)"), Cell.WHOLE, 16),
    ]  # fmt: skip
    title = _("Production projects on %(day)s") % {"day": project_words.short(seen.on)}
    part = Part(_("Projects"), heads, _lines(seen), count=len(seen.rows), top=title)
    as_csv = request.GET.get("format") == "csv"
    return file_answers.sheet("povreg-projects", part, as_csv=as_csv)


def _lines(seen: Seen) -> Iterator[list[object]]:
    apart = _apart(seen).by_project
    for one in seen.rows:
        project, now, parent = one.project, one.progress, one.project.commune.parent
        yield [
            project.name, project.commune.name, parent.name if parent else "",
            str(project.get_owner_kind_display()), str(project.get_kind_display()),
            project.lead_unit, project.year,
            f"{one.step.number}. {one.step.name}" if one.step else "", one.waits_at,
            now.since, now.waited_days if now.at else None, now.norm_days if now.at else None,
            now.over_days if now.at else None, now.inputs_on, project.season_deadline,
            now.spare_days, project_words.status(one).words, one.target, one.others,
            apart.get(project.pk, 0),
            project.planned_vnd, one.committed_vnd, one.paid_vnd,
        ]  # fmt: skip


@require_safe
def project_steps(request: HttpRequest) -> HttpResponse:
    """How many projects had done which step on a day (?on=), by ?by= of GROUPS (several may be
    given), of the plan year ?year= or all. Policy: as the board. Ten queries."""
    access.refuse_if(policies.why_not_read_households(request.user))
    years = visible_projects(request.user).order_by().values_list("year", flat=True)
    on = asked_day(request.GET, clock.today())
    by = [one for one in request.GET.getlist("by") if one in project_counts.GROUPS]
    year = request.GET.get("year", "")
    own = visible_projects(request.user)
    if year.isdecimal() and len(year) == 4:
        own = own.filter(year=int(year))
    groups = project_counts.step_counts(own, on, by=by or ["owner_kind"])
    return render(
        request,
        "programs/project_steps.html",
        {
            "on": on,
            "groups": [_group_row(one) for one in groups],
            "by": by or ["owner_kind"],
            "year": year,
            "years": sorted(set(years)),
            "choices": _group_words(),
            "stages": _stage_words(),
        },
    )


def _group_row(group: StepCounts) -> dict[str, Any]:
    cells = zip(_stage_words(), group.passed, group.waiting, strict=True)
    return vars(group) | {"cells": list(cells)}


def _group_words() -> list[tuple[str, str]]:
    return [
        ("owner_kind", _("Kind of project")),
        ("owner", _("Lead unit")),
        ("kind", _("Production")),
        ("district", _("District")),
        ("commune", _("Commune")),
        ("year", _("Plan year")),
    ]


def _stage_words() -> list[str]:
    return [
        _("Announced, group formed"),
        _("Dossier drawn up"),
        _("Checked, opinion given"),
        _("Appraised"),
        _("Approved"),
        _("Inputs bought"),
        _("Paid out"),
        _("Accepted"),
    ]


@require_safe
def procedure_list(request: HttpRequest) -> HttpResponse:
    """The sets of steps with norms, papers, ceilings and doubts. Policy: whoever is logged in."""
    return procedures_page(request, None, None)


def procedures_page(
    request: HttpRequest, typed: Any, step_pk: int | None, *, status: int = 200
) -> HttpResponse:
    """With the form of the step `step_pk` as it was typed."""
    found = ProjectProcedure.objects.prefetch_related("steps")
    return render(
        request,
        "programs/project_procedures.html",
        {
            "procedures": found,
            "may_set": policies.why_not_keep_standards(request.user) is None,
            "typed": typed,
            "typed_step": step_pk,
        },
        status=status,
    )
