"""What a draft of a reorganisation asks: its paper, which units, what comes of them."""

from collections.abc import Sequence
from typing import Any, Final

from django import forms
from django.forms.boundfield import BoundField
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from households.choices import AreaType, Settlement
from households.choices.reorganisations import (
    OF_COMMUNES,
    VILLAGE_BY_VILLAGE,
    ReorganisationKind,
)
from households.forms.steps import DayInput, SaysFaults, pages_field
from households.models import Area, Reorganisation
from households.services.reorganisation.facts import PartFacts
from households.services.reorganisation.plans import NewUnit, Part

_K = ReorganisationKind
Choices = Sequence[tuple[str, Any]]
#: Which of them one chooses many units for.
MANY: Final = frozenset({_K.MERGE, _K.LEVEL_ENDS, _K.VILLAGE_MERGE})
_MOST_NEW: Final = 9
_COMMUNE_TYPES: Final = (AreaType.COMMUNE, AreaType.WARD, AreaType.TOWN)
#: Of a part: how it is called among its fields.
_UNIT, _GOES, _NAME, _STAFF = "unit", "goes", "name", "staff"


class ActForm(SaysFaults):
    """The day and the resolution. `areas`: where the user may act; asked where there are more."""

    area = forms.ChoiceField(label=gettext_lazy("Whose units"))
    changed_on = DayInput(gettext_lazy("In force from"))
    paper_number = forms.CharField(
        label=gettext_lazy("Number of the resolution"), max_length=60, required=False
    )
    paper_date = DayInput(gettext_lazy("Resolution signed on"))
    paper_by = forms.CharField(
        label=gettext_lazy("Whose resolution"), max_length=120, required=False
    )

    def __init__(self, *args: Any, areas: Sequence[Area] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.areas = {str(one.pk): one for one in areas}
        choice = self.fields["area"]
        assert isinstance(choice, forms.ChoiceField)
        choice.choices = [(pk, one.name) for pk, one in self.areas.items()]
        if len(self.areas) < 2:
            del self.fields["area"]
        self.fields["changed_on"].initial = self.fields["paper_date"].initial = None
        self.fields["paper_date"].required = False
        self.fields["changed_on"].help_text = _(
            "The first day of the new units. It may lie ahead: they follow on that day."
        )
        self.fields["paper_number"].help_text = _("It may be typed later, before signing.")

    @staticmethod
    def of(draft: Reorganisation) -> dict[str, Any]:
        """Its initial values."""
        names = ("changed_on", "paper_number", "paper_date", "paper_by")
        return {name: getattr(draft, name) for name in names}

    def arguments(self) -> dict[str, Any]:
        """After is_valid()."""
        given = dict(self.cleaned_data)
        pk = given.pop("area", "")
        return given | ({"area": self.areas[pk]} if pk else {})

    def chosen_area(self) -> Area:
        """The one chosen, or the only one."""
        return self.areas[self.cleaned_data.get("area") or next(iter(self.areas))]


class ScanForm(SaysFaults):
    """All pages of the resolution."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        label = gettext_lazy("Scan of the resolution")
        self.fields["pages"] = pages_field(required=True, label=label)

    def sources(self) -> list[bytes]:
        """After is_valid()."""
        return [one.read() for one in self.cleaned_data["pages"]]


class UnitsForm(SaysFaults):
    """Which units, and into what. `groups`: (heading, units) to choose from."""

    units = forms.MultipleChoiceField(
        label=gettext_lazy("Units"), widget=forms.CheckboxSelectMultiple
    )
    unit = forms.ChoiceField(label=gettext_lazy("Unit"))
    into = forms.ChoiceField(label=gettext_lazy("Into"))
    number = forms.IntegerField(
        label=gettext_lazy("How many new units"), min_value=2, max_value=_MOST_NEW, initial=2
    )

    def __init__(
        self,
        *args: Any,
        kind: ReorganisationKind,
        groups: Sequence[tuple[str, Sequence[Area]]],
        targets: Sequence[tuple[str, Sequence[Area]]],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.kind = kind
        many, one = self.fields["units"], self.fields["unit"]
        assert isinstance(many, forms.MultipleChoiceField)
        assert isinstance(one, forms.ChoiceField)
        many.choices = _grouped(groups)
        one.choices = [("", _("Choose")), *_grouped(groups)]
        del self.fields["unit" if kind in MANY else "units"]
        into = self.fields["into"]
        assert isinstance(into, forms.ChoiceField)
        fresh = [("", _("A new commune"))] if kind != _K.MOVE else [("", _("Choose"))]
        into.choices = [*fresh, *_grouped(targets)]
        into.required = kind == _K.MOVE
        if kind not in (_K.MERGE, _K.TRANSFER, _K.MOVE):
            del self.fields["into"]
        if kind not in (_K.SPLIT, _K.VILLAGE_SPLIT):
            del self.fields["number"]

        self.unit_choices = [
            (heading, [(str(unit.pk), _with_code(unit)) for unit in units])
            for heading, units in groups
        ]

    @property
    def ticked(self) -> list[str]:
        """Ids of the units that were chosen."""
        return [str(pk) for pk in self["units"].value() or []]

    def part(self) -> Part:
        """After is_valid(): the part as far as it is told."""
        given = self.cleaned_data
        units = tuple(int(pk) for pk in given.get("units") or [given["unit"]])
        into = given.get("into")
        if into:
            units = tuple(pk for pk in units if pk != int(into) or self.kind != _K.MERGE)
            return Part(self.kind, units, (NewUnit("1", area_id=int(into)),))
        if self.kind == _K.LEVEL_ENDS:
            return Part(self.kind, units)
        fresh = range(1, 1 + given.get("number", 1))
        return Part(self.kind, units, tuple(NewUnit(str(key)) for key in fresh))


def _grouped(groups: Sequence[tuple[str, Sequence[Area]]]) -> list[tuple[str, Any]]:
    """Choices under headings; without one where there is a single group without a name."""
    rows = [
        (heading, [(str(one.pk), _with_code(one)) for one in units]) for heading, units in groups
    ]
    if len(rows) == 1 and not rows[0][0]:
        return list(rows[0][1])
    return list(rows)


def _with_code(unit: Area) -> str:
    return f"{unit.name} ({unit.code})" if unit.code else unit.name


class PartForm(SaysFaults):
    """What comes of the units: code and name of each, where each village goes and how it is called
    where its name is taken, where staff goes on. Fields are named by kind and id."""

    def __init__(self, *args: Any, facts: PartFacts, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.facts = facts
        for new in facts.part.becomes:
            if new.area_id is None:
                self._ask_unit(new)
        if facts.kind in VILLAGE_BY_VILLAGE:
            for village in facts.villages:
                self.fields[f"{_GOES}-{village.pk}"] = forms.ChoiceField(
                    label=village.name, required=False, choices=self._targets(),
                    initial=facts.part.goes.get(village.pk, ""),
                )  # fmt: skip
        for village in facts.villages:
            if village.pk in facts.part.names:
                self.fields[f"{_NAME}-{village.pk}"] = forms.CharField(
                    label=f"{village.name}, {village.parent}", max_length=120,
                    initial=facts.part.names[village.pk],
                )  # fmt: skip
        if facts.kind == _K.VILLAGE_SPLIT:
            for card in facts.homes:
                self.fields[f"{_GOES}-{card.pk}"] = forms.ChoiceField(
                    label=f"{card.head_name} ({card.household.code})", required=False,
                    choices=self._targets(), initial=facts.part.goes.get(card.pk, ""),
                )  # fmt: skip
        if facts.kind in (_K.SPLIT, _K.VILLAGE_SPLIT):
            self._ask_staff()

    def _ask_unit(self, new: NewUnit) -> None:
        facts, unit = self.facts, self.facts.units[0] if self.facts.units else None
        first = f"{_UNIT}-{new.key}"
        is_village = facts.kind in OF_COMMUNES
        if facts.kind != _K.TYPE:
            known = unit.name if unit and facts.kind in (_K.RENAME, _K.VILLAGE_RENAME) else ""
            self._text(f"{first}-name", _("Name from then on"), new.name or known, 120)
        if facts.kind != _K.TYPE and not is_village:
            known = unit.code if unit and facts.kind == _K.RENAME else ""
            self._text(f"{first}-code", _("Code"), new.code or known, 5)
        if not is_village:
            types = [(str(one.value), one.label) for one in _COMMUNE_TYPES]
            self._choice(f"{first}-area_type", _("Type of unit"), types, new.area_type)
        if facts.kind != _K.VILLAGE_RENAME:
            said = list(Settlement.choices)
            self._choice(f"{first}-settlement", _("Urban or rural"), said, new.settlement)

    def _text(self, name: str, label: str, known: str, longest: int) -> None:
        self.fields[name] = forms.CharField(
            label=label, required=False, max_length=longest, initial=known
        )

    def _choice(self, name: str, label: str, choices: Choices, known: str) -> None:
        as_before = _("As before") if self.facts.kind not in (_K.MERGE, _K.SPLIT) else _("Choose")
        self.fields[name] = forms.ChoiceField(
            label=label, required=False, choices=[("", as_before), *choices], initial=known
        )

    def _targets(self) -> Choices:
        stays = _("Stays") if self.facts.kind == _K.TRANSFER else _("Choose")
        return [("", stays), *((one.key, self.facts.label(one)) for one in self.facts.part.becomes)]

    def _ask_staff(self) -> None:
        for held in self.facts.staff:
            name = f"{held.user}: {held.get_role_display()}"
            ends = (f"{_STAFF}-ends", _("The assignment ends"))
            known = self.facts.part.staff.get(held.pk)
            self.fields[f"{_STAFF}-{held.pk}"] = forms.ChoiceField(
                label=name, required=False, choices=[*self._targets(), ends],
                initial=ends[0] if known == "" else known or "",
            )  # fmt: skip

    def _typed(self, key: str) -> NewUnit:
        def of(name: str) -> str:
            return str(self.cleaned_data.get(f"{_UNIT}-{key}-{name}", "")).strip()

        return NewUnit(key, of("name"), of("code"), of("area_type"), of("settlement"))

    @property
    def unit_groups(self) -> list[tuple[str, list[BoundField]]]:
        """The fields of each new unit under what it is called."""
        return [
            (self.facts.label(new), self._fields(f"{_UNIT}-{new.key}-"))
            for new in self.facts.part.becomes
            if new.area_id is None
        ]

    @property
    def village_fields(self) -> list[BoundField]:
        return self._fields(f"{_GOES}-")

    @property
    def name_fields(self) -> list[BoundField]:
        return self._fields(f"{_NAME}-")

    @property
    def staff_fields(self) -> list[BoundField]:
        return self._fields(f"{_STAFF}-")

    def _fields(self, prefix: str) -> list[BoundField]:
        return [self[name] for name in self.fields if name.startswith(prefix)]

    def part(self) -> Part:
        """After is_valid(): the part with what was typed."""
        was, given = self.facts.part, self.cleaned_data
        becomes = []
        for new in was.becomes:
            becomes.append(new if new.area_id else self._typed(new.key))
        staff = {pk: key for pk, key in _by_id(given, _STAFF).items() if key}
        return Part(
            kind=was.kind,
            units=was.units,
            becomes=tuple(becomes),
            goes={pk: key for pk, key in _by_id(given, _GOES).items() if key},
            names=_by_id(given, _NAME),
            staff={pk: "" if key == f"{_STAFF}-ends" else key for pk, key in staff.items()},
        )


def _by_id(given: dict[str, Any], prefix: str) -> dict[int, str]:
    return {
        int(name.removeprefix(f"{prefix}-")): str(value)
        for name, value in given.items()
        if name.startswith(f"{prefix}-")
    }


class ReasonForm(SaysFaults):
    """Why a signed act is taken back."""

    reason = forms.CharField(
        label=gettext_lazy("Reason"), widget=forms.Textarea({"rows": 2}), max_length=1000
    )
