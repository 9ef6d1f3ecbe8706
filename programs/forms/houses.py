"""What is typed about houses: the meeting's list as a grid, a step, a payment."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from households.forms.photos import FilesField
from households.forms.steps import DayInput, SaysFaults, pages_field
from programs.choices.houses import Build, PaymentLine
from programs.forms.decimals import DecimalNumberField
from programs.forms.whole_numbers import WholeNumberField
from programs.models import HousingCriterion, HousingStage
from programs.queries.house_needs import Candidate
from programs.services.house_needs import Held, Need
from programs.services.house_steps import Reached
from programs.services.site_payments import Paid
from programs.workflow.houses import ACCEPTED, DECIDED

_MOST_PEOPLE: Final = 2000
_MOST_VND: Final = 10**12


def photos_field() -> FilesField:
    """Photos; a telephone offers its camera."""
    return FilesField(
        label=_("Photos"),
        required=False,
        help_text=_("JPEG or PNG, 10 MB each. Where and when it was taken is removed."),
        widget=FilesField.widget(attrs={"accept": "image/jpeg,image/png"}),
    )


def _sources(form: forms.Form, name: str) -> list[bytes]:
    return [one.read() for one in form.cleaned_data.get(name) or []]


@dataclass(frozen=True)
class NeedRow:
    """A household of the grid with its fields."""

    candidate: Candidate
    tick: forms.BoundField
    build: forms.BoundField
    order: forms.BoundField
    criteria: forms.BoundField
    because: forms.BoundField


class HousingMeetingForm(SaysFaults):
    """The minutes, and a line for each household that has no house on its way: ticked, new or
    repair, its place in the order. Without a place the ticked ones follow in the grid's order."""

    held_on = DayInput(_("Day of the meeting"))
    minutes_number = forms.CharField(label=_("Number of the minutes"), max_length=60)
    chaired_by = forms.CharField(label=_("Chair of the meeting"), max_length=120, required=False)
    present = forms.IntegerField(
        label=_("People present"), min_value=1, max_value=_MOST_PEOPLE, required=False
    )

    def __init__(
        self,
        *args: Any,
        candidates: Sequence[Candidate],
        criteria: Sequence[HousingCriterion],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["pages"] = pages_field(required=False, label=_("Signed minutes"))
        self.minutes_fields = list(self.fields)
        self.candidates = [one for one in candidates if one.has is None]
        reasons = [(one.code, one.name) for one in criteria]
        for one in self.candidates:
            self._add_row(one.card.pk, one.card.head_name, reasons)

    def _add_row(self, pk: int, name: str, reasons: list[tuple[str, str]]) -> None:
        self.fields[f"tick.{pk}"] = forms.BooleanField(label=name, required=False)
        self.fields[f"build.{pk}"] = forms.ChoiceField(
            label=_("New or repair"), choices=Build.choices, required=False,
            widget=forms.Select({"class": "form-select"}),
        )  # fmt: skip
        self.fields[f"order.{pk}"] = forms.IntegerField(
            label=_("Place in the order"), required=False, min_value=1, max_value=999,
            widget=forms.NumberInput({"class": "form-control votes"}),
        )  # fmt: skip
        self.fields[f"criteria.{pk}"] = forms.MultipleChoiceField(
            label=pgettext_lazy("order", "Why before others"), choices=reasons, required=False,
            widget=forms.CheckboxSelectMultiple,
        )  # fmt: skip
        self.fields[f"because.{pk}"] = forms.CharField(
            label=_("Listed although no ground holds, because"), max_length=300, required=False
        )

    def minutes(self) -> list[forms.BoundField]:
        return [self[name] for name in self.minutes_fields]

    def rows(self) -> list[NeedRow]:
        return [
            NeedRow(
                one,
                *(self[f"{part}.{one.card.pk}"]
                  for part in ("tick", "build", "order", "criteria", "because")),
            )
            for one in self.candidates
        ]  # fmt: skip

    def held(self) -> Held:
        """After is_valid()."""
        given = self.cleaned_data
        return Held(
            given["held_on"], given["minutes_number"], given["chaired_by"], given["present"],
            _sources(self, "pages"),
        )  # fmt: skip

    def needs(self) -> list[Need]:
        """After is_valid(): the ticked ones."""
        given = self.cleaned_data
        ticked = [one.card for one in self.candidates if given[f"tick.{one.card.pk}"]]
        last = max((given[f"order.{card.pk}"] or 0 for card in ticked), default=0)
        found = []
        for card in ticked:
            place = given[f"order.{card.pk}"]
            if place is None:
                place = last = last + 1
            found.append(
                Need(
                    household=card.household,
                    build=Build(given[f"build.{card.pk}"] or Build.NEW),
                    priority=place,
                    criteria=given[f"criteria.{card.pk}"],
                    because=given[f"because.{card.pk}"],
                )
            )
        return found


class HousingStepForm(SaysFaults):
    """The next step: its day, what it asks for, photos."""

    reached_on = DayInput(pgettext_lazy("of a step", "On"))

    def __init__(self, *args: Any, stage: HousingStage, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if stage.code == DECIDED:
            self.fields["number"] = forms.CharField(
                label=_("Number of the decision"), max_length=60
            )
            self.fields["planned_vnd"] = WholeNumberField(
                label=_("Sum of the plan, all sources (VND)"), min_value=0, max_value=_MOST_VND,
            )  # fmt: skip
        if stage.code == ACCEPTED:
            self.fields["area_built_m2"] = DecimalNumberField(
                label=_("Area built (m²)"), min_value=1, max_digits=6, decimal_places=1,
            )  # fmt: skip
            for name, label in (
                ("hard_floor", _("Hard foundation and floor")),
                ("hard_frame", _("Hard frame and walls")),
                ("hard_roof", _("Hard roof")),
            ):
                self.fields[name] = forms.BooleanField(label=label, required=False)
        self.fields["note"] = forms.CharField(label=_("Note"), max_length=300, required=False)
        self.fields["photos"] = photos_field()

    def reached(self) -> Reached:
        """After is_valid()."""
        names = set(Reached.__dataclass_fields__) - {"photos"}
        given = {name: self.cleaned_data[name] for name in names if name in self.fields}
        return Reached(**given, photos=_sources(self, "photos"))


class SitePaymentForm(SaysFaults):
    """One payment as one line."""

    paid_on = DayInput(_("Paid on"))
    line = forms.ChoiceField(label=_("Money from"), choices=PaymentLine.choices)
    amount_vnd = WholeNumberField(label=_("Amount (VND)"), min_value=1, max_value=_MOST_VND)
    number = forms.CharField(label=_("Number of the voucher"), max_length=60, required=False)

    def paid(self) -> Paid:
        """After is_valid()."""
        given = self.cleaned_data
        return Paid(
            given["paid_on"], PaymentLine(given["line"]), given["amount_vnd"], given["number"]
        )


class SiteFilesForm(SaysFaults):
    """Photos (or, with `papers`, pages) chosen to be kept."""

    def __init__(self, *args: Any, papers: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kept = pages_field(required=True, label=_("Signed minutes")) if papers else photos_field()
        kept.required = True
        self.fields["files"] = kept

    def sources(self) -> list[bytes]:
        """After is_valid()."""
        return _sources(self, "files")


class WhyForm(SaysFaults):
    """Why something is taken back."""

    reason = forms.CharField(label=_("Why it was a mistake"), max_length=300)


class DropForm(SaysFaults):
    """Why the house is not built."""

    acted_on = DayInput(pgettext_lazy("of a house", "Decided on"))
    reason = forms.CharField(label=_("Why it is not built"), max_length=300)
