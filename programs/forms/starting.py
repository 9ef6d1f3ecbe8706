"""From which year a commune's lists are complete."""

from django import forms
from django.utils.translation import gettext_lazy

from households.forms.steps import SaysFaults


class CompleteFromForm(SaysFaults):
    """`year` is that of a periodic review."""

    year = forms.IntegerField(
        label=gettext_lazy("Complete from the review of"),
        min_value=1993,
        max_value=2100,
        help_text=gettext_lazy(
            "povreg has every list from this review to the one in force: nobody was left out."
        ),
        widget=forms.NumberInput({"class": "form-control", "inputmode": "numeric"}),
    )
