"""What the department types about plans and money, and which year a page is asked for."""

from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from households.forms.steps import DayInput, SaysFaults
from programs.choices import FundingLine, ProgrammeKind
from programs.choices.money import Counted, EntrySource, MoneyStage
from programs.models import Programme
from programs.services.money import Document, Line
from programs.services.targets import PlanDecision
from programs.workflow.money import PLANNED

_FIRST_YEAR, _LAST_YEAR = 2000, 2100
_VND, _MILLION_VND = 1, 1_000_000


def asked_year(typed: QueryDict, this_year: int) -> int:
    """The year of ?year=, this year where there is none or it is no year of a programme."""
    text = typed.get("year", "")
    if text.isascii() and text.isdecimal() and _FIRST_YEAR <= int(text) <= _LAST_YEAR:
        return int(text)
    return this_year


class TargetHead(SaysFaults):
    """What the targets count, and the decision that sets them."""

    counts = forms.ChoiceField(label=_("What is counted"))
    decision_number = forms.CharField(label=_("Number of the decision"), max_length=60)
    decided_on = DayInput(_("Decided on"))

    def __init__(self, *args: Any, programme: Programme, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        counts = self.fields["counts"]
        assert isinstance(counts, forms.ChoiceField)
        counts.choices = [(one.value, one.label) for one in planned_in(programme)]

    def decision(self) -> PlanDecision:
        """After is_valid()."""
        kept = self.cleaned_data
        return PlanDecision(kept["decision_number"], kept["decided_on"])


def planned_in(programme: Programme) -> tuple[Counted, ...]:
    return PLANNED[ProgrammeKind(programme.kind)]


class DocumentForm(SaysFaults):
    """What an entry is booked by."""

    document_number = forms.CharField(label=_("Number of the document"), max_length=60)
    booked_on = DayInput(pgettext_lazy("money", "Booked on"))

    def document(self) -> Document:
        """After is_valid()."""
        kept = self.cleaned_data
        source = EntrySource(kept.get("source") or EntrySource.TYPED)
        return Document(kept["document_number"], kept["booked_on"], source)


class BookingHead(DocumentForm):
    """Which money is booked, and in which unit it is typed."""

    stage = forms.ChoiceField(
        label=pgettext_lazy("money", "What is booked"), choices=MoneyStage.choices
    )
    funding = forms.ChoiceField(label=_("Money from"))
    source = forms.ChoiceField(
        label=pgettext_lazy("money", "Read from"), choices=EntrySource.choices
    )
    unit = forms.TypedChoiceField(
        label=pgettext_lazy("money", "Typed in"),
        coerce=int,
        choices=[(_MILLION_VND, _("million đồng")), (_VND, _("đồng"))],
    )
    because = forms.CharField(
        label=_("Why, if a rule speaks against it"),
        max_length=300,
        required=False,
        help_text=_("On every day: disbursed ≤ committed ≤ allocated, and parts within the whole."),
    )
    field_order = ("stage", "funding", "document_number", "booked_on", "source", "unit", "because")

    def __init__(self, *args: Any, programme: Programme, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        funding = self.fields["funding"]
        assert isinstance(funding, forms.ChoiceField)
        codes = programme.funding or FundingLine.values
        funding.choices = [(code, FundingLine(code).label) for code in codes]

    def line(self, year: int) -> Line:
        """After is_valid()."""
        kept = self.cleaned_data
        return Line(year, kept["funding"], MoneyStage(kept["stage"]))


class CounterForm(DocumentForm):
    """Taking an entry back."""

    reason = forms.CharField(label=_("Why it was wrong"), max_length=300)
