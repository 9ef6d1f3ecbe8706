"""What an officer fills in for a change of a household: the day, the place, who and as what."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from households import clock
from households.choices import HouseholdEndReason, Relation
from households.folding import fold
from households.models import Area, Household, Membership, Person
from households.queries import act_targets
from households.services.household_acts import closing

#: So many communes at most are named where words mean many.
_MOST_TOLD = 20
_DAY = forms.DateInput(format="%d/%m/%Y", attrs={"inputmode": "numeric", "autocomplete": "off"})


class ActForm(forms.Form):
    """The day from which the new state holds. `home` is the village the household lives in, and
    `members` are those it has now."""

    happened_on = forms.DateField(
        label=gettext_lazy("Day"),
        help_text=gettext_lazy("The first day of the new state, as dd/mm/yyyy."),
        input_formats=["%d/%m/%Y", "%Y-%m-%d"],
        widget=_DAY,
    )

    def __init__(
        self,
        *args: Any,
        household: Household,
        home: Area,
        members: Sequence[Membership],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.household, self.home, self.members = household, home, members
        self.persons = {str(one.person_id): one.person for one in members}
        if "happened_on" in self.fields:
            self.fields["happened_on"].initial = clock.today
        self.prepare()

    def prepare(self) -> None:
        """Give fields their choices."""

    def arguments(self) -> dict[str, Any]:
        """What the service is called with, besides household and by. After is_valid()."""
        return {"happened_on": self.cleaned_data["happened_on"]}

    def typed(self, name: str) -> str:
        """What stands in a field, bound or not."""
        given: Mapping[str, Any] = self.data if self.is_bound else self.initial
        return str(given.get(name) or "")

    def offer_members(self, name: str, *, but: str = "", empty: str = "") -> None:
        """Make the members (without one relation) the choices of a field."""
        choices = [
            (key, f"{one.person.full_name} ({one.get_relation_display()})")
            for key, one in zip(self.persons, self.members, strict=True)
            if one.relation != but
        ]
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", empty), *choices] if empty else choices

    def person(self, name: str) -> Person | None:
        return self.persons.get(self.cleaned_data.get(name) or "")


class SearchForm(ActForm):
    """Words to search by, and a choice among what they find; one find is the choice."""

    target: str
    words: str

    def found(self, words: str) -> Sequence[Any]:
        raise NotImplementedError

    def label_of(self, one: Any) -> str:
        raise NotImplementedError

    @property
    def nothing_found(self) -> str:
        """Why there is nothing to choose from; "" before anything was looked for."""
        if self.options or not self.typed(self.words).strip():
            return ""
        return self.why_nothing(self.typed(self.words))

    def why_nothing(self, words: str) -> str:
        return _("Nothing was found. Try fewer words.")

    def prepare(self) -> None:
        self.options = {str(one.pk): one for one in self.found(self.typed(self.words))}
        field = self.fields[self.target]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(key, self.label_of(one)) for key, one in self.options.items()]
        if not self.options:
            field.widget = forms.HiddenInput()

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        chosen = self.options.get(cleaned.get(self.target) or "")
        if chosen is None and len(self.options) == 1:
            chosen = next(iter(self.options.values()))
        if chosen is None and self.target not in self.errors:
            if self.options:
                self.add_error(self.target, _("Choose one of those found."))
            elif self.words not in self.errors:
                self.add_error(self.words, self.why_nothing(self.typed(self.words)))
        cleaned[self.target] = chosen
        return cleaned


class MoveForm(SearchForm):
    target, words = "village", "village_words"
    village_words = forms.CharField(
        label=gettext_lazy("New village"),
        help_text=gettext_lazy("A part of the village's or the commune's name, accents or not."),
        max_length=80,
    )
    village = forms.ChoiceField(
        label=gettext_lazy("Villages found"), required=False, widget=forms.RadioSelect
    )
    field_order = ["village_words", "village", "happened_on"]

    def found(self, words: str) -> list[Area]:
        return act_targets.villages_named(words, near=self.home)

    def label_of(self, one: Area) -> str:
        return f"{one.name}, {one.parent.name}" if one.parent else one.name

    def why_nothing(self, words: str) -> str:
        if empty := self.without_villages:
            told = _(
                "%(communes)s: no village of it is in povreg yet. The department, or that commune,"
                " adds the village, then offer it the household. If the household has left already,"
                " end it here: “Moved to a commune that is not in povreg yet”."
            )
            return told % {"communes": ", ".join(one.name for one in empty)}
        return super().why_nothing(words)

    @property
    def without_villages(self) -> list[Area]:
        """Communes that the typed words mean and that have no village in povreg; none where a
        village was found."""
        words = fold(self.typed(self.words)).split()
        if self.options or not words:
            return []
        there = act_targets.communes_without_villages(near=self.home)
        return [one for one in there if all(word in one.folded_name for word in words)][:_MOST_TOLD]

    def arguments(self) -> dict[str, Any]:
        return super().arguments() | {"village": self.cleaned_data["village"]}


class MergeForm(SearchForm):
    target, words = "into", "into_words"
    into_words = forms.CharField(
        label=gettext_lazy("Household that takes it in"),
        help_text=gettext_lazy("Its code, or a member's name; a household of the same commune."),
        max_length=80,
    )
    into = forms.ChoiceField(
        label=gettext_lazy("Households found"), required=False, widget=forms.RadioSelect
    )
    head_becomes = forms.ChoiceField(
        label=gettext_lazy("The head of this household becomes there"),
        choices=[("", gettext_lazy("Choose the relation"))]
        + [(one.value, one.label) for one in Relation if one != Relation.HEAD],
    )
    field_order = ["into_words", "into", "head_becomes", "happened_on"]

    def found(self, words: str) -> list[Household]:
        return act_targets.households_named(words, household=self.household, village=self.home)

    def label_of(self, one: Household) -> str:
        return f"{one.card.head_name}, {one.card.village.name} ({one.code})"

    def arguments(self) -> dict[str, Any]:
        given = self.cleaned_data
        return super().arguments() | {
            "into": given["into"],
            "head_becomes": given["head_becomes"],
        }


class SplitForm(ActForm):
    who = forms.MultipleChoiceField(
        label=gettext_lazy("Who leaves"), widget=forms.CheckboxSelectMultiple
    )
    head = forms.ChoiceField(label=gettext_lazy("Head of the new household"))
    field_order = ["who", "head", "happened_on"]

    def prepare(self) -> None:
        self.offer_members("who", but=Relation.HEAD)
        self.offer_members("head", but=Relation.HEAD, empty=_("Choose the head"))

    def arguments(self) -> dict[str, Any]:
        return super().arguments() | {
            "members": [self.persons[key] for key in self.cleaned_data["who"]],
            "head": self.person("head"),
        }


class CloseForm(ActForm):
    reason = forms.ChoiceField(
        label=gettext_lazy("Why the household ends"),
        choices=[(one.value, one.label) for one in closing.REASONS],
        widget=forms.RadioSelect,
    )
    to_commune = forms.ChoiceField(
        label=gettext_lazy("Commune it moved to"),
        help_text=gettext_lazy("Only when it moved to a commune that is not in povreg yet."),
        required=False,
    )
    field_order = ["reason", "to_commune", "happened_on"]

    def prepare(self) -> None:
        self.fields["happened_on"].help_text = _("The last day of the household, as dd/mm/yyyy.")
        there = act_targets.communes_without_villages(near=self.home)
        self.communes = {str(one.pk): one for one in there}
        commune, reason = self.fields["to_commune"], self.fields["reason"]
        assert isinstance(commune, forms.ChoiceField)
        assert isinstance(reason, forms.ChoiceField)
        names = [(key, one.name) for key, one in self.communes.items()]
        commune.choices = [("", _("Choose the commune")), *names]
        if not names:
            del self.fields["to_commune"]
            reason.choices = [
                (one.value, one.label)
                for one in closing.REASONS
                if one != HouseholdEndReason.MOVED_BEYOND
            ]

    def arguments(self) -> dict[str, Any]:
        return super().arguments() | {
            "reason": HouseholdEndReason(self.cleaned_data["reason"]),
            "to_commune": self.communes.get(self.cleaned_data.get("to_commune", "")),
        }


class LeaveForm(ActForm):
    person_id = forms.ChoiceField(label=gettext_lazy("Who"))
    new_head_id = forms.ChoiceField(
        label=gettext_lazy("Who takes over as head"),
        required=False,
        help_text=gettext_lazy("Only when it is the head."),
    )
    field_order = ["person_id", "new_head_id", "happened_on"]

    def prepare(self) -> None:
        self.offer_members("person_id", empty=_("Choose the member"))
        self.offer_members("new_head_id", but=Relation.HEAD, empty=_("the head stays"))

    def arguments(self) -> dict[str, Any]:
        return super().arguments() | {
            "person": self.person("person_id"),
            "new_head": self.person("new_head_id"),
        }


class DieForm(LeaveForm):
    def prepare(self) -> None:
        super().prepare()
        self.fields["happened_on"].label = _("Day of death")
        self.fields["happened_on"].help_text = _("As dd/mm/yyyy.")


class HeadForm(ActForm):
    new_head_id = forms.ChoiceField(label=gettext_lazy("New head"))
    field_order = ["new_head_id", "happened_on"]

    def prepare(self) -> None:
        self.offer_members("new_head_id", but=Relation.HEAD, empty=_("Choose the head"))

    def arguments(self) -> dict[str, Any]:
        return super().arguments() | {"new_head": self.person("new_head_id")}
