"""What adds a webhook to another system."""

from typing import Final

from django import forms
from django.utils.translation import gettext_lazy

from households.choices.webhooks import NEEDS, WebhookKind
from households.forms.steps import SaysFaults

_ADDRESS_LETTERS: Final = 500


class WebhookForm(SaysFaults):
    url = forms.CharField(
        label=gettext_lazy("Address"),
        max_length=_ADDRESS_LETTERS,
        help_text=gettext_lazy("https://… of the other system; messages are posted to it."),
        widget=forms.TextInput(attrs={"inputmode": "url", "autocomplete": "off"}),
    )
    kinds = forms.MultipleChoiceField(
        label=gettext_lazy("What the system is told"),
        choices=[(one.value, one.label) for one in NEEDS],
        widget=forms.CheckboxSelectMultiple,
        initial=[one.value for one in NEEDS],
    )

    def chosen(self) -> list[WebhookKind]:
        """After is_valid()."""
        return [WebhookKind(one) for one in self.cleaned_data["kinds"]]
