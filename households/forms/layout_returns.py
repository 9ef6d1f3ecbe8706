"""A sheet that the receiver of a layout sent back, as it is uploaded."""

from django import forms
from django.utils.translation import gettext_lazy

from households.forms.layouts import OfAnArea
from households.forms.steps import DayInput, SaysFaults


class ReturnForm(OfAnArea, SaysFaults):
    """The sheet, of which area, who sent it back and when."""

    receiver = forms.CharField(label=gettext_lazy("Who sent it back"), max_length=120)
    returned_on = DayInput(gettext_lazy("Sent back on"))
    sent = forms.FileField(
        label=gettext_lazy("The sheet that came back"),
        help_text=gettext_lazy(
            "Excel (.xlsx, .xls), .ods or .csv, in any encoding. Columns in any order, titles "
            "above them and columns of the receiver's own do no harm."
        ),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.xls,.ods,.csv,.txt"}),
    )


class SettleForm(SaysFaults):
    """What is said of a difference; words are needed for a disputed number."""

    note = forms.CharField(label=gettext_lazy("Note"), required=False, max_length=500)
