"""What a list with names is taken out for."""

from django import forms
from django.utils.translation import gettext_lazy

from households.choices import Purpose


class DisclosureForm(forms.Form):
    """The purpose is chosen from a list; the note may say more."""

    purpose = forms.ChoiceField(
        label=gettext_lazy("What is the list for?"),
        choices=[("", ""), *Purpose.choices],
        widget=forms.Select(attrs={"class": "form-select"}),
    )
    note = forms.CharField(label=gettext_lazy("Note"), max_length=200, required=False)
