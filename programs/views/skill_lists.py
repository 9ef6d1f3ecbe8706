"""The lists of activities, trainees, jobs, lacks and plans as they leave the screen: each reads the
address as its page does, with the same refusals."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any, Final
from uuid import UUID

from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from households import clock
from households.exchange.sheets import Cell, Head
from households.templatetags.povreg import day
from households.views.listed import Listed
from programs.models import Activity, Benefit
from programs.queries import activities as queries
from programs.queries import lacks as lack_queries
from programs.views import (
    activities,
    employment,
    employment_checks,
    lacks,
    participants,
    plan_columns,
    plan_list,
)
from programs.views.employment_checks import Due
from programs.views.participants import Part as PartRow
from programs.views.participants import name_of

Columns = list[tuple[Head, Callable[[Any], object]]]


def _back(request: HttpRequest, page: str, *arguments: object) -> str:
    query = f"?{request.GET.urlencode()}" if request.GET else ""
    return reverse(page, args=arguments) + query


def _activities(request: HttpRequest, *, is_training: bool) -> Listed:
    chosen, kind, found = activities.listed(request, is_training)
    topic, organiser = _("Topic"), _("Held by")
    if is_training:
        topic, organiser = _("Trade taught"), _("School or centre")
    columns: Columns = [
        (Head(_("First day"), Cell.DAY), lambda one: one.begins_on),
        (Head(_("Last day"), Cell.DAY), lambda one: one.ends_on),
        (Head(pgettext("activity", "Kind"), width=18), lambda one: one.get_kind_display()),
        (Head(topic, width=40), lambda one: one.topic),
        (Head(_("Commune"), width=22), lambda one: one.commune.name),
        (Head(_("Village"), width=22), lambda one: one.village.name if one.village else ""),
        (Head(_("Place"), width=26), lambda one: one.place),
        (Head(organiser, width=26), lambda one: one.organiser),
        (Head(_("Hours"), Cell.WHOLE), lambda one: one.hours),
        (Head(_("Cost for each (VND)"), Cell.WHOLE), lambda one: one.cost_each_vnd),
        (Head(_("By name (times served)"), Cell.WHOLE), lambda one: one.parts),
        (Head(_("People reached, as counted"), Cell.WHOLE), lambda one: one.people_reached),
        (Head(_("women among them"), Cell.WHOLE), lambda one: one.women_reached),
        (Head(_("ethnic-minority people among them"), Cell.WHOLE),
         lambda one: one.minority_reached),
        (Head(_("of poor and near-poor households"), Cell.WHOLE), lambda one: one.poor_reached),
        (Head(_("Taken back because"), width=30), lambda one: one.cancelled_because),
    ]  # fmt: skip
    rows = queries.with_parts(found)
    title = _("Vocational training") if is_training else _("Activities")
    kept = {
        "list": "training" if is_training else "activities", "kind": kind, "year": chosen.year,
        "commune": chosen.commune.pk if chosen.commune else None,
    }  # fmt: skip
    back = _back(request, activities.list_name(is_training))
    place = chosen.commune.name if chosen.commune else ""
    return Listed(f"{title} {chosen.year}", place, back, kept, rows.count(), columns, rows)


def _participants(request: HttpRequest) -> Listed:
    """Of the activity ?activity=."""
    try:
        found: Activity = activities.readable(request, _uuid(request))
    except ValueError as fault:
        raise Http404 from fault
    benefits = participants.parts_of(request, found)
    rows = (participants.part(found, one) for one in benefits)
    columns: Columns = [
        (Head(_("Name"), width=26), lambda one: one.name),
        (Head(_("Birth year"), Cell.TEXT), _birth_year),
        (Head(_("Household"), width=14), _code),
        (Head(_("Village"), width=22), lambda one: _village(one.benefit)),
        (Head(pgettext("of a benefit", "Ground"), width=36), _ground),
        (Head(_("State"), width=20), lambda one: one.state),
        (Head(_("Number of the certificate"), width=20), lambda one: one.benefit.number),
        (Head(_("Day"), Cell.DAY), lambda one: one.benefit.acted_on),
        (Head(_("Cost (VND)"), Cell.WHOLE), lambda one: one.benefit.amount_vnd),
        (Head(_("Signature"), width=18), lambda one: ""),
    ]
    back = reverse("programs:activity", args=[found.uuid])
    kept = {"list": "participants", "activity": found.pk}
    return Listed(found.topic, found.commune.name, back, kept, benefits.count(), columns, rows)


def _uuid(request: HttpRequest) -> UUID:
    return UUID(request.GET.get("activity", ""))


def _birth_year(one: PartRow) -> str:
    if one.benefit.person and one.benefit.person.birth_date:
        return str(one.benefit.person.birth_date.year)
    return str(one.benefit.outside_birth_year or "")


def _code(one: PartRow) -> str:
    return one.benefit.household.code if one.benefit.household else _("outside the register")


def _village(one: Benefit) -> str:
    return one.village.name if one.village else ""


def _ground(one: PartRow) -> str:
    return one.benefit.terms.name if one.benefit.terms else one.benefit.outside_ground


def _job_columns() -> Columns:
    """Of a row that is a benefit."""
    return [
        (Head(_("Name"), width=26), name_of),
        (Head(_("Household"), width=14), lambda one: one.household.code if one.household
         else _("outside the register")),
        (Head(_("Commune"), width=22), lambda one: one.commune.name),
        (Head(_("Village"), width=22), _village),
        (Head(_("Kind of work"), width=26), lambda one: _work(one, "get_kind_display")),
        (Head(_("Employer, or the company that sends abroad"), width=26),
         lambda one: _work(one, "employer")),
        (Head(_("Place of work"), width=22), lambda one: _work(one, "workplace")),
        (Head(_("Country, of work abroad"), width=18), lambda one: _work(one, "country")),
        (Head(_("Wage a month (VND)"), Cell.WHOLE), lambda one: _work(one, "wage_vnd") or None),
    ]  # fmt: skip


def _work(one: Benefit, name: str) -> Any:
    found = getattr(one, "employment", None)
    told = getattr(found, name) if found else ""
    return told() if callable(told) else told


def _jobs(request: HttpRequest) -> Listed:
    chosen, kind, found = employment.listed(request)
    columns: Columns = [
        *_job_columns(),
        (Head(_("Contract from"), Cell.DAY), lambda one: one.valid_from),
        (Head(_("Contract until"), Cell.DAY), lambda one: one.valid_to),
        (Head(_("Supported with (VND)"), Cell.WHOLE), lambda one: one.amount_vnd),
        (Head(_("State"), width=20), employment.state_of),
        (Head(_("First working day, departure"), Cell.DAY), lambda one: one.served_on),
    ]
    kept = {
        "list": "jobs", "kind": kind, "year": chosen.year,
        "commune": chosen.commune.pk if chosen.commune else None,
    }  # fmt: skip
    title = f"{_('Jobs and work abroad')} {chosen.year}"
    place = chosen.commune.name if chosen.commune else ""
    back = _back(request, "programs:job_list")
    return Listed(title, place, back, kept, found.count(), columns, found)


def _checks(request: HttpRequest) -> Listed:
    chosen, found = employment_checks.due_of(request)
    of_job: Columns = [(head, _of_job(cell)) for head, cell in _job_columns()]
    columns: Columns = [
        *of_job,
        (Head(_("Question"), width=16), lambda one: str(one.after.label)),
        (Head(_("Due on"), Cell.DAY), lambda one: one.due_on),
        (Head(_("Answer"), width=18), lambda one: ""),
        (Head(_("Wage now (VND)"), Cell.WHOLE), lambda one: None),
    ]
    kept = {"list": "job_checks", "commune": chosen.commune.pk if chosen.commune else None}
    place = chosen.commune.name if chosen.commune else ""
    back = _back(request, "programs:job_checks")
    return Listed(_("Due to be asked: still employed?"), place, back, kept, len(found), columns,
                  found)  # fmt: skip


def _of_job(cell: Callable[[Any], object]) -> Callable[[Due], object]:
    return lambda one: cell(one.benefit)


def _plan(request: HttpRequest) -> Listed:
    """The plan list of ?commune= and ?year=."""
    chosen, commune = plan_list.place_of(request)
    if commune is None:
        raise Http404
    told = plan_list.told_of(chosen, commune)
    found = plan_columns.rows(told)
    kept = {"list": "plan_list", "commune": commune.pk, "year": chosen.year}
    title = _("Plan list: households to leave poverty in %(year)s") % {"year": chosen.year}
    back = _back(request, "programs:plan")
    return Listed(title, commune.name, back, kept, len(found), plan_columns.columns(), found)


def _lacks(request: HttpRequest) -> Listed:
    """Without names."""
    area, _areas, told, chosen = lacks.asked(request)
    rows = [(_("Lacks"), row) for row in told.indicators]
    rows += [(_("Wants"), row) for row in told.wants]
    columns: Columns = [
        (Head(_("Lacks or wants"), width=14), lambda one: one[0]),
        (Head(pgettext("lack", "What"), width=34), lambda one: one[1].name),
        (Head(_("Poor households"), Cell.WHOLE), lambda one: one[1].poor),
        (Head(_("Near-poor households"), Cell.WHOLE), lambda one: one[1].near_poor),
        (Head(_("Of them without labour capacity"), Cell.WHOLE), lambda one: one[1].no_labour),
        (Head(_("Households served this year"), Cell.WHOLE), lambda one: one[1].served),
        (Head(_("Households without anything"), Cell.WHOLE), lambda one: one[1].without),
        (Head(_("Programmes that answer"), width=60), _answering),
    ]
    kept = {"list": "lacks", "area": area.pk, "year": chosen.year}
    title = _("From lack to help %(year)s") % {"year": chosen.year}
    place = f"{area.name}. {_base_of(told)}"
    back = _back(request, "programs:lacks")
    return Listed(
        title, place, back, kept, len(rows), columns, rows, has_names=False, base=place
    )  # fmt: skip


def _base_of(told: lack_queries.Lacks) -> str:
    """Base, status and date of the figures, for who has the file alone."""
    words = _(
        "Households on the official list on %(day)s: %(poor)s poor, %(near)s near-poor; with a"
        " decided form %(poor_known)s and %(near_known)s; forms as of %(first)s to %(last)s"
    )
    return words % {
        "day": day(clock.today()), "poor": told.poor, "near": told.near_poor,
        "poor_known": told.poor_known, "near_known": told.near_poor_known,
        "first": day(told.forms_from) or "–", "last": day(told.forms_to) or "–",
    }  # fmt: skip


def _answering(one: tuple[str, lack_queries.Row]) -> str:
    words = _("%(name)s: %(times)s times, %(households)s households")
    return "; ".join(
        words % {"name": a.programme.name, "times": a.times, "households": a.households}
        for a in one[1].answers
    )


def _held(request: HttpRequest) -> Listed:
    """Without names."""
    return replace(_activities(request, is_training=False), has_names=False)


def _training(request: HttpRequest) -> Listed:
    return replace(_activities(request, is_training=True), has_names=False)


LISTS: Final[dict[str, Callable[[HttpRequest], Listed]]] = {
    "activities": _held,
    "training": _training,
    "participants": _participants,
    "jobs": _jobs,
    "job-checks": _checks,
    "plan": _plan,
    "lacks": _lacks,
}
