"""Why what was looked at needs no more."""

from django import forms
from django.utils.translation import gettext_lazy

from households.choices.oddities import OddityReason
from households.forms.steps import SaysFaults


class DismissForm(SaysFaults):
    reason = forms.ChoiceField(
        label=gettext_lazy("Why it needs no more"),
        choices=OddityReason.choices,
        widget=forms.RadioSelect,
    )
