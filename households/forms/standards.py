"""What the department types about a standard: a confirmed number with its source."""

import re
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from households.choices import SchoolLevel
from households.services.confirmations import Reading, Value, ValueKind

_PLAIN = re.compile(r"-?\d{1,15}(\.\d{1,6})?")


class ExactNumberField(forms.CharField):
    """A whole number, or an exact decimal as text; written as one writes numbers here."""

    default_error_messages = {"number": _("Write a number, for example 1.500.000 or 7,5.")}

    def to_python(self, value: Any) -> Any:
        text = str(super().to_python(value)).replace(" ", "").replace("\u00a0", "")
        if not text:
            return ""
        thousands, decimal = (",", ".") if get_language() == "en" else (".", ",")
        whole, __, rest = text.partition(decimal)
        if re.fullmatch(rf"-?\d{{1,3}}({re.escape(thousands)}\d{{3}})+", whole):
            whole = whole.replace(thousands, "")
        plain = f"{whole}.{rest}" if rest else whole
        if not _PLAIN.fullmatch(plain):
            raise forms.ValidationError(self.error_messages["number"], code="number")
        return plain if rest else int(plain)


class ConfirmForm(forms.Form):
    """Beside one number: its value, which may be corrected where the standard is unused, and the
    source that proves it."""

    path = forms.CharField(widget=forms.HiddenInput)
    source = forms.CharField(
        label=_("Source"),
        max_length=300,
        help_text=_("The text with its article or annex, as printed."),
    )

    def __init__(
        self,
        typed: QueryDict | None = None,
        *,
        code: str,
        reading: Reading,
        may_correct: bool,
    ) -> None:
        self.anchor = anchor_of(code, reading.path)
        super().__init__(typed, auto_id=f"{self.anchor}_%s")
        self.reading = reading
        self.fields["path"].initial = reading.path
        if may_correct and (field := _value_field(reading)):
            self.fields["value"] = field
        self.order_fields(["path", "value", "source"])
        for field in self.fields.values():
            if not field.widget.is_hidden:
                is_select = isinstance(field.widget, forms.Select)
                field.widget.attrs["class"] = "form-select" if is_select else "form-control"

    @property
    def vouched_value(self) -> Value:
        """The value vouched for: the one typed, else the one that stands."""
        typed = self.cleaned_data.get("value", self.reading.value)
        if self.reading.kind == ValueKind.FLAG and isinstance(typed, str):
            return typed == "yes"
        given: Value = typed
        return given


def _value_field(reading: Reading) -> forms.Field | None:
    if reading.kind == ValueKind.NUMBER:
        shown = str(reading.value)
        if get_language() != "en":
            shown = shown.replace(".", ",")
        return ExactNumberField(label=_("Value"), initial=shown)
    if reading.kind == ValueKind.FLAG:
        answers = [("yes", pgettext_lazy("answer", "yes")), ("no", pgettext_lazy("answer", "no"))]
        initial = "yes" if reading.value else "no"
        return forms.ChoiceField(label=_("Value"), choices=answers, initial=initial)
    if reading.kind == ValueKind.LEVEL:
        levels = SchoolLevel.choices
        return forms.ChoiceField(label=_("Value"), choices=levels, initial=str(reading.value))
    return None


def anchor_of(code: str, path: str) -> str:
    """An id for the page, unique by standard and path."""
    return "n-" + re.sub(r"[^a-z0-9]+", "-", f"{code}.{path}".lower())
