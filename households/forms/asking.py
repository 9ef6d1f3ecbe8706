"""What was said by households that no list names."""

from django import forms
from django.utils.translation import gettext_lazy

from households.choices.asking import AskAnswer
from households.forms.steps import DayInput, SaysFaults


class AskedForm(SaysFaults):
    answer = forms.ChoiceField(
        label=gettext_lazy("What was said"),
        choices=AskAnswer.choices,
        initial=AskAnswer.NO_WISH,
        widget=forms.RadioSelect,
    )
    asked_on = DayInput(gettext_lazy("Asked on"))
