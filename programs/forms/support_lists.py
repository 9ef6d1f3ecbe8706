"""What is typed of a list: its beginning, who stands on it, what is asked, its signed paper."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from households.choices import Purpose
from households.forms.disclosures import DisclosureForm
from households.forms.steps import DayInput, SaysFaults
from programs.choices import ProgrammeKind
from programs.choices.support_lists import LoanPurpose
from programs.forms.whole_numbers import WholeNumberField
from programs.models import SupportListRow
from programs.services.list_hand_over import SignedPaper
from programs.services.list_rows import Asked
from programs.workflow.support_lists import SCHOOLING

_CELL = {"class": "form-control list-cell"}
_NUMBER = {**_CELL, "inputmode": "numeric", "autocomplete": "off"}


def whole_number(label: Any, most: int | None = None) -> forms.IntegerField:
    return WholeNumberField(
        label=label, required=False, min_value=0, max_value=most,
        widget=forms.TextInput(_NUMBER),
    )  # fmt: skip


def words_cell(label: Any, most: int) -> forms.CharField:
    return forms.CharField(
        label=label, required=False, max_length=most, widget=forms.TextInput(_CELL)
    )


class BeginListForm(SaysFaults):
    """A new list of a programme; the rest follows from its day."""

    listed_on = DayInput(_("Worked out for the day"))
    receiver_name = forms.CharField(
        label=pgettext_lazy("support list", "Handed to"),
        max_length=160,
        help_text=_("The office, as the paper names it."),
    )


class HandOverForm(SaysFaults):
    """The signed paper by which a list goes out."""

    number = forms.CharField(label=_("Number of the paper"), max_length=60)
    handed_over_on = DayInput(pgettext_lazy("support list", "Handed over on"))
    signed_by = forms.CharField(label=_("Signed by"), max_length=120)

    def paper(self) -> SignedPaper:
        """After is_valid()."""
        return SignedPaper(**self.cleaned_data)


class DropForm(SaysFaults):
    """Taking a list back."""

    reason = forms.CharField(label=_("Why it is taken back"), max_length=300)


class AskedForm(SaysFaults):
    """What is asked for each row: fields "<row>.<name>" (see list_rows.Asked)."""

    def __init__(
        self, *args: Any, kind: str, rows: Sequence[SupportListRow], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.kind, self.rows = kind, {row.pk: row for row in rows}
        for row in rows:
            for name, field in self._fields_of_row().items():
                field.initial = getattr(row, name)
                self.fields[f"{row.pk}.{name}"] = field

    def _fields_of_row(self) -> dict[str, forms.Field]:
        if self.kind in SCHOOLING:
            months = whole_number(_("Months of the school year"), 12)
            months.required = True
            return {"months": months}
        if self.kind != ProgrammeKind.LOAN:
            return {}
        return {
            "amount_vnd": whole_number(_("Amount asked for (VND)")),
            "purpose": forms.ChoiceField(
                label=pgettext_lazy("of a loan", "What for"),
                required=False,
                choices=[("", "–"), *LoanPurpose.choices],
                widget=forms.Select({"class": "form-select list-cell"}),
            ),
            "loan_months": whole_number(_("Months of the loan"), 600),
            "savings_group": words_cell(_("Savings-and-loan group"), 120),
        }

    def cells(self, row: SupportListRow) -> list[forms.BoundField]:
        return [self[f"{row.pk}.{name}"] for name in self._fields_of_row()]

    @property
    def heads(self) -> list[Any]:
        return [field.label for field in self._fields_of_row().values()]

    def asked(self) -> Mapping[int, Asked]:
        """After is_valid()."""
        names = list(self._fields_of_row())
        return {
            pk: Asked(**{name: self.cleaned_data[f"{pk}.{name}"] for name in names})
            for pk in self.rows
        }


class ListPaperForm(DisclosureForm):
    """What a paper or sheet of a list is taken out for. `receiver` is told unless something else
    is written; numbers are asked for only where `offers_numbers`."""

    with_numbers = forms.BooleanField(
        label=_("With personal numbers; it is recorded that they were taken out"), required=False
    )

    def __init__(
        self, *args: Any, receiver: str, purpose: Purpose, offers_numbers: bool, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.initial = {
            "purpose": purpose,
            "note": receiver if purpose == Purpose.OTHER else "",
        }
        if not offers_numbers:
            del self.fields["with_numbers"]

    @property
    def has_numbers(self) -> bool:
        """After is_valid()."""
        return bool(self.cleaned_data.get("with_numbers"))
