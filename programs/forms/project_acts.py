"""What is typed when something of a production project is recorded: one form for each act."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from households.forms.steps import DayInput, SaysFaults
from programs.choices import FundingLine
from programs.choices.projects import ParticipantStanding, StepOutcome
from programs.forms.decimals import DecimalNumberField
from programs.forms.evaluations import EvaluationForm, MendingForm
from programs.forms.projects import LONG, lines, money, optional_day
from programs.models import Project, ProjectParticipant
from programs.queries.project_entries import last_entry
from programs.queries.project_progress import Standing


class ActForm(SaysFaults):
    """About one project, as it stands today."""

    def __init__(self, *args: Any, standing: Standing, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.standing = standing
        self.prepare(standing, standing.project)

    def prepare(self, standing: Standing, project: Project) -> None:
        """Fill what depends on the project."""

    def choose(self, name: str, choices: list[tuple[Any, Any]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices

    def facts(self, *names: str) -> dict[str, Any]:
        """After is_valid(): these fields, or all."""
        return {name: self.cleaned_data[name] for name in names or self.fields}


class EnterForm(ActForm):
    """The dossier comes into a step."""

    step = forms.ChoiceField(label=_("Step"))
    entered_on = DayInput(_("Entered on"))
    office = forms.CharField(label=_("Office where the dossier lies"), max_length=160)
    person = forms.CharField(label=_("Responsible person"), max_length=120, required=False)
    note = lines(_("Note; after a rejection: why it is reopened"), required=False)

    def prepare(self, standing: Standing, project: Project) -> None:
        now = standing.progress
        last = now.done + 1
        allowed = range(1, last + 1) if now.is_rejected else range(last, last + 1)
        found = [standing.steps[one] for one in allowed if one in standing.steps]
        self.choose("step", [(one.number, f"{one.number}. {one.name}") for one in found])
        if found:
            self.fields["office"].initial = found[-1].by


class LeaveForm(ActForm):
    """The dossier leaves the step it lies in."""

    left_on = DayInput(_("Left on"))
    outcome = forms.ChoiceField(
        label=_("How"),
        choices=StepOutcome.choices,
        initial=StepOutcome.DONE,
        widget=forms.RadioSelect,
    )
    papers = forms.MultipleChoiceField(
        label=_("Papers that lie in the dossier"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    paper_number = forms.CharField(label=_("Number of the paper"), max_length=60, required=False)
    note = lines(_("Note; of a rejection: why"), required=False)
    goes_on = forms.BooleanField(
        label=_("It enters the next step on the same day"), required=False, initial=True
    )

    def prepare(self, standing: Standing, project: Project) -> None:
        names = standing.stay.step.paper_names if standing.stay else {}
        if names:
            self.choose("papers", list(names.items()))
        else:
            del self.fields["papers"]
        if standing.stay and standing.stay.step.number + 1 not in standing.steps:
            del self.fields["goes_on"]


class TakeBackForm(ActForm):
    """What was recorded last was a mistake. `last`: the entry it names, told on the page."""

    entry = forms.CharField(widget=forms.HiddenInput, required=False)
    reason = forms.CharField(label=_("Why it was a mistake"), max_length=LONG)

    def prepare(self, standing: Standing, project: Project) -> None:
        self.last = last_entry(project)
        self.fields["entry"].initial = self.last.key if self.last else ""


class ApproveForm(ActForm):
    """The decision of approval."""

    committed_vnd = money(_("Approved (VND)"), required=True)
    committed_on = DayInput(_("Date of the decision"))
    decision_number = forms.CharField(label=_("Number of the decision"), max_length=60)

    def prepare(self, standing: Standing, project: Project) -> None:
        self.fields["committed_vnd"].initial = project.committed_vnd or project.planned_vnd
        if project.committed_on:
            self.fields["committed_on"].initial = project.committed_on
        self.fields["decision_number"].initial = project.decision_number


class SeasonForm(ActForm):
    """Another season is aimed at."""

    season = forms.CharField(label=_("Season"), max_length=80)
    season_deadline = DayInput(_("Last day of the season"))
    reason = forms.CharField(label=pgettext_lazy("season", "Why it is moved"), max_length=LONG)

    def prepare(self, standing: Standing, project: Project) -> None:
        self.fields["season_deadline"].initial = None


class RemindForm(ActForm):
    """Somebody was reminded."""

    reminded_on = DayInput(_("Reminded on"))
    reminded_whom = forms.CharField(label=_("Who was reminded"), max_length=160)
    words = lines(_("What was said or agreed"))

    def prepare(self, standing: Standing, project: Project) -> None:
        self.fields["reminded_whom"].initial = standing.waits_at


class PayForm(ActForm):
    """Money paid out."""

    paid_on = DayInput(_("Paid on"))
    amount_vnd = money(_("Amount (VND)"), required=True)
    funding = forms.ChoiceField(label=_("Money from"))
    acceptance_number = forms.CharField(label=_("Minutes of acceptance, number"), max_length=60)
    accepted_on = DayInput(_("Accepted on"))
    note = lines(_("Note"), required=False)

    def prepare(self, standing: Standing, project: Project) -> None:
        self.choose("funding", funding_of(project))


class VoidForm(ActForm):
    """A payment recorded by mistake."""

    payment = forms.ChoiceField(label=_("Payment"))
    reason = forms.CharField(label=_("Why it was a mistake"), max_length=LONG)

    def prepare(self, standing: Standing, project: Project) -> None:
        self.rows = {str(one.pk): one for one in project.payments.filter(void_reason="")}
        self.choose(
            "payment",
            [(pk, f"{one.paid_on:%d/%m/%Y}: {one.amount_vnd:,}") for pk, one in self.rows.items()],
        )


class ReceiveForm(ActForm):
    """The inputs are with the families."""

    received_on = DayInput(_("Received on"))
    amount_vnd = money(_("Worth for each household (VND)"), required=True)
    funding = forms.ChoiceField(label=_("Money from"))

    def prepare(self, standing: Standing, project: Project) -> None:
        self.choose("funding", funding_of(project))


class LeftForm(ActForm):
    """A household leaves the project. `rows`: those the user may name."""

    participant = forms.ChoiceField(label=_("Household"))
    left_on = DayInput(_("Left on"))
    reason = forms.CharField(label=_("Reason"), max_length=LONG)

    def prepare(self, standing: Standing, project: Project) -> None:
        part = ProjectParticipant.objects.filter(
            project=project,
            standing__in=[ParticipantStanding.TARGET, ParticipantStanding.OTHER],
        ).select_related("household__card", "project__commune")
        self.rows = {str(one.pk): one for one in part}
        self.choose("participant", [(pk, one.household.code) for pk, one in self.rows.items()])


class CycleForm(ActForm):
    """A cycle of production: the next one, or one corrected."""

    number = forms.TypedChoiceField(label=_("Cycle"), coerce=int)
    started_on = DayInput(_("Began on"))
    ended_on = optional_day(pgettext_lazy("cycle", "Ended on"))
    unit = forms.CharField(label=_("Unit of the result (kg, head)"), max_length=30)
    planned_quantity = DecimalNumberField(
        label=_("Planned result"), min_value=0, max_digits=12, decimal_places=2
    )
    real_quantity = DecimalNumberField(
        label=_("Real result"), min_value=0, max_digits=12, decimal_places=2,
        required=False,
    )  # fmt: skip
    sold_vnd = money(_("Sold for (VND)"))
    returned_vnd = money(_("Returned to the revolving fund (VND)"))
    note = lines(_("Note"), required=False)

    def prepare(self, standing: Standing, project: Project) -> None:
        known = list(project.cycles.values_list("number", flat=True))
        following = max(known, default=0) + 1
        self.choose("number", [(one, one) for one in (following, *known)])


class EvaluateForm(EvaluationForm, ActForm):
    """What the project was worth."""

    def prepare(self, standing: Standing, project: Project) -> None:
        since = standing.progress.kept_known_from
        self.begins_with(
            standing.households,
            _("12 months after the inputs: %(day)s. Leave it empty before.")
            % {"day": f"{since:%d/%m/%Y}"}
            if since
            else _("The inputs are not there yet: leave it empty."),
        )


class MendForm(MendingForm, ActForm):
    """A shortcoming of the project is mended."""

    def prepare(self, standing: Standing, project: Project) -> None:
        self.offers(project.evaluations.all())


def funding_of(project: Project) -> list[tuple[Any, Any]]:
    return [(one, FundingLine(one).label) for one in project.programme.funding]


class JoinForm(SaysFaults):
    """Households that are to take part. Those ticked come beside it, by their keys."""

    joined_on = DayInput(_("Takes part since"))
    codes = forms.CharField(
        label=_("Codes of households, one a line"),
        required=False,
        widget=forms.Textarea({"rows": 3}),
        help_text=_("Of those that do not stand in the list above."),
    )
    as_others = forms.BooleanField(
        label=_("These take part with their own means, without support"), required=False
    )
