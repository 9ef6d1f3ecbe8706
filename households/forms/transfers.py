"""What the new commune says of a household that is offered to it."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from households.forms.steps import SaysFaults
from households.models import Area


class TakeOverForm(SaysFaults):
    """In which village of the commune it lives now."""

    village = forms.ChoiceField(label=gettext_lazy("It lives in"))

    def __init__(self, *args: Any, villages: Sequence[Area], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.villages = {str(one.pk): one for one in villages}
        choice = self.fields["village"]
        assert isinstance(choice, forms.ChoiceField)
        choice.choices = [(pk, one.name) for pk, one in self.villages.items()]

    def chosen(self) -> Area:
        """After is_valid()."""
        return self.villages[self.cleaned_data["village"]]


class DeclineForm(SaysFaults):
    answer = forms.CharField(
        label=gettext_lazy("Why it is not taken over"), widget=forms.Textarea({"rows": 2})
    )
