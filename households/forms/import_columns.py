"""What each heading of a sheet means, corrected by its sender."""

from collections.abc import Iterator
from typing import Any, Final

from django import forms
from django.forms.boundfield import BoundField
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from households.exchange.columns import HOUSEHOLD_COLUMNS, MEMBER_COLUMNS
from households.forms.fields import capitalised
from households.forms.steps import SaysFaults
from households.services.import_files import TableRead

_COLUMNS: Final = {"households": HOUSEHOLD_COLUMNS, "members": MEMBER_COLUMNS}
#: What a sheet may tell in two columns, beside the format's own.
_BY_SEX: Final[dict[str, str | Promise]] = {
    "birth_male": gettext_lazy("Birth, of men"),
    "birth_female": gettext_lazy("Birth, of women"),
    "sex_male": gettext_lazy("Mark of a man"),
    "sex_female": gettext_lazy("Mark of a woman"),
}
#: What may be the same for all rows of a sheet.
_SAME_FOR_ALL: Final = (
    "review_year", "as_of", "province_code", "district_code", "district", "commune_code",
    "commune", "village", "area",
)  # fmt: skip


class ColumnsForm(SaysFaults):
    """A choice for each heading ("place-0" …), and a value for what the sheet does not have."""

    def __init__(self, *args: Any, table: TableRead, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.table = table
        known: list[tuple[str, str | Promise]] = [
            (one.name, capitalised(one.label)) for one in _COLUMNS[table.role]
        ]
        if table.role == "members":
            known += list(_BY_SEX.items())
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
            if table.role == "households" and one.name in _SAME_FOR_ALL:
                self.fields[f"same-{one.name}"] = forms.CharField(
                    label=capitalised(one.label),
                    max_length=one.max_length,
                    required=False,
                    initial=table.constants.get(one.name, ""),
                )

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
