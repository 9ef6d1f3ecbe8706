"""What can be recorded of a production project: each act with its form and its service."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from households.models import User
from programs.choices.projects import StepOutcome
from programs.forms import project_acts as forms
from programs.forms.project_acts import ActForm
from programs.models import ProjectStep
from programs.queries.project_progress import Standing
from programs.services import (
    evaluations,
    project_money,
    project_participants,
    project_results,
    project_steps,
    projects,
)
from programs.services.project_steps import Held, Left

Form = Any


@dataclass(frozen=True)
class Act:
    """`title`: the words of its button; `run`: does it with the readable form, and may give what
    to tell; `is_offered`: whether it makes sense as the project stands."""

    form: type[ActForm]
    title: Promise
    run: Callable[[Form, User], str | None]
    is_offered: Callable[[Standing], bool] = lambda standing: True


def _in_a_step(standing: Standing) -> bool:
    return standing.stay is not None and standing.stay.left_on is None


def _enter(form: Form, by: User) -> None:
    step = form.standing.steps[int(form.cleaned_data["step"])]
    project_steps.enter(
        project=form.standing.project, step=step, by=by,
        entered_on=form.cleaned_data["entered_on"],
        held=Held(**form.facts("office", "person", "note")),
    )  # fmt: skip


def _leave(form: Form, by: User) -> None:
    given = form.cleaned_data
    project_steps.leave(
        project=form.standing.project, by=by, goes_on=given.get("goes_on", False),
        left=Left(
            left_on=given["left_on"], outcome=StepOutcome(given["outcome"]), note=given["note"],
            paper_number=given["paper_number"], papers=given.get("papers", ()),
        ),
    )  # fmt: skip


def _take_back(form: Form, by: User) -> None:
    project_steps.take_back(project=form.standing.project, by=by, **form.facts())


def _approve(form: Form, by: User) -> None:
    projects.approve(project=form.standing.project, by=by, **form.facts())


def _season(form: Form, by: User) -> None:
    projects.move_season(project=form.standing.project, by=by, **form.facts())


def _remind(form: Form, by: User) -> None:
    projects.remind(project=form.standing.project, by=by, **form.facts())


def _pay(form: Form, by: User) -> None:
    paid = project_money.Paid(**form.facts())
    project_money.pay(project=form.standing.project, paid=paid, by=by)


def _void(form: Form, by: User) -> None:
    payment = form.rows[form.cleaned_data["payment"]]
    project_money.void(payment=payment, by=by, **form.facts("reason"))


def _receive(form: Form, by: User) -> str:
    count = project_participants.receive(project=form.standing.project, by=by, **form.facts())
    return ngettext(
        "%(n)d household has received its part.",
        "%(n)d households have received their part.",
        count,
    ) % {"n": count}


def _left(form: Form, by: User) -> None:
    part = form.rows[form.cleaned_data["participant"]]
    project_participants.leave(participant=part, by=by, **form.facts("reason", "left_on"))


def _cycle(form: Form, by: User) -> None:
    facts = form.facts()
    number = facts.pop("number")
    cycle = project_results.Cycle(**facts)
    project_results.keep_cycle(project=form.standing.project, cycle=cycle, by=by, number=number)


def _evaluate(form: Form, by: User) -> None:
    evaluations.evaluate(of=form.standing.project, verdict=form.verdict(), by=by)


def _mend(form: Form, by: User) -> None:
    evaluation = form.rows[form.cleaned_data["evaluation"]]
    evaluations.mend(evaluation=evaluation, by=by, **form.facts("mended_on"))


def _has_payments(standing: Standing) -> bool:
    return standing.paid_vnd > 0


ACTS: dict[str, Act] = {
    "enter": Act(
        forms.EnterForm, gettext_lazy("Enter the step"), _enter,
        lambda one: not _in_a_step(one) and not one.progress.is_complete,
    ),
    "leave": Act(forms.LeaveForm, gettext_lazy("Leave the step"), _leave, _in_a_step),
    "take-back": Act(
        forms.TakeBackForm, gettext_lazy("Take the last entry back"), _take_back,
        lambda one: one.stay is not None,
    ),
    "remind": Act(
        forms.RemindForm, gettext_lazy("Keep the reminder"), _remind,
        lambda one: one.step is not None,
    ),
    "season": Act(
        forms.SeasonForm, gettext_lazy("Move to another season"), _season,
        lambda one: not one.progress.inputs_are_there,
    ),
    "approve": Act(forms.ApproveForm, gettext_lazy("Record the approval"), _approve),
    "pay": Act(
        forms.PayForm, gettext_lazy("Record the payment"), _pay,
        lambda one: one.project.committed_vnd is not None,
    ),
    "void": Act(forms.VoidForm, gettext_lazy("Take the payment back"), _void, _has_payments),
    "receive": Act(
        forms.ReceiveForm, gettext_lazy("Inputs received"), _receive, lambda one: one.target > 0
    ),
    "left": Act(
        forms.LeftForm, gettext_lazy("Record who leaves"), _left,
        lambda one: one.households > one.project.outside_households,
    ),
    "cycle": Act(forms.CycleForm, gettext_lazy("Keep the cycle"), _cycle),
    "evaluate": Act(forms.EvaluateForm, gettext_lazy("Keep the evaluation"), _evaluate),
    "mend": Act(forms.MendForm, gettext_lazy("Shortcoming mended"), _mend),
}  # fmt: skip


def form_of(name: str, standing: Standing, data: Any = None) -> ActForm:
    return ACTS[name].form(data, standing=standing, auto_id=f"id_{name}_%s")


def missing_papers(stay: ProjectStep) -> list[str]:
    """Papers of a step that was left which do not lie in the dossier."""
    return [words for code, words in stay.step.paper_names.items() if code not in stay.papers]


def done_words() -> str:
    return _("It is recorded.")
