"""What the department types about the terms of a programme, and the day one asks about."""

import datetime as dt
from collections.abc import Mapping

from django import forms
from django.utils.translation import gettext_lazy as _

#: Days one may ask about: nothing is recorded outside, and months before them still have a name.
EARLIEST, LATEST = dt.date(1990, 1, 1), dt.date(2100, 12, 31)


class ConfirmTermsForm(forms.Form):
    """Vouching for one doubtful part of the terms."""

    source = forms.CharField(
        label=_("Source"),
        max_length=300,
        help_text=_("The text with its article or annex, as printed."),
    )


def asked_day(typed: Mapping[str, str], today: dt.date) -> dt.date:
    """The day of ?on= (dd/mm/yyyy or yyyy-mm-dd), today where there is none or it is no day."""
    try:
        found: dt.date = forms.DateField(input_formats=["%d/%m/%Y", "%Y-%m-%d"]).clean(
            typed.get("on", "")
        )
        return found if EARLIEST <= found <= LATEST else today
    except forms.ValidationError:
        return today
