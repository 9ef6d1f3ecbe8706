"""What each heading of a sheet means, corrected by its sender."""

from collections.abc import Iterator
from typing import Any, Final

from django import forms
from django.forms.boundfield import BoundField
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from households.choices import PovertyClass
from households.exchange.columns import HOUSEHOLD_COLUMNS, MEMBER_COLUMNS, Column
from households.exchange.list_columns import LIST_COLUMNS
from households.forms.fields import capitalised
from households.forms.steps import SaysFaults
from households.services.import_files import TableRead

_COLUMNS: Final = {
    "households": HOUSEHOLD_COLUMNS,
    "members": MEMBER_COLUMNS,
    # What is kept aside is what no heading is chosen for.
    "list": tuple(one for one in LIST_COLUMNS if one.name != "aside"),
}
#: What a sheet may tell in two or three columns, beside the format's own.
_IN_PARTS: Final[dict[str, str | Promise]] = {
    "birth_male": gettext_lazy("Birth, of men"),
    "birth_female": gettext_lazy("Birth, of women"),
    "birth_day": gettext_lazy("Birth, the day alone"),
    "birth_month": gettext_lazy("Birth, the month alone"),
    "birth_year": gettext_lazy("Birth, the year alone"),
    "sex_male": gettext_lazy("Mark of a man"),
    "sex_female": gettext_lazy("Mark of a woman"),
}
#: What a list may tell by crosses under two headings.
_BY_CLASS: Final[dict[str, str | Promise]] = {
    "class_poor": gettext_lazy("Mark of a poor household"),
    "class_near_poor": gettext_lazy("Mark of a near-poor household"),
}
#: And a sheet of households.
_CLASS_MARKS: Final[dict[str, str | Promise]] = {
    "mark_poor": gettext_lazy("Mark of a poor household"),
    "mark_near_poor": gettext_lazy("Mark of a near-poor household"),
}
#: What may be the same for all rows of a sheet.
_SAME_FOR_ALL: Final = {
    "households": (
        "review_year", "as_of", "province_code", "district_code", "district", "commune_code",
        "commune", "village", "area",
    ),
    "members": (),
    "list": ("village", "poverty_class"),
}  # fmt: skip


def _same_for_all(column: Column, initial: str) -> forms.Field:
    """A value for all rows; of the class one of a list's two."""
    given: dict[str, Any] = {
        "label": capitalised(column.label), "required": False, "initial": initial,
    }  # fmt: skip
    if column.name == "poverty_class":
        pair = (PovertyClass.POOR, PovertyClass.NEAR_POOR)
        choices = [("", "–"), *((str(one), one.label) for one in pair)]
        return forms.ChoiceField(choices=choices, **given)
    return forms.CharField(max_length=column.max_length, **given)


class ColumnsForm(SaysFaults):
    """A choice for each heading ("place-0" …), and a value for what the sheet does not have."""

    def __init__(self, *args: Any, table: TableRead, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.table = table
        known: list[tuple[str, str | Promise]] = [
            (one.name, capitalised(one.label)) for one in _COLUMNS[table.role]
        ]
        known += list((_CLASS_MARKS if table.role == "households" else _IN_PARTS).items())
        if table.role == "list":
            known += list(_BY_CLASS.items())
        known_names = {name for name, __ in known}
        choices = [("", gettext_lazy("not read")), *sorted(known, key=lambda one: str(one[1]))]
        for place, (heading, column) in enumerate(zip(table.headings, table.columns, strict=True)):
            own = [] if not column or column in known_names else [(column, column)]
            self.fields[f"place-{place}"] = forms.ChoiceField(
                label=heading or "–",
                choices=[*choices, *own],
                required=False,
                initial=column,
                widget=forms.Select(attrs={"class": "form-select"}),
            )
        for one in _COLUMNS[table.role]:
            if one.name in _SAME_FOR_ALL[table.role]:
                same = table.constants.get(one.name, "")
                self.fields[f"same-{one.name}"] = _same_for_all(one, same)

    def rows(self) -> Iterator[tuple[BoundField, list[str]]]:
        """Each heading's choice with the first cells below it."""
        for place, samples in enumerate(self.table.samples):
            yield self[f"place-{place}"], samples

    def same_for_all(self) -> list[BoundField]:
        """Values of columns that no heading means."""
        return [
            self[name]
            for name in self.fields
            if name.startswith("same-") and name.removeprefix("same-") not in self.table.columns
        ]

    def columns(self) -> list[str]:
        return [self.cleaned_data[f"place-{place}"] for place in range(len(self.table.headings))]

    def constants(self) -> dict[str, str]:
        chosen = set(self.columns())
        return {
            name.removeprefix("same-"): value.strip()
            for name, value in self.cleaned_data.items()
            if name.startswith("same-")
            and value.strip()
            and name.removeprefix("same-") not in chosen
        }
