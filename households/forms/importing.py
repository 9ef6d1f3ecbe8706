"""Files of a review as they are sent."""

from django.utils.translation import gettext_lazy

from households.forms.photos import FilesField
from households.forms.steps import SaysFaults


class ImportForm(SaysFaults):
    sent = FilesField(
        label=gettext_lazy("One workbook, or the two CSV files"),
        help_text=gettext_lazy(
            "households and members in the exchange format: two sheets of one .xlsx, or two .csv "
            "files in UTF-8."
        ),
        widget=FilesField.widget(attrs={"accept": ".xlsx,.csv"}),
    )
