"""What an officer says of a benefit without a ground."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from households.forms.steps import SaysFaults
from programs.choices.coverage import GroundVerdict
from programs.models import ProgrammeTerms


class GroundCheckForm(SaysFaults):
    """The finding, the ground where one was found, and what it rests on. `grounds`: those of the
    programme in force on the day."""

    verdict = forms.ChoiceField(
        label=_("What was found"), choices=GroundVerdict.choices, widget=forms.RadioSelect
    )
    terms = forms.ChoiceField(
        label=pgettext_lazy("of a benefit", "Ground"),
        required=False,
        help_text=_("Only where a ground was found."),
        widget=forms.Select(attrs={"class": "form-select"}),
    )
    note = forms.CharField(
        label=_("What it rests on"),
        max_length=300,
        help_text=_("The paper, list or word of whom, with its number and day."),
    )

    def __init__(self, *args: Any, grounds: Sequence[ProgrammeTerms], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.grounds = {str(one.pk): one for one in grounds}
        field = self.fields["terms"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", "–"), *((pk, one.name) for pk, one in self.grounds.items())]

    def verdict_given(self) -> GroundVerdict:
        """After is_valid()."""
        return GroundVerdict(self.cleaned_data["verdict"])

    def terms_given(self) -> ProgrammeTerms | None:
        """After is_valid()."""
        return self.grounds.get(self.cleaned_data["terms"])
