"""What is typed of a correcting decision: paper, reason, and each household's right class."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from households.choices import PovertyClass
from households.forms.steps import DecisionForm
from households.models.certificates import CERTIFIED

_NOBODY = "NONE"
_CLASSES = [
    ("", gettext_lazy("No change")),
    *((one.value, one.label) for one in CERTIFIED),
    (_NOBODY, gettext_lazy("On no list")),
]


class CorrectionForm(DecisionForm):
    """`households`: (id, head's name) of those chosen."""

    reason = forms.CharField(
        label=gettext_lazy("What was wrong, and why"), widget=forms.Textarea({"rows": 3})
    )

    def __init__(self, *args: Any, households: Sequence[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.households = households
        for pk, name in households:
            self.fields[f"class_{pk}"] = forms.ChoiceField(
                label=name,
                choices=_CLASSES,
                required=False,
                widget=forms.Select({"class": "form-select"}),
            )

    @property
    def class_fields(self) -> list[forms.BoundField]:
        return [self[f"class_{pk}"] for pk, __ in self.households]

    @property
    def paper_fields(self) -> list[forms.BoundField]:
        return [one for one in self if not one.name.startswith("class_")]

    def changes(self) -> dict[int, PovertyClass | None]:
        """After is_valid(), also where the rest is not typed yet: those for whom something was
        chosen."""
        given = {pk: self.cleaned_data.get(f"class_{pk}") for pk, __ in self.households}
        return {
            pk: None if chosen == _NOBODY else PovertyClass(chosen)
            for pk, chosen in given.items()
            if chosen
        }
