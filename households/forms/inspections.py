"""What opens an inspection, draws a sample, and says what was found."""

import secrets
from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from households import clock
from households.choices.inspections import FindingKind, SampleStrata
from households.forms.steps import DayInput, SaysFaults
from households.models import Area, Inspection, ReviewRound, User
from households.models.people import id_of
from households.services.inspections import Order

_FIRST, _LAST = 2000, 2100


class _Chosen(SaysFaults):
    """A form with choices of rows, by their ids."""

    def offer(self, name: str, rows: dict[str, str]) -> None:
        choice = self.fields[name]
        assert isinstance(choice, forms.ChoiceField)
        choice.choices = list(rows.items())


class OpenInspectionForm(_Chosen):
    inspector = forms.ChoiceField(label=gettext_lazy("Inspector"))
    area = forms.ChoiceField(label=gettext_lazy("Area"))
    paper_number = forms.CharField(
        label=gettext_lazy("Number of the decision that orders it"), max_length=60
    )
    first_year = forms.IntegerField(
        label=gettext_lazy("First year looked at"), min_value=_FIRST, max_value=_LAST
    )
    last_year = forms.IntegerField(
        label=gettext_lazy("Last year looked at"), min_value=_FIRST, max_value=_LAST
    )
    valid_from = DayInput(gettext_lazy("First day"))
    valid_to = DayInput(gettext_lazy("Last day"))

    def __init__(
        self, *args: Any, inspectors: Sequence[User], areas: Sequence[Area], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.inspectors = {str(one.pk): one for one in inspectors}
        self.areas = {str(one.pk): one for one in areas}
        self.offer("inspector", {pk: str(one) for pk, one in self.inspectors.items()})
        self.offer("area", {pk: one.name for pk, one in self.areas.items()})
        year = clock.today().year
        self.fields["first_year"].initial = self.fields["last_year"].initial = year

    def arguments(self) -> dict[str, Any]:
        """After is_valid()."""
        given = self.cleaned_data
        return {
            "inspector": self.inspectors[given["inspector"]],
            "area": self.areas[given["area"]],
            "order": Order(
                given["paper_number"], given["first_year"], given["last_year"],
                given["valid_from"], given["valid_to"],
            ),
        }  # fmt: skip


class DrawForm(_Chosen):
    round = forms.ChoiceField(label=gettext_lazy("Review round"))
    strata = forms.ChoiceField(
        label=gettext_lazy("How it is drawn"), choices=SampleStrata.choices,
        widget=forms.RadioSelect, initial=SampleStrata.BY_CLASS,
    )  # fmt: skip
    per_stratum = forms.IntegerField(
        label=gettext_lazy("Households of each stratum"), min_value=1, initial=10
    )
    seed = forms.IntegerField(
        label=gettext_lazy("Seed"), min_value=0, max_value=2**62,
        help_text=gettext_lazy("Whoever types the same number draws the same households again."),
    )  # fmt: skip

    def __init__(self, *args: Any, rounds: Sequence[ReviewRound], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.rounds = {str(one.pk): one for one in rounds}
        self.offer("round", {pk: one.key for pk, one in self.rounds.items()})
        self.fields["seed"].initial = secrets.randbelow(1_000_000)

    def arguments(self) -> dict[str, Any]:
        """After is_valid()."""
        given = self.cleaned_data
        return {
            "round": self.rounds[given["round"]],
            "strata": SampleStrata(given["strata"]),
            "per_stratum": given["per_stratum"],
            "seed": given["seed"],
        }


class FindingForm(_Chosen):
    round = forms.ChoiceField(label=gettext_lazy("Review round"))
    kind = forms.ChoiceField(
        label=gettext_lazy("What was found"), choices=FindingKind.choices, widget=forms.RadioSelect
    )
    words = forms.CharField(
        label=gettext_lazy("What exactly was found"),
        required=False,
        widget=forms.Textarea({"rows": 2}),
    )
    found_on = DayInput(gettext_lazy("Found on"))

    def __init__(self, *args: Any, rounds: Sequence[ReviewRound], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.rounds = {str(one.pk): one for one in rounds}
        self.offer("round", {pk: one.key for pk, one in self.rounds.items()})

    def arguments(self) -> dict[str, Any]:
        """After is_valid()."""
        given = self.cleaned_data
        return {
            "round": self.rounds[given["round"]],
            "kind": FindingKind(given["kind"]),
            "words": given["words"],
            "found_on": given["found_on"],
        }


class FindingByCodeForm(FindingForm):
    """Of any household of the inspected area."""

    household = forms.CharField(label=gettext_lazy("Household code"), max_length=20)
    field_order = ("household",)

    @property
    def household_id(self) -> int | None:
        """After is_valid(): whom the code means, None for no code."""
        return id_of(self.cleaned_data["household"])


def rounds_of(inspection: Inspection) -> list[ReviewRound]:
    """The rounds of its years in the province of its area, the newest first. One query."""
    above = [int(part) for part in inspection.area.inner_path.split(".") if part]
    years = (inspection.first_year, inspection.last_year)
    return list(ReviewRound.objects.filter(province__in=above, year__range=years))
