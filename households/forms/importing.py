"""Files of a review as they are sent."""

from django.utils.translation import gettext_lazy

from households.forms.photos import FilesField
from households.forms.steps import SaysFaults


class ImportForm(SaysFaults):
    sent = FilesField(
        label=gettext_lazy("One workbook, or the two files"),
        help_text=gettext_lazy(
            "Households and members: two sheets of a workbook (.xlsx, .xls, .ods), or two files "
            "(.csv too, in any encoding). Columns in any order; what they mean can be corrected."
        ),
        widget=FilesField.widget(attrs={"accept": ".xlsx,.xls,.ods,.csv,.txt"}),
    )
