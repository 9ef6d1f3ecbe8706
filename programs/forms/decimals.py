"""Decimal numbers as people write them here: a comma before the decimals, points between groups."""

import re
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.formats import localize_input

_GROUPED = re.compile(r"[1-9]\d{0,2}(?:\.\d{3})+(,\d+)?")


class DecimalNumberField(forms.DecimalField):
    """1.500 is one thousand five hundred and 1.500,5 has a half more; 1,5 and 1.5 are one and a
    half. Django's own field reads 1.500 as one and a half where points are not taken out.

    Three digits after a comma are refused wherever fewer decimals are asked for: they may have been
    meant as a group.
    """

    widget = forms.TextInput

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.widget.attrs.setdefault("inputmode", "decimal")

    def prepare_value(self, value: Any) -> Any:
        return localize_input(value) if isinstance(value, Decimal) else value

    def to_python(self, value: Any) -> Any:  # Decimal or None
        if isinstance(value, str):
            value = "".join(value.split())
            if _GROUPED.fullmatch(value):
                value = value.replace(".", "")
            if value.count(",") == 1 and "." not in value:
                value = value.replace(",", ".")
        return super().to_python(value)
