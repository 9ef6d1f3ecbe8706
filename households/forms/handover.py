"""To whom, and how much."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy

from households.models import User


class HandOverForm(forms.Form):
    """The taker is one of the accounts that the manager knows."""

    taker = forms.ModelChoiceField(
        queryset=User.objects.none(),
        label=gettext_lazy("To whom"),
        widget=forms.Select(attrs={"class": "form-select"}),
    )
    with_assignments = forms.BooleanField(
        label=gettext_lazy("The assignments too"), required=False, initial=True
    )
    close = forms.BooleanField(label=gettext_lazy("Close the account"), required=False)

    def __init__(self, *args: Any, takers: QuerySet[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["taker"].queryset = takers  # type: ignore[attr-defined]
