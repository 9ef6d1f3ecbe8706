"""Uploading a list of accounts, and sending it again to be made."""

import json
from typing import Any

from django import forms
from django.core import signing
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from households.exchange.account_sheet import SheetRow

_SALT = "households.account_list"
_LIFETIME_S = 3600


class AccountFileForm(forms.Form):
    file = forms.FileField(
        label=gettext_lazy("Filled-in list (.xlsx or .csv)"),
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx,.csv", "class": "form-control"}),
    )


class CheckedListForm(forms.Form):
    """The rows as they were checked, signed, so that nothing waits on the server."""

    rows = forms.CharField(widget=forms.HiddenInput)
    only_good = forms.BooleanField(required=False)

    def clean_rows(self) -> list[SheetRow]:
        try:
            found: Any = signing.loads(self.cleaned_data["rows"], salt=_SALT, max_age=_LIFETIME_S)
        except signing.BadSignature as fault:
            raise forms.ValidationError(_("The check is too old. Send the file again.")) from fault
        return [SheetRow(line, cells) for line, cells in json.loads(found)]


def signed(rows: list[SheetRow]) -> str:
    plain = json.dumps([[one.line, dict(one.cells)] for one in rows])
    return signing.dumps(plain, salt=_SALT, compress=True)
