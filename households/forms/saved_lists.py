"""The name of a saved list."""

from django import forms
from django.utils.translation import gettext_lazy


class SavedListForm(forms.Form):
    """Its length and uniqueness are judged by the service, in the same words everywhere."""

    name = forms.CharField(
        label=gettext_lazy("Name of the list"),
        max_length=60,
        widget=forms.TextInput(attrs={"class": "form-control", "autocomplete": "off"}),
    )
