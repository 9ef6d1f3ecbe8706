"""Production projects with their procedures, straight through the services."""

import datetime as dt

from households.models import Area, User
from households.services.system_user import system_user
from programs.choices.projects import ProductionKind, StepOutcome
from programs.models import Project, ProjectProcedure
from programs.services import project_procedures, project_steps, projects
from programs.services.project_steps import Held, Left
from programs.services.projects import Plan

DEADLINE = dt.date(2024, 9, 30)


def loaded() -> None:
    project_procedures.load(by=system_user())


def plan(**facts: object) -> Plan:
    given: dict[str, object] = {
        "name": "Ngô vụ đông", "kind": ProductionKind.CROPS, "lead_unit": "Tổ hợp tác Thôn Một",
        "product": "Ngô", "year": 2024, "season": "Vụ đông", "season_deadline": DEADLINE,
        "central_vnd": 600_000_000, "local_vnd": 240_000_000, "own_vnd": 160_000_000,
    }  # fmt: skip
    return Plan(**given | facts)  # type: ignore[arg-type]


def project(commune: Area, by: User, procedure: str = "community", **facts: object) -> Project:
    """On the shipped procedure of this code, which must be loaded."""
    return projects.open_project(
        commune=commune,
        procedure=ProjectProcedure.objects.get(code=procedure),
        plan=plan(**facts),
        by=by,
    )


def walked(made: Project, by: User, start: dt.date, *days: int, enters: bool = True) -> None:
    """Through as many steps as there are `days`, each that long, one after the other from `start`;
    with `enters` the next one is entered on the day the last was left."""
    day, steps = start, list(made.procedure.steps.order_by("number"))
    project_steps.enter(project=made, step=steps[0], entered_on=day, held=Held(), by=by)
    for number, length in enumerate(days, start=1):
        day += dt.timedelta(days=length)
        project_steps.leave(
            project=made, left=Left(day, StepOutcome.DONE), by=by,
            goes_on=enters or number < len(days),
        )  # fmt: skip
