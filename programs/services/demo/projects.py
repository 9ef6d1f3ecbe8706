"""Invented production projects: one that will miss its season, others on their way."""

import datetime as dt
import tomllib
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from households import clock
from households.choices import AreaLevel
from households.models import Area, Household, User
from programs.choices.projects import StepOutcome
from programs.models import Project, ProjectProcedure
from programs.queries import standing
from programs.services import (
    evaluations,
    project_money,
    project_participants,
    project_results,
    project_steps,
    projects,
)
from programs.services.programme_files import DATA_FOLDER
from programs.services.project_steps import Held, Left

_MILLION = 1_000_000


def load(*, by: User) -> None:
    """The projects of data/demo/projects.toml in the communes that are there. Nothing where there
    are projects already. Some thousand queries."""
    if Project.objects.exists():
        return
    path = DATA_FOLDER / "demo" / "projects.toml"
    told = tomllib.loads(path.read_text(encoding="utf-8"))["projects"]
    today = clock.today()
    communes = {one.code: one for one in Area.objects.at(AreaLevel.COMMUNE).real().on(today)}
    for one in told:
        if one["commune"] in communes:
            _open(one, communes[one["commune"]], by)


def _open(told: Mapping[str, Any], commune: Area, by: User) -> None:
    made = projects.open_project(
        commune=commune,
        procedure=ProjectProcedure.objects.get(code=told["procedure"]),
        plan=projects.Plan(
            name=told["name"], kind=told["kind"], lead_unit=told["lead_unit"],
            product=told["product"], buyer=told.get("buyer", ""), year=told["year"],
            season=told["season"], season_deadline=told["season_deadline"],
            central_vnd=told["central"] * _MILLION, local_vnd=told["local"] * _MILLION,
            own_vnd=told.get("own", 0) * _MILLION,
            revolving_vnd=told.get("revolving", 0) * _MILLION,
        ),
        by=by,
    )  # fmt: skip
    approved_on = _walk(made, told, by)
    if "approved" in told and approved_on:
        projects.approve(
            project=made, committed_vnd=told["approved"] * _MILLION, committed_on=approved_on,
            decision_number=f"{made.pk}/QĐ-UBND", by=by,
        )  # fmt: skip
    _take_in(made, told, by)
    _pay(made, told, by)
    _results(made, told, by)


def _walk(made: Project, told: Mapping[str, Any], by: User) -> dt.date | None:
    """Through its steps; gives the day it was approved."""
    day, steps, approved_on = told["began"], list(made.procedure.steps.order_by("number")), None
    waits_in_next = len(told["days"]) < len(steps)
    project_steps.enter(project=made, step=steps[0], entered_on=day, held=Held(), by=by)
    for number, days in enumerate(told["days"], start=1):
        day += dt.timedelta(days=days)
        is_last = number == len(told["days"])
        project_steps.leave(
            project=made, by=by, goes_on=not is_last or waits_in_next,
            left=Left(day, StepOutcome.DONE, papers=list(steps[number - 1].paper_names)),
            held=Held(note=told.get("note", "")) if is_last else Held(),
        )  # fmt: skip
        if steps[number - 1].code == "approval":
            approved_on = day
    if rejected := told.get("rejected"):
        day += dt.timedelta(days=rejected["after"])
        left = Left(day, StepOutcome.REJECTED, note=rejected["because"])
        project_steps.leave(project=made, left=left, by=by)
    return approved_on


def _take_in(made: Project, told: Mapping[str, Any], by: User) -> None:
    if "families" not in told:
        return
    entitled = standing.entitled(made.programme, told["joined"], branches=[made.commune.inner_path])
    free = [one.household_id for one in entitled if one.served_by is None][: told["families"]]
    project_participants.join(
        project=made, households=list(Household.objects.filter(pk__in=free, ended_on=None)),
        joined_on=told["joined"], by=by,
    )  # fmt: skip
    if free and "received" in told:
        project_participants.receive(
            project=made, received_on=told["received"], amount_vnd=told["worth"] * _MILLION,
            funding="central", by=by,
        )  # fmt: skip


def _pay(made: Project, told: Mapping[str, Any], by: User) -> None:
    for number, payment in enumerate(told.get("payments", ()), start=1):
        paid = project_money.Paid(
            paid_on=payment["on"], amount_vnd=payment["sum"] * _MILLION, funding="central",
            acceptance_number=f"{number:02}/BBNT", accepted_on=payment["on"] - dt.timedelta(days=4),
        )  # fmt: skip
        project_money.pay(project=made, paid=paid, by=by)


def _results(made: Project, told: Mapping[str, Any], by: User) -> None:
    for cycle in told.get("cycles", ()):
        project_results.keep_cycle(
            project=made, by=by,
            cycle=project_results.Cycle(
                started_on=cycle["began"], ended_on=cycle.get("ended"), unit=cycle["unit"],
                planned_quantity=Decimal(cycle["planned"]),
                real_quantity=Decimal(cycle["real"]) if "real" in cycle else None,
                sold_vnd=cycle["sold"] * _MILLION if "sold" in cycle else None,
                returned_vnd=cycle["returned"] * _MILLION if "returned" in cycle else None,
            ),
        )  # fmt: skip
    if found := told.get("evaluation"):
        verdict = evaluations.Verdict(
            evaluated_on=found["on"], evaluated_by=found["by"], result=found["result"],
            started_households=found["began"], kept_households=found["kept"],
            shortcoming=found["shortcoming"], mends=found["mends"], mend_by=found["mend_by"],
            worth_repeating=found["worth"], repeat_where=found["where"],
        )  # fmt: skip
        evaluations.evaluate(of=made, verdict=verdict, by=by)
