"""What is typed to issue certificates, hand them over, replace one, and to confirm a status."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from households.choices import ConfirmationPurpose, SignerTitle
from households.forms.steps import DayInput, SaysFaults
from households.models import Person
from households.services.certificates import Signed
from households.services.status_confirmations import Asked


class SignedForm(SaysFaults):
    """Day and signer of certificates."""

    issued_on = DayInput(gettext_lazy("Issued on"))
    signed_by = forms.CharField(label=gettext_lazy("Signed by"), max_length=120)
    signer_title = forms.ChoiceField(
        label=gettext_lazy("Title of the signer"),
        choices=SignerTitle.choices,
        initial=SignerTitle.CHAIR,
        widget=forms.RadioSelect,
    )

    def signed(self) -> Signed:
        """After is_valid()."""
        given = self.cleaned_data
        return Signed(given["issued_on"], given["signed_by"], SignerTitle(given["signer_title"]))


class ReissueForm(SignedForm):
    reason = forms.CharField(label=gettext_lazy("Why again"), max_length=200)
    field_order = ("reason",)


class HandOverForm(SaysFaults):
    """When a village's certificates were taken; each by the head of its household."""

    handed_over_on = DayInput(gettext_lazy("Handed over on"))
    handed_to = forms.CharField(
        label=gettext_lazy("Handed to"),
        max_length=120,
        required=False,
        help_text=gettext_lazy("Left empty: each to the head of its household."),
    )


class WrittenForm(SaysFaults):
    """When changes of the members were written on the paper."""

    written_on = DayInput(gettext_lazy("Written on"))


class ConfirmationForm(SaysFaults):
    """For whom, on which day, what for. `members`: of the household, with their names."""

    person = forms.ChoiceField(label=gettext_lazy("For whom"), required=False)
    on_day = DayInput(gettext_lazy("On the day"))
    purpose = forms.ChoiceField(
        label=gettext_lazy("What for"),
        choices=ConfirmationPurpose.choices,
        initial=ConfirmationPurpose.SCHOOL,
        widget=forms.RadioSelect,
    )
    purpose_note = forms.CharField(label=gettext_lazy("In words"), max_length=200, required=False)
    signer_title = forms.ChoiceField(
        label=gettext_lazy("Title of the signer"),
        choices=SignerTitle.choices,
        initial=SignerTitle.CHAIR,
        required=False,
        widget=forms.RadioSelect,
    )

    def __init__(self, *args: Any, members: Sequence[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._members = {str(one.pk): one for one in members}
        field = self.fields["person"]
        assert isinstance(field, forms.ChoiceField)
        whole = ("", gettext_lazy("The whole household"))
        field.choices = [whole, *((pk, one.full_name) for pk, one in self._members.items())]

    def asked(self) -> Asked:
        """After is_valid()."""
        given = self.cleaned_data
        return Asked(
            on_day=given["on_day"],
            purpose=ConfirmationPurpose(given["purpose"]),
            purpose_note=given["purpose_note"],
            person=self._members.get(given["person"]),
        )
