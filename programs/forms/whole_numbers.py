"""Whole numbers as people write them: money and counts in groups of three."""

import re
from typing import Any

from django import forms
from django.utils.formats import number_format

_GROUPS = re.compile(r"\d{1,3}([.,])\d{3}(?:\1\d{3})*")


class WholeNumberField(forms.IntegerField):
    """150.000 is a hundred and fifty thousand. Django's own field reads it as 150 where the point
    groups, for it drops a point and noughts at the end. Shown in groups."""

    widget = forms.TextInput

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.widget.attrs.setdefault("inputmode", "numeric")

    def prepare_value(self, value: Any) -> Any:
        return number_format(value, force_grouping=True) if isinstance(value, int) else value

    def to_python(self, value: Any) -> int | None:
        if isinstance(value, str):
            value = "".join(value.split())
            if _GROUPS.fullmatch(value):
                value = re.sub(r"[.,]", "", value)
            elif "." in value or "," in value:
                raise forms.ValidationError(self.error_messages["invalid"], code="invalid")
        found: int | None = super().to_python(value)
        return found
