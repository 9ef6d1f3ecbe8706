"""The log-in by name or telephone, and the code of the second factor."""

from typing import Any

from django import forms
from django.contrib.auth.forms import AuthenticationForm
from django.utils.translation import gettext_lazy

from households.models import User
from households.services import users


class LogInForm(AuthenticationForm):
    """As Django's, but the first field takes a telephone too, where it names one account."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["username"].label = gettext_lazy("Log-in name or phone")

    def clean_username(self) -> str:
        """The account's log-in name, so that tries by phone and by name count together."""
        typed: str = self.cleaned_data["username"]
        if User.objects.filter(username=typed).exists():
            return typed
        return name_of_phone(typed) or typed


def name_of_phone(typed: str) -> str | None:
    """The log-in name of the one account in use that has this telephone; None for none or two.
    One query for what looks like a telephone, else none."""
    digits = users.plain_phone(typed)
    if not (digits.isdecimal() and digits.isascii() and len(digits) >= 9):
        return None
    found = User.objects.filter(phone=digits, is_active=True).values_list("username", flat=True)
    names = list(found[:2])
    return names[0] if len(names) == 1 else None


class CodeForm(forms.Form):
    """A code of the authenticator or, where recovery codes are taken, one of those."""

    code = forms.CharField(
        label=gettext_lazy("Code"),
        max_length=20,
        widget=forms.TextInput(
            attrs={"autocomplete": "one-time-code", "autocapitalize": "none", "autofocus": True}
        ),
    )
