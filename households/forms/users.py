"""Creating accounts and assigning roles."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.contrib.auth.validators import UnicodeUsernameValidator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from households import clock
from households.choices import AreaLevel, Role
from households.folding import fold
from households.models import Area


class AssignmentForm(forms.Form):
    """A role in a unit; with a village name, in that village of the commune."""

    role = forms.ChoiceField(label=gettext_lazy("Role"))
    unit = forms.ModelChoiceField(
        queryset=Area.objects.none(),
        label=gettext_lazy("Province, district, commune, ward or town"),
        empty_label=gettext_lazy("Choose the unit"),
    )
    village = forms.CharField(
        label=gettext_lazy("Village"),
        required=False,
        max_length=120,
        help_text=gettext_lazy(
            "Only for a reviewer or village head: its name in the commune, ward or town."
        ),
    )

    def __init__(
        self,
        *args: Any,
        units: list[Area],
        unit_types: Mapping[int, str],
        roles: frozenset[Role],
        **kwargs: Any,
    ) -> None:
        """`units` and `roles` are those that may be given; `unit_types` say "phường", "xã"."""
        super().__init__(*args, **kwargs)
        role = self.fields["role"]
        assert isinstance(role, forms.ChoiceField)
        role.choices = [(one.value, one.label) for one in Role if one in roles]
        unit = self.fields["unit"]
        assert isinstance(unit, forms.ModelChoiceField)
        unit.queryset = Area.objects.filter(pk__in=[one.pk for one in units])
        unit.choices = [
            ("", _("Choose the unit")),
            *((one.pk, f"{one.name} ({unit_types[one.pk]}, {one.code})") for one in units),
        ]

    def clean(self) -> dict[str, Any]:
        """`area` is what the role is for: the unit, or the village found in it."""
        cleaned: dict[str, Any] = super().clean() or {}
        unit, village = cleaned.get("unit"), cleaned.get("village")
        cleaned["area"] = unit
        if unit and village:
            cleaned["area"] = self._village(unit, village)
        return cleaned

    def _village(self, commune: Area, name: str) -> Area | None:
        villages = Area.objects.at(AreaLevel.VILLAGE).on(clock.today())
        found = villages.filter(parent=commune, folded_name=fold(name)).first()
        if found is None:
            self.add_error("village", _("This unit has no village of this name."))
        return found


class NewUserForm(AssignmentForm):
    """An account with its first assignment."""

    username = forms.CharField(
        label=gettext_lazy("Log-in name"), max_length=150, validators=[UnicodeUsernameValidator()]
    )
    full_name = forms.CharField(label=gettext_lazy("Full name"), max_length=120)
    phone = forms.CharField(label=gettext_lazy("Phone"), max_length=20, required=False)
    field_order = ["username", "full_name", "phone", "role", "unit", "village"]
