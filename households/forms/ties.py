"""Finding a household and saying what it is to somebody."""

from django import forms
from django.utils.translation import gettext_lazy

from households.choices import TieKind
from households.models import Household
from households.models.people import HouseholdQuerySet


class TieForm(forms.Form):
    """The household (one of those that may be named) and what it is."""

    household = forms.ModelChoiceField(queryset=Household.objects.none())
    kind = forms.ChoiceField(label=gettext_lazy("What it is"), choices=TieKind.choices)

    def __init__(self, given: object, *, households: HouseholdQuerySet) -> None:
        super().__init__(given)  # type: ignore[arg-type]
        household = self.fields["household"]
        assert isinstance(household, forms.ModelChoiceField)
        household.queryset = households
