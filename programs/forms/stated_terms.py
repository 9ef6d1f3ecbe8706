"""What the department types when it states numbers of its own accord: terms, ceilings, norms."""

from collections.abc import Collection, Sequence
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from households.forms.steps import DayInput, SaysFaults
from households.models import Area
from programs.appraisal.document import GIVES
from programs.choices import AmountPer
from programs.forms.decimals import DecimalNumberField
from programs.forms.projects import optional_day
from programs.forms.whole_numbers import WholeNumberField
from programs.models import ProgrammeTerms
from programs.services.stated_terms import Stated

_PRINTED = _("The text with its article or annex, as printed.")
_MONTHS_MOST = 600
_MOST_VND = 10**15 - 1


def _vnd(label: Any, *, required: bool = False) -> WholeNumberField:
    return WholeNumberField(label=label, required=required, min_value=0, max_value=_MOST_VND)


def _per_cent(label: Any) -> DecimalNumberField:
    return DecimalNumberField(
        label=label, required=False, min_value=0, max_value=100, max_digits=5, decimal_places=2,
    )  # fmt: skip


def _months(label: Any) -> forms.IntegerField:
    return forms.IntegerField(label=label, required=False, min_value=1, max_value=_MONTHS_MOST)


class StateTermsForm(SaysFaults):
    """What a ground gives from a day on. `in_use`: the numbers that the programme states anywhere;
    `provinces`: in whose name it may be stated, besides the nation's."""

    valid_from = DayInput(_("Valid from"))
    valid_to = optional_day(_("Last day"))
    share_percent = _per_cent(_("Share borne, per cent"))
    ceiling_vnd = _vnd(_("Ceiling (VND)"))
    amount_vnd = _vnd(_("Amount (VND)"))
    amount_per = forms.ChoiceField(
        label=_("The amount is for"), required=False, choices=[("", "–"), *AmountPer.choices]
    )
    months_most = _months(_("At most so many months a year"))
    rate_percent_year = _per_cent(_("Interest, per cent a year"))
    loan_months_most = _months(_("Loan for at most so many months"))
    owner = forms.ChoiceField(label=pgettext_lazy("terms", "Stated for"), required=False)
    legal_basis = forms.CharField(label=_("Legal basis"), max_length=300)
    source = forms.CharField(label=_("Source"), max_length=400, help_text=_PRINTED)
    note = forms.CharField(label=_("Note"), max_length=300, required=False)

    def __init__(
        self,
        *args: Any,
        like: ProgrammeTerms,
        in_use: Collection[str],
        provinces: Sequence[Area],
        **kwargs: Any,
    ) -> None:
        names = (*GIVES, "amount_per", "valid_to", "legal_basis", "note")
        kwargs["initial"] = {name: getattr(like, name) for name in names} | {
            "valid_from": None,
            "owner": str(like.owner_id or ""),
        }
        super().__init__(*args, **kwargs)
        self.in_use = set(in_use) or set(GIVES)
        if "amount_vnd" in self.in_use:
            self.in_use.add("amount_per")
        self.provinces = {str(one.pk): one for one in provinces}
        owner = self.fields["owner"]
        assert isinstance(owner, forms.ChoiceField)
        nation = [] if like.owner_id else [("", pgettext_lazy("terms", "the whole country"))]
        own = [one for pk, one in self.provinces.items() if like.owner_id in (None, int(pk))]
        owner.choices = [*nation, *((str(one.pk), one.name) for one in own)]

    @property
    def numbers(self) -> list[BoundField]:
        """The numbers that the programme states."""
        return [self[name] for name in self._number_names() if name in self.in_use]

    @property
    def other_numbers(self) -> list[BoundField]:
        """The numbers that it does not state yet."""
        return [self[name] for name in self._number_names() if name not in self.in_use]

    @staticmethod
    def _number_names() -> tuple[str, ...]:
        return (
            "share_percent", "ceiling_vnd", "amount_vnd", "amount_per", "months_most",
            "rate_percent_year", "loan_months_most",
        )  # fmt: skip

    def stated(self) -> Stated:
        """After is_valid()."""
        kept = self.cleaned_data
        return Stated(
            valid_from=kept["valid_from"],
            valid_to=kept["valid_to"],
            gives={name: kept[name] for name in GIVES},
            amount_per=kept["amount_per"],
            legal_basis=kept["legal_basis"],
            source=kept["source"],
            note=kept["note"],
        )

    def owner_of(self) -> Area | None:
        """After is_valid()."""
        return self.provinces.get(self.cleaned_data["owner"])


class CeilingForm(SaysFaults):
    """The most that is paid for a house, and where it stands."""

    ceiling_vnd = _vnd(_("Ceiling (VND)"), required=True)
    source = forms.CharField(label=_("Source"), max_length=300, help_text=_PRINTED)


class StageNormForm(SaysFaults):
    """Within how many days a step of a house is to be done, and where it stands."""

    norm_days = forms.IntegerField(label=_("Norm, days"), min_value=1, max_value=730)
    source = forms.CharField(label=_("Source"), max_length=300, help_text=_PRINTED)
