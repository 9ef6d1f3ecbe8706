"""What is typed of a request, of a whole village's, and of the answer."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from households.choices import REVIEWED_KINDS, RequestChannel, RequestKind, RequestState
from households.forms.steps import DayInput, DecisionForm, SaysFaults, pages_field
from households.models import Area, Household, ReviewRequest
from households.services.requests import Asked

_MOST_VND = 10**12
_CHANNELS = [pair for pair in RequestChannel.choices if pair[0] != RequestChannel.DISASTER]


class RequestForm(SaysFaults):
    """`household` None: the asker is not in the register yet and is named with a village."""

    kind = forms.ChoiceField(
        label=gettext_lazy("What is asked for"),
        choices=RequestKind.choices,
        initial=RequestKind.REVIEW,
        widget=forms.RadioSelect,
    )
    village = forms.ChoiceField(label=gettext_lazy("Village"))
    from_name = forms.CharField(label=gettext_lazy("Who asks"), max_length=120)
    birth_year = forms.IntegerField(
        label=gettext_lazy("Birth year"), required=False, min_value=1900, max_value=2100
    )
    contact = forms.CharField(label=gettext_lazy("How to reach"), max_length=200, required=False)
    received_on = DayInput(gettext_lazy("Received on"))
    channel = forms.ChoiceField(
        label=gettext_lazy("How it came"), choices=_CHANNELS, widget=forms.RadioSelect
    )
    dossier_code = forms.CharField(
        label=gettext_lazy("Dossier code of the portal"), max_length=60, required=False
    )
    reason = forms.CharField(
        label=gettext_lazy("Why"), required=False, widget=forms.Textarea({"rows": 2})
    )
    income_year_vnd = forms.IntegerField(
        label=gettext_lazy("Income of the last 12 months, without state allowances (VND)"),
        required=False,
        min_value=0,
        max_value=_MOST_VND,
        help_text=gettext_lazy("Only where average living standard or low income is asked for."),
    )
    income_members = forms.IntegerField(
        label=gettext_lazy("People who live of it"), required=False, min_value=1, max_value=50
    )

    def __init__(
        self, *args: Any, villages: Sequence[Area], household: Household | None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.villages = {str(one.pk): one for one in villages}
        self.household = household
        choice = self.fields["village"]
        assert isinstance(choice, forms.ChoiceField)
        choice.choices = [(pk, one.name) for pk, one in self.villages.items()]
        if household is not None:
            del self.fields["village"], self.fields["birth_year"]
            self.fields["from_name"].initial = household.card.head_name
        self.fields["pages"] = pages_field(
            required=False, label=gettext_lazy("The request as written")
        )
        self.fields["channel"].initial = RequestChannel.DESK

    def lives_in(self) -> Area:
        """After is_valid()."""
        if self.household is not None:
            found: Area = self.household.card.village
            return found
        return self.villages[self.cleaned_data["village"]]

    def asked(self) -> Asked:
        """After is_valid()."""
        given = self.cleaned_data
        return Asked(
            kind=RequestKind(given["kind"]),
            channel=RequestChannel(given["channel"]),
            received_on=given["received_on"],
            from_name=given["from_name"],
            household=self.household,
            dossier_code=given["dossier_code"],
            birth_year=given.get("birth_year"),
            contact=given["contact"],
            reason=given["reason"],
            income_year_vnd=given["income_year_vnd"],
            income_members=given["income_members"],
            pages=[one.read() for one in given.get("pages") or []],
        )


class VillageRequestsForm(SaysFaults):
    """After a disaster: which households, since when, why."""

    received_on = DayInput(gettext_lazy("Received on"))
    reason = forms.CharField(
        label=gettext_lazy("What happened"), widget=forms.Textarea({"rows": 2})
    )


class WithdrawForm(SaysFaults):
    answered_on = DayInput(gettext_lazy("Taken back on"))


class RequestAnswerForm(DecisionForm):
    """A signed refusal, or the recognition of who is not reviewed with form B."""

    state = forms.ChoiceField(label=gettext_lazy("Answer"), widget=forms.RadioSelect)
    words = forms.CharField(
        label=gettext_lazy("Reason, in plain words"),
        required=False,
        widget=forms.Textarea({"rows": 3}),
    )
    field_order = ("state", "words")

    def __init__(self, *args: Any, request: ReviewRequest, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        ends = [(RequestState.REFUSED.value, gettext_lazy("Refused, with its reason"))]
        if request.kind not in REVIEWED_KINDS:
            ends.insert(0, (RequestState.ANSWERED.value, gettext_lazy("Recognised")))
        state = self.fields["state"]
        assert isinstance(state, forms.ChoiceField)
        state.choices, state.initial = ends, ends[0][0]
        self.fields["number"].label = gettext_lazy("Number of the answer")
        self.fields["decided_on"].label = gettext_lazy("Date of the answer")
        self.fields["pages"].label = gettext_lazy("The answer as signed")
