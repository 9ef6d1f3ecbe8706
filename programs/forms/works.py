"""What is typed about essential works."""

from collections.abc import Sequence
from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from households.forms.steps import DayInput, SaysFaults
from households.models import Household
from programs.choices.houses import WorksFor
from programs.forms.whole_numbers import WholeNumberField
from programs.models import WorksKind
from programs.queries.works import Candidate
from programs.services.works import Acceptance, Opened

_MOST_VND: Final = 10**12


class ServedForm(SaysFaults):
    """Households ticked: `candidates` of the village."""

    def __init__(self, *args: Any, candidates: Sequence[Candidate], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.candidates = {str(one.card.pk): one for one in candidates}
        self.fields["households"] = forms.MultipleChoiceField(
            label=_("Households served"),
            choices=[(pk, one.card.head_name) for pk, one in self.candidates.items()],
            required=False,
        )

    def ticked(self) -> set[str]:
        """As typed, so that the page shows them again."""
        return set(self.data.getlist("households")) if hasattr(self.data, "getlist") else set()

    def households(self) -> list[Household]:
        """After is_valid()."""
        return [self.candidates[pk].card.household for pk in self.cleaned_data["households"]]


class WorksForm(ServedForm):
    """A new work with the households it is to serve."""

    kind = forms.ChoiceField(label=_("Kind of works"))
    serves = forms.ChoiceField(label=_("Serves"), choices=WorksFor.choices)
    name = forms.CharField(label=_("Name of the work"), max_length=160)
    started_on = DayInput(_("Started on"))
    planned_vnd = WholeNumberField(
        label=_("Planned (VND)"), required=False, min_value=0, max_value=_MOST_VND
    )

    def __init__(self, *args: Any, kinds: Sequence[WorksKind], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kinds = {one.code: one for one in kinds}
        kind = self.fields["kind"]
        assert isinstance(kind, forms.ChoiceField)
        kind.choices = [(code, one.name) for code, one in self.kinds.items()]

    def typed_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in ("kind", "serves", "name", "started_on", "planned_vnd")]

    def opened(self) -> Opened:
        """After is_valid()."""
        given = self.cleaned_data
        return Opened(
            kind=self.kinds[given["kind"]],
            serves=WorksFor(given["serves"]),
            name=given["name"],
            started_on=given["started_on"],
            planned_vnd=given["planned_vnd"],
        )


class AcceptanceForm(SaysFaults):
    ended_on = DayInput(_("Built on"))
    accepted_on = DayInput(_("Accepted on"))
    number = forms.CharField(label=_("Number of the acceptance minutes"), max_length=60)

    def acceptance(self) -> Acceptance:
        """After is_valid()."""
        given = self.cleaned_data
        return Acceptance(given["ended_on"], given["accepted_on"], given["number"])
