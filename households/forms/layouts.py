"""An output layout as it is typed: name, rows, and its columns row by row."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from households.choices.layouts import LayoutWhom, RowKind
from households.exchange.layout_fields import FIELDS, LayoutColumn, LayoutField, column_for
from households.forms.disclosures import DisclosureForm
from households.forms.steps import SaysFaults
from households.models import Area


class NewLayoutForm(SaysFaults):
    name = forms.CharField(label=gettext_lazy("Name of the layout"), max_length=80)
    row_kind = forms.ChoiceField(
        label=gettext_lazy("Rows"),
        choices=RowKind.choices,
        initial=RowKind.HOUSEHOLD,
        widget=forms.RadioSelect,
    )
    whom = forms.ChoiceField(
        label=gettext_lazy("Households of the sheet"),
        choices=LayoutWhom.choices,
        widget=forms.Select(attrs={"class": "form-select"}),
    )


class LayoutForm(SaysFaults):
    """The columns are lists of equal length, as a table of fields sends them: `field`, `place`,
    `heading`, `codes`; `remove` names those to go, `add` one more."""

    name = forms.CharField(label=gettext_lazy("Name of the layout"), max_length=80)
    whom = forms.ChoiceField(
        label=gettext_lazy("Households of the sheet"),
        choices=LayoutWhom.choices,
        widget=forms.Select(attrs={"class": "form-select"}),
    )
    is_shared = forms.BooleanField(
        label=gettext_lazy("Everyone who reads families of the province may use it"),
        required=False,
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        columns = sorted(self._typed(), key=lambda one: one[0])
        cleaned["columns"] = [column for __, column in columns]
        if self._sent("add")[:1] and (added := self._sent("add")[0]) in FIELDS:
            cleaned["columns"].append(_with_new_heading(column_for(added), cleaned["columns"]))
        return cleaned

    def _sent(self, name: str) -> list[str]:
        found: list[str] = self.data.getlist(name)  # type: ignore[attr-defined]
        return found

    def _typed(self) -> list[tuple[float, LayoutColumn]]:
        gone = set(self._sent("remove"))
        lists = (self._sent(name) for name in ("field", "place", "heading", "codes"))
        typed = []
        for at, (of, place, heading, codes) in enumerate(zip(*lists, strict=False), start=1):
            if of not in FIELDS or str(at) in gone:
                continue
            # Typed before or after an old number, a column stands there.
            number = float(place) if place.isascii() and place.isdigit() else at
            moved = -0.5 if number < at else 0.5 if number > at else 0
            column = LayoutColumn(of, " ".join(heading.split()), self._codes(FIELDS[of], codes))
            typed.append((number + moved, column))
        return typed

    def _codes(self, of: LayoutField, text: str) -> dict[str, str]:
        """What was typed as "Y=1; N=0"."""
        codes = {}
        for pair in filter(None, map(str.strip, text.split(";"))):
            code, is_pair, word = pair.partition("=")
            if not is_pair or not code.strip():
                told = {"column": of.label, "pair": pair}
                self.add_error(
                    None, _("“%(column)s”: write codes as Y=1; N=0, not %(pair)s.") % told
                )
                continue
            codes[code.strip()] = word.strip()
        return codes


def _with_new_heading(column: LayoutColumn, others: list[LayoutColumn]) -> LayoutColumn:
    """The same column once more has another heading."""
    taken = {one.heading.casefold() for one in others}
    heading, number = column.heading, 1
    while heading.casefold() in taken:
        number += 1
        heading = f"{column.heading} {number}"
    return LayoutColumn(column.field, heading, column.codes)


class OfAnArea(forms.Form):
    """Of which of the user's areas."""

    area = forms.ChoiceField(
        label=gettext_lazy("Of which area"),
        widget=forms.Select(attrs={"class": "form-select"}),
    )

    def __init__(self, *args: Any, areas: list[Area], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.areas = {str(one.pk): one for one in areas}
        chosen = self.fields["area"]
        assert isinstance(chosen, forms.ChoiceField)
        chosen.choices = [(pk, one.name) for pk, one in self.areas.items()]

    def chosen(self) -> Area:
        return self.areas[self.cleaned_data["area"]]


class LayoutFileForm(OfAnArea, DisclosureForm):
    """Of which area, what for."""

    field_order = ("area", "purpose", "note")
