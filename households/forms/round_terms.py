"""For which communes a round is, and until when each stage has to be done: when it is opened, and
when its days are changed."""

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from households.choices import RoundStage
from households.forms.steps import SaysFaults
from households.models import Area, ReviewRound
from households.queries.deadlines import Deadlines

_FORMATS = ["%d/%m/%Y", "%Y-%m-%d"]


class DayField(forms.DateField):
    """A day as dd/mm/yyyy that may stay empty."""

    def __init__(self, *, required: bool = False, **kwargs: Any) -> None:
        super().__init__(
            required=required,
            input_formats=_FORMATS,
            widget=forms.DateInput(
                format="%d/%m/%Y", attrs={"inputmode": "numeric", "autocomplete": "off"}
            ),
            **kwargs,
        )


class RoundTermsForm(SaysFaults):
    """`communes`: those that can be chosen, with their parents loaded. After is_valid():
    `deadlines()` by stage and `chosen()` communes, in any number."""

    communes = forms.TypedMultipleChoiceField(
        label=gettext_lazy("Only for these communes"),
        required=False,
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("None ticked: all communes of the province."),
    )

    def __init__(self, *args: Any, communes: Iterable[Area], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._communes = {one.pk: one for one in communes}
        choice = self.fields["communes"]
        assert isinstance(choice, forms.TypedMultipleChoiceField)
        choice.choices = [(pk, one.name) for pk, one in self._communes.items()]
        for stage in RoundStage:
            self.fields[f"due_{stage}"] = DayField(label=stage.label)

    @property
    def deadline_fields(self) -> list[forms.BoundField]:
        return [self[f"due_{stage}"] for stage in RoundStage]

    @property
    def has_terms_faults(self) -> bool:
        return any(one.errors for one in self.deadline_fields)

    @property
    def plain_fields(self) -> list[forms.BoundField]:
        """All others, in their order."""
        return [one for one in self if one.name != "communes" and not one.name.startswith("due_")]

    @property
    def commune_groups(self) -> list[tuple[str, list[forms.boundfield.BoundWidget]]]:
        """The ticks under the name of their district, or of the province where there is none."""
        groups: dict[str, list[forms.boundfield.BoundWidget]] = {}
        for tick in self["communes"]:
            commune = self._communes[int(str(tick.data["value"]))]
            above = commune.parent.name if commune.parent else ""
            groups.setdefault(above, []).append(tick)
        return list(groups.items())

    def deadlines(self) -> dict[RoundStage, dt.date]:
        given = self.cleaned_data
        return {stage: day for stage in RoundStage if (day := given.get(f"due_{stage}"))}

    def chosen(self) -> Sequence[Area]:
        return [self._communes[pk] for pk in self.cleaned_data["communes"]]


class RoundChangeForm(RoundTermsForm):
    """Other days for a round under way, and further communes of one that is not for all."""

    closes_on = DayField(label=gettext_lazy("Last day of the review"), required=True)
    reason = forms.CharField(
        label=gettext_lazy("Reason"), max_length=300, widget=forms.Textarea({"rows": 2})
    )
    field_order = ("closes_on", "reason")

    def __init__(
        self, *args: Any, round: ReviewRound, days: Deadlines, communes: Iterable[Area], **kw: Any
    ) -> None:
        first = {f"due_{stage}": day for stage, day in days.by_stage.items()}
        initial = {"closes_on": round.closes_on, **first}
        super().__init__(*args, communes=communes, initial=initial, **kw)
        self.fields["communes"].label = gettext_lazy("Take in further communes")
        self.fields["communes"].help_text = ""
