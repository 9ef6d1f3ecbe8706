"""Where a new household lives, and whether it asked to be reviewed."""

import uuid
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from households.models import Area


class NewHouseholdForm(forms.Form):
    """`villages` are those in which the user may enter reviews."""

    uuid = forms.UUIDField(widget=forms.HiddenInput, required=False)
    village = forms.ModelChoiceField(
        queryset=Area.objects.none(),
        label=_("Village"),
        empty_label=_("Choose the village"),
        widget=forms.Select(attrs={"autofocus": True}),
    )
    asked_for_review = forms.BooleanField(
        label=_("The household asked to be reviewed (form A first)"), required=False
    )

    def __init__(self, *args: Any, villages: list[Area], **kwargs: Any) -> None:
        kwargs.setdefault("initial", {"uuid": uuid.uuid4(), "asked_for_review": True})
        super().__init__(*args, **kwargs)
        field = self.fields["village"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = Area.objects.filter(pk__in=[one.pk for one in villages])
        by_commune: dict[str, list[tuple[int, str]]] = {}
        for one in villages:
            commune = one.parent.name if one.parent else ""
            by_commune.setdefault(commune, []).append((one.pk, one.name))
        if len(villages) == 1:
            self.initial["village"] = villages[0].pk
        field.choices = [
            ("", _("Choose the village")),
            *(by_commune[next(iter(by_commune))] if len(by_commune) == 1 else by_commune.items()),
        ]
