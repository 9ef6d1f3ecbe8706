"""A village that the map does not have yet."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from households.choices import Settlement
from households.models import Area


class NewVillageForm(forms.Form):
    """`communes` are those in which the user may add villages."""

    commune = forms.ModelChoiceField(
        queryset=Area.objects.none(), label=_("Commune"), empty_label=_("Choose the commune")
    )
    name = forms.CharField(label=_("Name of the village"), max_length=120)
    settlement = forms.ChoiceField(
        label=_("Urban or rural"),
        required=False,
        choices=[("", _("As the commune")), *Settlement.choices],
    )

    def __init__(self, *args: Any, communes: list[Area], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["commune"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = Area.objects.filter(pk__in=[one.pk for one in communes]).order_by(
            "folded_name"
        )
        if len(communes) == 1:
            self.initial["commune"] = communes[0].pk
