"""Recording support of a household: only the fields that the kind of programme knows."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from households.choices import SchoolLevel
from households.forms.steps import DayInput, SaysFaults
from households.models import Person
from programs.choices import BenefitState, FundingLine, ProgrammeKind, Recipient
from programs.forms.whole_numbers import WholeNumberField
from programs.models import Benefit, Programme
from programs.services import own_ways
from programs.services.benefit_checks import Given
from programs.workflow import states_of

_FOR_A_TIME = frozenset(
    {
        ProgrammeKind.HEALTH_CARD,
        ProgrammeKind.TRAINING,
        ProgrammeKind.JOB,
        ProgrammeKind.LABOUR_EXPORT,
    }
)
_SCHOOL = frozenset({ProgrammeKind.TUITION, ProgrammeKind.STUDY_COST})


class GivenForm(SaysFaults):
    """What was given of a programme."""

    acted_on = DayInput(pgettext_lazy("of a benefit", "On"))
    amount_vnd = WholeNumberField(label=_("Amount (VND)"), required=False, min_value=0)
    number = forms.CharField(
        label=_("Number of the card, contract or decision"), max_length=60, required=False
    )
    funding = forms.ChoiceField(label=_("Money from"), required=False)

    def __init__(self, *args: Any, programme: Programme, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.programme = programme
        self.kept: dict[str, Any] = {}
        lines = [(code, FundingLine(code).label) for code in programme.funding]
        funding = self.fields["funding"]
        assert isinstance(funding, forms.ChoiceField)
        funding.choices = [("", "–"), *lines]
        if programme.kind in _FOR_A_TIME:
            for name, label in (("valid_from", _("Valid from")), ("valid_to", _("Valid until"))):
                self.fields[name] = DayInput(label)
                self.fields[name].required, self.fields[name].initial = False, None
        if programme.kind in _SCHOOL:
            self.fields["school_year"] = forms.IntegerField(
                label=_("School year begins in"), min_value=2000, max_value=2100
            )
            self.fields["months"] = forms.IntegerField(
                label=_("Months of the school year"), min_value=1, max_value=12
            )
            self.fields["school_level"] = forms.ChoiceField(
                label=_("School level"), choices=[("", "–"), *SchoolLevel.choices], required=False
            )

    def given(self) -> Given:
        """After is_valid(). What this form does not ask stays as it was."""
        names = Given.__dataclass_fields__
        told = {name: self.cleaned_data[name] for name in names if name in self.fields}
        return Given(**(self.kept | told))


class BenefitForm(GivenForm):
    """One benefit of a household; `members`: those of today; `asks_ground`: the programme has a
    confirmed ground today."""

    state = forms.ChoiceField(label=_("How far it has come"))
    without_ground_because = forms.CharField(
        label=_("Given although no ground holds, because"),
        max_length=300,
        required=False,
        help_text=_("It then stands on the list of those to be checked."),
    )
    field_order = (
        "person",
        "state",
        "acted_on",
        "amount_vnd",
        "school_year",
        "school_level",
        "months",
    )

    def __init__(
        self, *args: Any, programme: Programme, members: Sequence[Person], asks_ground: bool,
        **kwargs: Any,
    ) -> None:  # fmt: skip
        super().__init__(*args, programme=programme, **kwargs)
        if not asks_ground:
            self.fields["without_ground_because"].help_text = _(
                "No ground of this programme is confirmed today: it is recorded without a reason."
            )
        self.members = {str(one.pk): one for one in members}
        states = [(one.value, one.label) for one in states_of(programme.kind)]
        state = self.fields["state"]
        assert isinstance(state, forms.ChoiceField)
        state.choices = states
        if programme.recipient == Recipient.PERSON:
            self.fields["person"] = forms.ChoiceField(
                label=_("Member"),
                # Nobody is chosen beforehand: a benefit is not recorded for the wrong member.
                choices=[("", "–"), *((pk, one.full_name) for pk, one in self.members.items())],
            )
        self.order_fields([*self.field_order, *self.fields])

    def person(self) -> Person | None:
        return self.members.get(self.cleaned_data.get("person", ""))


class StepForm(GivenForm):
    """Taking a benefit on to its next state."""

    state = forms.ChoiceField(label=_("Next step"))
    reason = forms.CharField(label=_("Why, if refused"), max_length=300, required=False)
    field_order = ("state", "acted_on")

    def __init__(self, *args: Any, benefit: Benefit, **kwargs: Any) -> None:
        kept = {name: getattr(benefit, name) for name in Given.__dataclass_fields__}
        super().__init__(*args, programme=benefit.programme, initial=kept, **kwargs)
        self.kept = kept
        following = own_ways.plain_steps_of(benefit)
        state = self.fields["state"]
        assert isinstance(state, forms.ChoiceField)
        state.choices = [(one.value, BenefitState(one).label) for one in following]
        self.order_fields([*self.field_order, *self.fields])


class CancelForm(SaysFaults):
    """Taking back what was recorded by mistake."""

    reason = forms.CharField(label=_("Why it was a mistake"), max_length=300)
