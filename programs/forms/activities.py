"""Typing an activity, who takes part, and what became of them."""

from collections.abc import Sequence
from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from households.forms.steps import DayInput, SaysFaults
from households.models import Area
from programs.choices import BenefitState
from programs.choices.activities import ActivityKind
from programs.forms.whole_numbers import WholeNumberField
from programs.models import Activity
from programs.services.activities import Held
from programs.services.participants import Outcome
from programs.services.recipients import Outsider

_MOST_PEOPLE: Final = 1_000_000
_MOST_HOURS: Final = 3000
_MOST_VND: Final = 10**12


def _count(label: Any) -> forms.IntegerField:
    return WholeNumberField(label=label, required=False, min_value=0, max_value=_MOST_PEOPLE)


class ActivityForm(SaysFaults):
    """`villages`: those of its commune. The kind is asked of a new one alone, out of `kinds`."""

    topic = forms.CharField(label=_("Topic"), max_length=200)
    begins_on = DayInput(_("First day"))
    ends_on = DayInput(_("Last day"))
    village = forms.ChoiceField(label=_("Village"), required=False)
    place = forms.CharField(label=_("Place"), max_length=200, required=False)
    organiser = forms.CharField(label=_("Held by"), max_length=160, required=False)
    hours = forms.IntegerField(label=_("Hours"), required=False, min_value=1, max_value=_MOST_HOURS)
    cost_each_vnd = WholeNumberField(
        label=_("Cost for each who takes part (VND)"), required=False, min_value=0,
        max_value=_MOST_VND,
    )  # fmt: skip
    people_reached = _count(_("People reached, as counted"))
    women_reached = _count(_("women among them"))
    minority_reached = _count(_("ethnic-minority people among them"))
    poor_reached = _count(_("people of poor and near-poor households among them"))
    field_order = ("kind", "topic", "begins_on", "ends_on", "village", "place")

    def __init__(
        self,
        *args: Any,
        villages: Sequence[Area],
        kinds: Sequence[ActivityKind] = (),
        activity: Activity | None = None,
        **kwargs: Any,
    ) -> None:
        if activity is not None:
            kept = {name: getattr(activity, name) for name in Held.__dataclass_fields__}
            kwargs["initial"] = kept | {"village": str(activity.village_id or "")}
        super().__init__(*args, **kwargs)
        self.villages = {str(one.pk): one for one in villages}
        village = self.fields["village"]
        assert isinstance(village, forms.ChoiceField)
        village.choices = [("", "–"), *((pk, one.name) for pk, one in self.villages.items())]
        if kinds:
            self.fields["kind"] = forms.ChoiceField(
                label=pgettext_lazy("activity", "Kind"),
                choices=[(str(one), one.label) for one in kinds],
            )
        self.order_fields([*self.field_order, *self.fields])
        vocational = kinds == (ActivityKind.VOCATIONAL,) or (
            activity is not None and activity.kind == ActivityKind.VOCATIONAL
        )
        if vocational:
            self.fields["topic"].label = _("Trade taught")
            self.fields["organiser"].label = _("School or centre")

    def kind(self) -> ActivityKind:
        """After is_valid(), of a new one."""
        return ActivityKind(self.cleaned_data["kind"])

    def chosen_village(self) -> Area | None:
        return self.villages.get(self.cleaned_data["village"])

    def held(self) -> Held:
        return Held(**{name: self.cleaned_data[name] for name in Held.__dataclass_fields__})


class BecauseForm(SaysFaults):
    """Why those ticked took part although no ground holds for some of them."""

    because = forms.CharField(
        label=_("Took part although no ground holds, because"), max_length=300, required=False
    )


class OutsiderForm(SaysFaults):
    """A person outside the register. `villages`: those of the commune."""

    name = forms.CharField(label=_("Full name"), max_length=120)
    birth_year = forms.IntegerField(
        label=_("Birth year"), required=False, min_value=1900, max_value=2100
    )
    village = forms.ChoiceField(label=_("Village"), required=False)
    ground = forms.CharField(
        label=_("By what he is counted"), max_length=160,
        help_text=_("For example: minority person in zone III, person of merit."),
    )  # fmt: skip

    def __init__(self, *args: Any, commune: Area, villages: Sequence[Area], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.commune = commune
        self.villages = {str(one.pk): one for one in villages}
        village = self.fields["village"]
        assert isinstance(village, forms.ChoiceField)
        village.choices = [("", "–"), *((pk, one.name) for pk, one in self.villages.items())]

    def outsider(self) -> Outsider:
        """After is_valid()."""
        given = self.cleaned_data
        return Outsider(
            name=given["name"],
            birth_year=given["birth_year"],
            ground=given["ground"],
            commune=self.commune,
            village=self.villages.get(given["village"]),
        )


class ReasonForm(SaysFaults):
    reason = forms.CharField(label=_("Why"), max_length=300)


class OutcomesForm(SaysFaults):
    """What became of each: the choices of `rows` ({benefit id: states that may follow}) are read
    from fields "state-<id>", "number-<id>"; one day and one reason for all that need it."""

    on = DayInput(pgettext_lazy("of an outcome", "On"))
    reason = forms.CharField(
        label=_("Why, of those who left or were recorded by mistake"),
        max_length=300,
        required=False,
    )

    def __init__(self, *args: Any, rows: dict[int, Sequence[BenefitState]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.rows = rows

    def outcomes(self) -> list[Outcome]:
        """After is_valid(): those for which something was chosen."""
        found = []
        for pk, states in self.rows.items():
            chosen = self.data.get(f"state-{pk}", "")
            if chosen in states:
                number = self.data.get(f"number-{pk}", "").replace("\x00", "")[:60]
                reason = self.cleaned_data["reason"] if chosen in _WITH_REASON else ""
                found.append(Outcome(pk, BenefitState(chosen), number, reason))
        return found


_WITH_REASON: Final = (BenefitState.REFUSED, BenefitState.CANCELLED)
