"""What registers another system, and how long its token works."""

import datetime as dt
from collections.abc import Sequence
from typing import Any, Final

from django import forms
from django.utils import timezone
from django.utils.translation import gettext, gettext_lazy

from households.choices import Role
from households.choices.api import ApiScope
from households.forms.steps import DayInput, SaysFaults
from households.models import Area, Assignment

#: What can be given here; lists have no address yet.
_GIVEN: Final = (ApiScope.AGGREGATES, ApiScope.EXACT, ApiScope.REVIEWS)
_MONTHS: Final = 6
_DAYS_OF_A_MONTH: Final = 30


class RegisterClientForm(SaysFaults):
    name = forms.CharField(label=gettext_lazy("Name of the system"), max_length=120)
    organisation = forms.CharField(label=gettext_lazy("Organisation"), max_length=200)
    contact = forms.CharField(
        label=gettext_lazy("Who answers for it, telephone or mail"), max_length=200
    )
    area = forms.ChoiceField(label=gettext_lazy("Area it may ask about"))
    scopes = forms.MultipleChoiceField(
        label=gettext_lazy("What it may ask"),
        choices=[(one.value, one.label) for one in _GIVEN],
        widget=forms.CheckboxSelectMultiple,
        initial=[ApiScope.AGGREGATES.value],
    )
    agreement = forms.CharField(
        label=gettext_lazy("Number of the agreement"),
        max_length=120,
        required=False,
        help_text=gettext_lazy("Needed where small numbers are given or reviews come in."),
    )
    acts_as = forms.ChoiceField(
        label=gettext_lazy("In whose name it enters reviews"),
        required=False,
        help_text=gettext_lazy(
            "What the system enters is recorded as entered by this account, by way of the system."
        ),
    )
    calls_per_minute = forms.IntegerField(
        label=gettext_lazy("Calls a minute"), min_value=1, max_value=100_000, initial=600
    )

    def __init__(
        self,
        *args: Any,
        areas: Sequence[Area],
        entering: Sequence[Assignment],
        **kwargs: Any,
    ) -> None:
        """`entering` are the assignments of those in whose name reviews may come in."""
        super().__init__(*args, **kwargs)
        self.areas = {str(one.pk): one for one in areas}
        self.accounts = {str(one.user_id): one.user for one in entering}
        offered = {
            str(one.user_id): f"{one.user} – {Role(one.role).label}, {one.area.name}"
            for one in entering
        }
        self._offer("area", [(pk, one.name) for pk, one in self.areas.items()])
        self._offer("acts_as", [("", gettext("nobody: it enters none")), *offered.items()])

    def _offer(self, name: str, choices: list[tuple[str, str]]) -> None:
        choice = self.fields[name]
        assert isinstance(choice, forms.ChoiceField)
        choice.choices = choices

    def arguments(self) -> dict[str, Any]:
        """After is_valid()."""
        given = dict(self.cleaned_data)
        given["area"] = self.areas[given["area"]]
        given["acts_as"] = self.accounts.get(given["acts_as"])
        given["scopes"] = [ApiScope(one) for one in given["scopes"]]
        return given


class TokenForm(SaysFaults):
    expires_at = DayInput(gettext_lazy("Last day"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        half_a_year = dt.timedelta(days=_MONTHS * _DAYS_OF_A_MONTH)
        self.fields["expires_at"].initial = timezone.localdate() + half_a_year

    @property
    def ends_at(self) -> dt.datetime:
        """The end of the last day, here. After is_valid()."""
        day: dt.date = self.cleaned_data["expires_at"]
        return timezone.make_aware(dt.datetime.combine(day, dt.time.max))
