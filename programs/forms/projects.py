"""What is typed of a production project when it is opened or corrected, and the board's filters."""

import datetime as dt
from collections.abc import Sequence
from typing import Any, Final

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from households.forms.steps import DayInput, SaysFaults
from households.models import Area
from programs.choices.projects import OwnerKind, ProductionKind
from programs.forms.programmes import EARLIEST, LATEST
from programs.forms.whole_numbers import WholeNumberField
from programs.models import Project, ProjectProcedure
from programs.services.projects import Plan

_YEARS = (2016, 2100)
LONG: Final = 300


def money(label: Any, *, required: bool = False) -> forms.IntegerField:
    return WholeNumberField(label=label, required=required, min_value=0)


def lines(label: Any, length: int = LONG, *, required: bool = True) -> forms.CharField:
    """A few lines, at most `length` characters."""
    return forms.CharField(
        label=label, max_length=length, required=required, widget=forms.Textarea({"rows": 2})
    )


def optional_day(label: Any) -> DayInput:
    field = DayInput(label)
    field.required, field.initial = False, None
    return field


class PlanForm(SaysFaults):
    """A project as planned. `communes`: those whose projects the user keeps; `reachable`: those a
    project may reach into; `procedures`: empty when it is corrected, for both stay."""

    name = forms.CharField(label=_("Name of the project"), max_length=160)
    kind = forms.ChoiceField(label=_("Kind of production"), choices=ProductionKind)
    lead_unit = forms.CharField(
        label=_("Lead unit"),
        max_length=160,
        help_text=_("The group of households, cooperative, firm or office that owns the project."),
    )
    product = forms.CharField(label=_("Product"), max_length=120)
    buyer = forms.CharField(label=_("Buyer"), max_length=160, required=False)
    year = forms.IntegerField(label=_("Plan year"), min_value=_YEARS[0], max_value=_YEARS[1])
    season = forms.CharField(label=_("Season"), max_length=80)
    season_deadline = DayInput(_("Last day of the season"))
    central_vnd = money(_("Planned, central budget (VND)"))
    local_vnd = money(_("Planned, local budget (VND)"))
    own_vnd = money(_("Own contribution of households and lead unit (VND)"))
    revolving_vnd = money(_("Revolving part (VND)"))
    outside_households = forms.IntegerField(
        label=_("Households that take part and stand outside the register"),
        min_value=0,
        max_value=10_000,
        required=False,
    )
    other_communes = forms.MultipleChoiceField(
        label=_("Other communes it reaches"),
        required=False,
        widget=forms.SelectMultiple({"size": 5}),
    )

    def __init__(
        self,
        *args: Any,
        communes: Sequence[Area],
        reachable: Sequence[Area],
        procedures: Sequence[ProjectProcedure] = (),
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.communes = {str(one.pk): one for one in communes}
        self.reachable = {str(one.pk): one for one in reachable}
        self.procedures = {str(one.pk): one for one in procedures}
        self.fields["season_deadline"].initial = None
        others = self.fields["other_communes"]
        assert isinstance(others, forms.MultipleChoiceField)
        others.choices = [(pk, _place(one)) for pk, one in self.reachable.items()]
        if procedures:
            self.fields["procedure"] = forms.ChoiceField(
                label=_("Procedure"),
                choices=[(pk, one.name) for pk, one in self.procedures.items()],
            )
            self.fields["commune"] = forms.ChoiceField(
                label=_("Commune that keeps the dossier"),
                choices=[(pk, _place(one)) for pk, one in self.communes.items()],
            )
            self.order_fields(["procedure", "commune", *self.fields])

    def plan(self) -> Plan:
        """After is_valid()."""
        given = self.cleaned_data
        whole = {name for name in self.fields if name.endswith("_vnd")} | {"outside_households"}
        facts: dict[str, Any] = {
            name: (given[name] or 0) if name in whole else given[name]
            for name in Plan.__dataclass_fields__
        }
        return Plan(**facts)

    def chosen_communes(self) -> list[Area]:
        return [self.reachable[pk] for pk in self.cleaned_data["other_communes"]]


def _place(commune: Area) -> str:
    return f"{commune.name}, {commune.parent.name}" if commune.parent else commune.name


def initial_of(project: Project) -> dict[str, Any]:
    """What the form of a kept project shows. One query."""
    kept = {name: getattr(project, name) for name in Plan.__dataclass_fields__}
    return kept | {
        "other_communes": [str(pk) for pk in project.other_communes.values_list("pk", flat=True)]
    }


class BoardForm(forms.Form):
    """What the board is narrowed to; everything may stay empty."""

    SORTS = (
        ("spare", _("Days to spare to the season")),
        ("waiting", _("Days waiting")),
        ("name", pgettext_lazy("of a project", "Name")),
    )

    year = forms.ChoiceField(label=_("Year"), required=False)
    place = forms.ChoiceField(label=_("District or commune"), required=False)
    owner_kind = forms.ChoiceField(
        label=pgettext_lazy("project", "Kind"),
        required=False,
        choices=[("", _("All")), *OwnerKind.choices],
    )
    kind = forms.ChoiceField(
        label=_("Production"), required=False, choices=[("", _("All")), *ProductionKind.choices]
    )
    sort = forms.ChoiceField(label=_("Order by"), required=False, choices=SORTS)
    on = forms.DateField(
        label=pgettext_lazy("day", "On"),
        required=False,
        validators=[MinValueValidator(EARLIEST), MaxValueValidator(LATEST)],
        input_formats=["%d/%m/%Y", "%Y-%m-%d"],
        widget=forms.DateInput(
            format="%d/%m/%Y", attrs={"inputmode": "numeric", "autocomplete": "off", "size": 10}
        ),
    )

    def __init__(
        self, data: QueryDict, *, years: Sequence[int], places: Sequence[Area], today: dt.date
    ) -> None:
        # What the address does not say is filled in, so that the fields show what holds.
        asked = {name: data.get(name, "") for name in self.base_fields}
        if "year" not in data:
            asked["year"] = str(today.year) if today.year in years else ""
        asked["on"] = asked["on"] or today.strftime("%d/%m/%Y")
        asked["sort"] = asked["sort"] or "spare"
        super().__init__(asked)
        self.today = today
        self.places = {str(one.pk): one for one in places}
        all_of_it = ("", str(_("All")))
        self._choose("year", [all_of_it, *((str(one), str(one)) for one in years)])
        self._choose("place", [all_of_it, *((pk, one.name) for pk, one in self.places.items())])

    def _choose(self, name: str, choices: list[tuple[str, str]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices

    def in_words(self) -> str:
        """What holds, for the printed sheet."""
        said = []
        for bound in self:
            value = bound.value()
            names = dict(getattr(bound.field, "choices", ()))
            said.append(f"{bound.label}: {names.get(value, value)}")
        return " · ".join(said)

    def wanted(self) -> dict[str, Any]:
        """What is readable of it: a wrong part narrows nothing; `on` is a day."""
        self.is_valid()
        given = dict(self.cleaned_data)
        return given | {
            "on": given.get("on") or self.today,
            "sort": given.get("sort") or "spare",
            "place": self.places.get(given.get("place") or ""),
            "year": int(given["year"]) if given.get("year") else None,
        }


class NormForm(forms.Form):
    """Within how many days a step is to be done, and where it stands."""

    norm_days = forms.IntegerField(label=_("Norm, days"), min_value=0, max_value=730)
    source = forms.CharField(
        label=_("Source"),
        max_length=300,
        help_text=_("The text with its article or annex, as printed."),
    )
