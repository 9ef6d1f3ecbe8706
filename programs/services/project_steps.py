"""A project's way through the steps of its procedure, with the real dates."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from households.errors import Conflict, Invalid, Refused
from households.models import User
from households.services import audit
from households.services.constraint_messages import told_plainly
from programs.choices.projects import StepOutcome
from programs.models import ProcedureStep, Project, ProjectStep
from programs.policies import projects as policies
from programs.queries.project_entries import last_entry
from programs.services.projects import check_past, locked


@dataclass(frozen=True)
class Held:
    """Where the dossier lies, who works on it; `note` says why it is reopened."""

    office: str = ""
    person: str = ""
    note: str = ""


@dataclass(frozen=True)
class Left:
    """How a step was left. `papers`: codes of its papers that lie in the dossier."""

    left_on: dt.date
    outcome: StepOutcome
    note: str = ""
    paper_number: str = ""
    papers: Sequence[str] = ()


def enter(
    *, project: Project, step: ProcedureStep, entered_on: dt.date, held: Held, by: User
) -> ProjectStep:
    """The dossier comes into a step: the one after the last that was done, or after a rejection
    the one it is reopened at. Raises Refused, Invalid (a day to come or before the last step was
    left, still in another step, not the step that follows, reopened without a reason)."""
    if reason := policies.why_not_keep_project(by, project.commune):
        raise Refused(reason)
    check_past(entered_on, "entered_on")
    with (
        told_plainly(ProjectStep),
        audit.act(
            by=by, verb="project.enter_step", area=project.commune, subject=project,
            details={"step": step.code, "on": f"{entered_on}"},
        ),
    ):  # fmt: skip
        last = _last(locked(project))
        _check_follows(project, last, step, held)
        if last and last.left_on and entered_on < last.left_on:
            raise Invalid(
                _("This day lies before the step before it was left."),
                fields={"entered_on": [_("before the step before it")]},
            )
        return ProjectStep.objects.create(
            project=project, step=step, entered_on=entered_on,
            office=held.office.strip() or step.by_vi,
            person=held.person.strip(), note=held.note.strip(), recorded_by=by,
        )  # fmt: skip


def _check_follows(
    project: Project, last: ProjectStep | None, step: ProcedureStep, held: Held
) -> None:
    if step.procedure_id != project.procedure_id:
        raise Invalid(_("This step belongs to another procedure."))
    if last and last.left_on is None:
        raise Invalid(_("The project still lies in the step before."))
    if last and last.outcome == StepOutcome.REJECTED:
        if step.number > last.step.number:
            raise Invalid(_("After a rejection it is reopened at that step or at one before."))
        if not held.note.strip():
            raise Invalid(
                _("Write why it is reopened."), fields={"note": [_("Write why it is reopened.")]}
            )
    elif step.number != (last.step.number if last else 0) + 1:
        raise Invalid(_("This is not the step that follows."), fields={"step": [_("wrong")]})


def leave(
    *, project: Project, left: Left, by: User, goes_on: bool = False, held: Held | None = None
) -> ProjectStep:
    """The dossier leaves the step it lies in, done or rejected (with the reason). `goes_on`: it
    enters the next step on the same day. Raises Refused, Invalid (in no step, a day to come or
    before it was entered, rejected without a reason, unknown papers)."""
    if reason := policies.why_not_keep_project(by, project.commune):
        raise Refused(reason)
    check_past(left.left_on, "left_on")
    with (
        told_plainly(ProjectStep),
        audit.act(
            by=by, verb="project.leave_step", area=project.commune, subject=project,
            details={"outcome": left.outcome, "on": f"{left.left_on}"},
        ),
    ):  # fmt: skip
        row = _last(locked(project))
        if row is None or row.left_on is not None:
            raise Invalid(_("The project lies in no step."))
        _check_left(row, left)
        row.left_on, row.outcome = left.left_on, left.outcome
        row.note = left.note.strip() or row.note
        row.paper_number, row.papers = left.paper_number.strip(), sorted(left.papers)
        row.save()
        following = _after(row.step)
        if goes_on and left.outcome == StepOutcome.DONE and following:
            enter(
                project=project, step=following, entered_on=left.left_on, held=held or Held(), by=by
            )
    return row


def _check_left(row: ProjectStep, left: Left) -> None:
    if left.left_on < row.entered_on:
        raise Invalid(
            _("A step is left on the day it was entered, or later."),
            fields={"left_on": [_("before it was entered")]},
        )
    if left.outcome == StepOutcome.REJECTED and not left.note.strip():
        raise Invalid(_("Write why."), fields={"note": [_("Write why.")]})
    if set(left.papers) - set(row.step.paper_names):
        raise Invalid(_("This step knows no such paper."))


def take_back(*, project: Project, entry: str, reason: str, by: User) -> None:
    """Undo what was recorded last by mistake: the entry into a step, or the leaving of one. It
    stays in the record. `entry`: the key of the LastEntry that is meant. Raises Refused, Invalid
    (nothing recorded, no entry named, no reason), Conflict (another entry is the last one now)."""
    if why_not := policies.why_not_keep_project(by, project.commune):
        raise Refused(why_not)
    if not reason.strip():
        raise Invalid(_("Write why."), fields={"reason": [_("Write why.")]})
    with transaction.atomic():
        last = last_entry(locked(project))
        if last is None:
            raise Invalid(_("No step is recorded yet."))
        if not entry:
            raise Invalid(_("The page did not say which step is meant: read it again."))
        if last.key != entry:
            raise Conflict(_("This step is not the last one any more: look at the project again."))
        row = last.stay
        with audit.act(
            by=by, verb="project.take_back_step", area=project.commune, subject=project,
            details={"step": row.step.code}, reason=reason,
        ):  # fmt: skip
            if not last.is_leaving:
                row.delete()
                return
            row.left_on, row.outcome, row.paper_number, row.papers = None, "", "", []
            row.save()


def _last(project: Project) -> ProjectStep | None:
    found: ProjectStep | None = project.stays.select_related("step").order_by("-pk").first()
    return found


def _after(step: ProcedureStep) -> ProcedureStep | None:
    found: ProcedureStep | None = ProcedureStep.objects.filter(
        procedure=step.procedure_id, number=step.number + 1
    ).first()
    return found
