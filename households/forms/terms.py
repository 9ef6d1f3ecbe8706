"""What the department types to set a term of the procedure or a day of the calendar."""

from typing import Any

from django import forms
from django.utils.translation import get_language, gettext_lazy

from households.forms.steps import DayInput, SaysFaults
from households.queries.terms import Terms


class TermForm(SaysFaults):
    """One of the terms from a day on, with the text it stands in."""

    name = forms.ChoiceField(label=gettext_lazy("Term"))
    value = forms.CharField(
        label=gettext_lazy("Value"),
        max_length=200,
        help_text=gettext_lazy("A number, a day as dd/mm/yyyy, or codes of ethnic groups."),
        widget=forms.TextInput({"autocomplete": "off"}),
    )
    valid_from = DayInput(gettext_lazy("In force from"))
    source = forms.CharField(label=gettext_lazy("Text it stands in"), max_length=300)

    def __init__(self, *args: Any, terms: Terms, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["name"]
        assert isinstance(field, forms.ChoiceField)
        english = get_language() == "en"
        field.choices = [
            (name, term.name_en if english else term.name_vi)
            for name, term in terms.by_name.items()
        ]


class SpecialDayForm(SaysFaults):
    """A day off, or a day worked to make up for one."""

    day = DayInput(gettext_lazy("Day"))
    is_working = forms.BooleanField(label=gettext_lazy("A day that is worked"), required=False)
    name = forms.CharField(label=gettext_lazy("What it is"), max_length=120)
    source = forms.CharField(label=gettext_lazy("Text it stands in"), max_length=300)
