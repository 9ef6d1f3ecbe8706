"""Lists of support as they are sent, their columns, and a row settled by hand."""

from collections.abc import Iterator, Sequence
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from households import clock
from households.forms.steps import DayInput, SaysFaults
from households.models import Area
from programs.choices import BenefitState, FundingLine
from programs.choices.benefit_lists import ListColumn
from programs.forms.benefits import GivenForm
from programs.models import BenefitListRow, Programme, ProgrammeTerms
from programs.services.benefit_lists.batches import ListFacts
from programs.workflow import states_of

_SELECT = {"class": "form-select"}


def _area_choices(areas: Sequence[Area]) -> list[tuple[str, str]]:
    return [
        (str(one.pk), f"{one.name}, {one.parent.name}" if one.parent else one.name) for one in areas
    ]


class ListForm(SaysFaults):
    """A list of one programme and year, with what is known beside the sheet."""

    programme = forms.ChoiceField(label=_("Programme"), widget=forms.Select(_SELECT))
    area = forms.ChoiceField(
        label=pgettext_lazy("benefit list", "Area of the list"), widget=forms.Select(_SELECT)
    )
    year = forms.IntegerField(
        label=_("Year in which it was received"), min_value=2000, max_value=2100
    )
    sender = forms.CharField(
        label=_("From whom the list is"), max_length=120, help_text=_("Bank, insurer, school …")
    )
    number = forms.CharField(label=_("Number of the list"), max_length=60, required=False)
    listed_on = DayInput(_("Day of the list"))
    funding = forms.ChoiceField(label=_("Money from"), required=False, widget=forms.Select(_SELECT))
    takes_outside = forms.BooleanField(
        label=_("Record persons whom the register does not know as persons outside of it"),
        required=False,
    )
    sent = forms.FileField(
        label=pgettext_lazy("benefit list", "The list"),
        help_text=_(
            "Excel (.xlsx, .xls), .ods or .csv, in any encoding. Columns in any order; what they "
            "mean can be corrected."
        ),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.xls,.ods,.csv,.txt"}),
    )

    def __init__(
        self, *args: Any, programmes: Sequence[Programme], areas: Sequence[Area], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.programmes = {one.code: one for one in programmes}
        self.areas = {str(one.pk): one for one in areas}
        _choose(self.fields["programme"], [(one.code, one.name) for one in programmes])
        _choose(self.fields["area"], _area_choices(areas))
        _choose(self.fields["funding"], [("", "–"), *FundingLine.choices])
        self.fields["year"].initial = clock.today().year
        self.fields["listed_on"].help_text = _("Rows without a day of their own count for it.")

    def facts(self) -> ListFacts:
        """After is_valid()."""
        given = dict(self.cleaned_data)
        del given["sent"]
        given["programme"] = self.programmes[given["programme"]]
        given["area"] = self.areas[given["area"]]
        return ListFacts(**given)


def _choose(field: forms.Field, choices: Sequence[tuple[str, Any]]) -> None:
    assert isinstance(field, forms.ChoiceField)
    field.choices = list(choices)


class ListColumnsForm(SaysFaults):
    """A choice for each heading ("place-0" …)."""

    def __init__(self, *args: Any, reading: dict[str, Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.samples = reading["samples"]
        known = [(code, str(label).capitalize()) for code, label in ListColumn.choices]
        for place, heading in enumerate(reading["headings"]):
            self.fields[f"place-{place}"] = forms.ChoiceField(
                label=heading or "–",
                choices=[("", _("not read")), *known],
                required=False,
                initial=reading["columns"][place],
                widget=forms.Select(_SELECT),
            )

    def rows(self) -> Iterator[tuple[BoundField, list[str]]]:
        """Each heading's choice with the first cells below it."""
        for place, samples in enumerate(self.samples):
            yield self[f"place-{place}"], samples

    def columns(self) -> list[str]:
        return [self.cleaned_data[f"place-{place}"] for place in range(len(self.samples))]


class OutsideRowForm(SaysFaults):
    """A row recorded for a person outside the register."""

    place = forms.ChoiceField(label=_("Lived in"), widget=forms.Select(_SELECT))
    ground = forms.CharField(label=_("What it is given for"), max_length=160)

    def __init__(self, typed: Any, *, row: BenefitListRow, places: Sequence[Area]) -> None:
        initial = {"place": str(row.commune_id or ""), "ground": row.stated_ground}
        super().__init__(typed, initial=initial)
        self.places = {str(one.pk): one for one in places}
        _choose(self.fields["place"], _area_choices(places))


class SetAsideForm(SaysFaults):
    """A row that is recorded for nobody."""

    reason = forms.CharField(label=_("Why it is recorded for nobody"), max_length=300)


class OutsideForm(GivenForm):
    """One benefit of a person outside the register."""

    name = forms.CharField(label=_("Full name"), max_length=120)
    birth_year = forms.IntegerField(
        label=_("Birth year"), min_value=1900, max_value=2100, required=False
    )
    place = forms.ChoiceField(label=_("Lived in"), widget=forms.Select(_SELECT))
    ground = forms.CharField(
        label=_("What it is given for"),
        max_length=160,
        help_text=_("The person is counted by these words."),
        widget=forms.TextInput({"list": "grounds"}),
    )
    state = forms.ChoiceField(label=_("How far it has come"))
    field_order = ("name", "birth_year", "place", "ground", "state", "acted_on", "amount_vnd")

    def __init__(
        self, *args: Any, programme: Programme, places: Sequence[Area], **kwargs: Any
    ) -> None:
        super().__init__(*args, programme=programme, **kwargs)
        self.places = {str(one.pk): one for one in places}
        _choose(self.fields["place"], _area_choices(places))
        states = sorted(states_of(programme.kind), key=lambda one: one != BenefitState.SERVED)
        _choose(self.fields["state"], [(one.value, one.label) for one in states])
        self.order_fields([*self.field_order, *self.fields])
        grounds = ProgrammeTerms.objects.filter(programme=programme).order_by("rank", "pk")
        self.grounds = list(dict.fromkeys(one.name for one in grounds))
