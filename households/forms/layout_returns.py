"""A sheet that the receiver of a layout sent back, as it is uploaded."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from households.forms.steps import DayInput, SaysFaults
from households.models import Area


class ReturnForm(SaysFaults):
    area = forms.ChoiceField(
        label=gettext_lazy("Of which area"),
        widget=forms.Select(attrs={"class": "form-select"}),
    )
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

    def __init__(self, *args: Any, areas: list[Area], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.areas = {str(one.pk): one for one in areas}
        chosen = self.fields["area"]
        assert isinstance(chosen, forms.ChoiceField)
        chosen.choices = [(pk, one.name) for pk, one in self.areas.items()]

    def chosen(self) -> Area:
        return self.areas[self.cleaned_data["area"]]


class SettleForm(SaysFaults):
    """What is said of a difference; words are needed for a disputed number."""

    note = forms.CharField(label=gettext_lazy("Note"), required=False, max_length=500)
