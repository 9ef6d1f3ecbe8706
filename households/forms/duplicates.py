"""What is said about a pair: why it is two, or what stays of both; and a number somebody claims."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from households.forms.steps import SaysFaults
from households.queries.duplicate_sides import SIDES
from households.services.duplicates.merging import Chosen

_SIDES = [(one, one) for one in SIDES]


class WhyForm(SaysFaults):
    """The reason alone."""

    why = forms.CharField(
        label=gettext_lazy("How do you know?"),
        help_text=gettext_lazy("Whom you asked, which papers you saw."),
        widget=forms.Textarea({"rows": 2}),
        max_length=1000,
    )


class MergeForm(WhyForm):
    """Which of the two stays, and the side of each fact on which they differ."""

    field_order = ["kept"]

    def __init__(self, *args: Any, facts: Iterable[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.facts = tuple(facts)
        for name in ("kept", *self.facts):
            self.fields[name] = forms.ChoiceField(choices=_SIDES, required=False)

    def chosen(self) -> Chosen:
        """After is_valid()."""
        given = self.cleaned_data
        return Chosen(given["kept"], {name: given[name] for name in self.facts if given[name]})


class ClaimForm(SaysFaults):
    """A number the register has for somebody else."""

    number = forms.CharField(
        label=gettext_lazy("Personal number on the paper"),
        max_length=20,
        widget=forms.TextInput({"inputmode": "numeric", "autocomplete": "off"}),
    )
    words = forms.CharField(
        label=gettext_lazy("What shows that the number is this person's"),
        widget=forms.Textarea({"rows": 2}),
        max_length=1000,
    )
