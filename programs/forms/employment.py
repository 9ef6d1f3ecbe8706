"""Typing a job or work abroad, its next step, and who still works."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from households.errors import Invalid
from households.forms.steps import DayInput, SaysFaults
from households.models import Person
from programs.choices import BenefitState, FundingLine
from programs.choices.employment import AskedHow, CheckAfter, EmploymentKind, StillEmployed
from programs.forms.whole_numbers import WholeNumberField
from programs.models import Benefit, Employment
from programs.services.benefit_checks import Given
from programs.services.employment import Contract
from programs.services.employment_checks import Answer

_MOST_VND: Final = 10**12
_GIVEN: Final = ("amount_vnd", "number", "funding", "valid_from", "valid_to")


class ContractForm(SaysFaults):
    """The work and its contract; `kinds` are those of its programme."""

    kind = forms.ChoiceField(label=_("Kind of work"))
    employer = forms.CharField(
        label=_("Employer, or the company that sends abroad"), max_length=160, required=False
    )
    workplace = forms.CharField(label=_("Place of work"), max_length=160, required=False)
    country = forms.CharField(label=_("Country, of work abroad"), max_length=80, required=False)
    wage_vnd = WholeNumberField(
        label=_("Wage a month (VND)"), required=False, min_value=0, max_value=_MOST_VND,
    )  # fmt: skip
    valid_from = DayInput(_("Contract from"))
    valid_to = DayInput(_("Contract until"))
    number = forms.CharField(label=_("Number of the contract"), max_length=60, required=False)
    amount_vnd = WholeNumberField(
        label=_("Supported with (VND)"), required=False, min_value=0, max_value=_MOST_VND,
    )  # fmt: skip
    funding = forms.ChoiceField(label=_("Money from"), required=False)
    costs_supported = forms.CharField(
        label=_("What was paid for"), max_length=200, required=False,
        help_text=_("For example: language course, passport and visa, health check, travel."),
    )  # fmt: skip

    def __init__(
        self, *args: Any, kinds: Sequence[EmploymentKind], benefit: Benefit | None = None,
        **kwargs: Any,
    ) -> None:  # fmt: skip
        if benefit is not None:
            kept = {name: getattr(benefit, name) for name in _GIVEN}
            work: Employment | None = getattr(benefit, "employment", None)
            if work is not None:
                kept |= {name: getattr(work, name) for name in Contract.__dataclass_fields__}
            kwargs["initial"] = kept
        super().__init__(*args, **kwargs)
        for name in ("valid_from", "valid_to"):
            self.fields[name].required = False
            self.fields[name].initial = None
        for name, choices in (
            ("kind", [(str(one), one.label) for one in kinds]),
            ("funding", [("", "–"), *FundingLine.choices]),
        ):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = choices

    def contract(self) -> Contract:
        """After is_valid()."""
        given = {name: self.cleaned_data[name] for name in Contract.__dataclass_fields__}
        return Contract(**given | {"kind": EmploymentKind(given["kind"])})

    def given(self) -> Given:
        return Given(**{name: self.cleaned_data[name] for name in _GIVEN})


class NewJobForm(ContractForm):
    """With who works: one of `members`, or a person outside the register."""

    acted_on = DayInput(_("First working day, departure, or day of the list"))
    is_listed = forms.BooleanField(
        label=_("Work abroad: on the list, not departed yet"), required=False
    )
    because = forms.CharField(
        label=_("Recorded although no ground holds, because"), max_length=300, required=False
    )

    def __init__(self, *args: Any, members: Sequence[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.members = {str(one.pk): one for one in members}
        if members:
            self.fields["person"] = forms.ChoiceField(
                label=_("Member"),
                choices=[("", "–"), *((pk, one.full_name) for pk, one in self.members.items())],
            )
        else:
            self.fields["name"] = forms.CharField(label=_("Full name"), max_length=120)
            self.fields["birth_year"] = forms.IntegerField(
                label=_("Birth year"), required=False, min_value=1900, max_value=2100
            )
            self.fields["ground"] = forms.CharField(
                label=_("By what he is counted"), max_length=160
            )
            del self.fields["because"]
        first = ("person", "name", "birth_year", "ground", "kind", "acted_on", "is_listed")
        self.order_fields([*first, *self.fields])

    def person(self) -> Person | None:
        """After is_valid()."""
        return self.members.get(self.cleaned_data.get("person", ""))

    def state(self) -> BenefitState:
        given = self.cleaned_data
        listed = given["is_listed"] and given["kind"] == EmploymentKind.ABROAD
        return BenefitState.LISTED if listed else BenefitState.SERVED


class JobStepForm(SaysFaults):
    """Departed, returned, ended, or recorded by mistake."""

    state = forms.ChoiceField(label=_("What became of it"))
    acted_on = DayInput(pgettext_lazy("of a benefit", "On"))
    reason = forms.CharField(label=_("Why, if it came to nothing"), max_length=300, required=False)

    def __init__(self, *args: Any, states: Sequence[tuple[str, Any]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        state = self.fields["state"]
        assert isinstance(state, forms.ChoiceField)
        state.choices = [("", "–"), *states]


class ChecksForm(SaysFaults):
    """Answers of the grid: "answer-<id>-<months>" and "wage-<id>-<months>" of `keys`."""

    checked_on = DayInput(_("Asked on"))
    asked_how = forms.ChoiceField(label=_("How one asked"), choices=AskedHow.choices)

    def __init__(
        self, data: Mapping[str, Any] | None = None, *, keys: Sequence[tuple[int, CheckAfter]] = ()
    ) -> None:
        super().__init__(data)
        self.keys = keys

    def answers(self) -> list[Answer]:
        """After is_valid(): the rows for which something was chosen. Raises Invalid (a wage that is
        no number)."""
        found = []
        for pk, after in self.keys:
            chosen = self.data.get(f"answer-{pk}-{int(after)}", "")
            wage = self.data.get(f"wage-{pk}-{int(after)}", "").strip()
            if chosen in StillEmployed.values:
                found.append(Answer(pk, after, StillEmployed(chosen), _money(wage)))
            elif wage:
                raise Invalid(_("A wage stands beside a row without an answer."))
        return found


def _money(typed: str) -> int | None:
    digits = typed.replace(".", "").replace(",", "").replace(" ", "")
    if not digits:
        return None
    if not (digits.isascii() and digits.isdecimal() and len(digits) <= 12):
        raise Invalid(_("%(typed)s is no sum of money.") % {"typed": typed[:40]})
    return int(digits)
