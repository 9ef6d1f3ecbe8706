"""A list to take over: what its signed decision says is typed first, then the sheet is chosen."""

from collections.abc import Sequence
from typing import Any, Final

from django import forms
from django.db.models import F
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from households import clock
from households.choices import AreaLevel
from households.forms.photos import FilesField
from households.forms.steps import DayInput, DecisionForm
from households.models import Area, ImportBatch, PovertyStandard, TakenOverList
from households.services.taking_over import ListFacts, Totals
from households.services.taking_over.batch_work import TOTALS

_MOST: Final = 1_000_000
#: What is typed again from an earlier try of the same list.
_AGAIN: Final = (
    "of_escapes", "commune", "year", "number", "decided_on", "decided_by", "signer_title",
    "effective_from", "standard", *TOTALS,
)  # fmt: skip


def _total(label: Any, *, required: bool) -> forms.IntegerField:
    return forms.IntegerField(
        label=label, required=required, min_value=0, max_value=_MOST,
        widget=forms.NumberInput({"class": "form-control", "inputmode": "numeric"}),
    )  # fmt: skip


class _CommuneField(forms.ModelChoiceField):  # type: ignore[type-arg]
    """Communes that ended since say so: one of today may have the same name."""

    def label_from_instance(self, obj: Area) -> str:
        if obj.valid_to is None or obj.valid_to >= clock.today():
            return str(obj.name)
        return _("%(commune)s (%(code)s, until %(day)s)") % {
            "commune": obj.name, "code": obj.code, "day": f"{obj.valid_to:%d/%m/%Y}",
        }  # fmt: skip


class TakenOverListForm(DecisionForm):
    """`communes`: those whose lists the user may take over. `after`: an earlier try, whose facts
    are filled in and whose files stay where none are chosen. `chosen`: key of the commune that is
    proposed."""

    field_order = _AGAIN
    of_escapes = forms.ChoiceField(
        label=gettext_lazy("What the paper lists"),
        choices=[
            ("False", gettext_lazy("All poor and near-poor households: the list in force then")),
            ("True", gettext_lazy("Only the households that escaped, where nothing else was kept")),
        ],
        required=False,
        initial="False",
        widget=forms.RadioSelect,
    )
    commune = _CommuneField(
        label=gettext_lazy("Commune whose list it is"),
        queryset=Area.objects.none(),
        empty_label=None,
    )
    year = forms.IntegerField(
        label=gettext_lazy("Year of the review"),
        min_value=2000,
        max_value=2100,
        help_text=gettext_lazy(
            "Of the periodic review that the decision came after: a list in force from 1 January "
            "2026 is that of the review of 2025."
        ),
    )
    effective_from = DayInput(gettext_lazy("List in force from"))
    standard = forms.ModelChoiceField(
        label=gettext_lazy("Poverty standard"),
        queryset=PovertyStandard.objects.filter(owner__isnull=True),
        required=False,
        empty_label=gettext_lazy("the one of that review"),
    )
    poor_households = _total(gettext_lazy("Poor households on the paper"), required=True)
    near_poor_households = _total(gettext_lazy("Near-poor households on the paper"), required=True)
    poor_persons = _total(gettext_lazy("Persons in poor households, if told"), required=False)
    near_poor_persons = _total(
        gettext_lazy("Persons in near-poor households, if told"), required=False
    )
    sent = FilesField(
        label=gettext_lazy("Sheet of the list"),
        help_text=gettext_lazy(
            "As you keep it (.xlsx, .xls, .ods, .csv): name of the head, birth, village, poor or "
            "near-poor in a column, by crosses or under lines of their own; members below the head "
            "if you have them. Columns in any order."
        ),
        widget=FilesField.widget(attrs={"accept": ".xlsx,.xls,.ods,.csv,.txt"}),
    )

    def __init__(
        self,
        data: Any = None,
        files: Any = None,
        *,
        communes: Sequence[Area],
        after: ImportBatch | None = None,
        chosen: int | None = None,
    ) -> None:
        today = clock.today()
        initial = {"year": today.year - 1, "effective_from": today.replace(month=1, day=1),
                   "decided_on": None, "commune": chosen}  # fmt: skip
        if after is not None:
            typed = TakenOverList.objects.get(batch=after)
            initial |= {name: getattr(typed, name) for name in _AGAIN}
        super().__init__(data, files, initial=initial)
        self.fields["effective_from"].help_text = gettext_lazy(
            "Of households that escaped: their first day off the list."
        )
        pks = [one.pk for one in communes]
        commune = self.fields["commune"]
        assert isinstance(commune, forms.ModelChoiceField)
        commune.queryset = (
            Area.objects.at(AreaLevel.COMMUNE)
            .filter(pk__in=pks)
            .order_by(F("valid_to").desc(nulls_first=True), "name", "pk")
        )
        if len(pks) == 1:
            commune.initial = pks[0]
            commune.widget = forms.HiddenInput()
        if after is not None:
            for name in ("pages", "sent"):
                self.fields[name].required = False

    def facts(self) -> ListFacts:
        """After is_valid()."""
        given = self.cleaned_data
        return ListFacts(
            commune=given["commune"],
            year=given["year"],
            paper=self.paper(),
            effective_from=given["effective_from"],
            totals=Totals(**{name: given[name] for name in TOTALS}),
            standard=given["standard"],
            of_escapes=given["of_escapes"] == "True",
        )

    def sources(self) -> list[bytes]:
        return [one.read() for one in self.cleaned_data["pages"] if one]

    def sheets(self) -> list[Any]:
        """The sent files, after is_valid()."""
        return [one for one in self.cleaned_data["sent"] if one]
