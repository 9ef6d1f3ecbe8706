"""What is typed of a remark, a complaint or a denunciation, and of how it ends."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from households.choices import ComplaintKind, ComplaintState
from households.forms.steps import DayInput, SaysFaults, pages_field
from households.models import Complaint, Household
from households.services.complaints import Heard


class ComplaintForm(SaysFaults):
    """`households`: those of the village with a form in the round, with the head's name."""

    kind = forms.ChoiceField(
        label=gettext_lazy("Kind"),
        choices=ComplaintKind.choices,
        initial=ComplaintKind.OPINION,
        widget=forms.RadioSelect,
    )
    household = forms.ChoiceField(
        label=gettext_lazy("About the household"),
        required=False,
        help_text=gettext_lazy("Left empty: about a household that is not on the list, or all."),
    )
    received_on = DayInput(gettext_lazy("Received on"))
    from_name = forms.CharField(
        label=gettext_lazy("From whom"),
        max_length=120,
        help_text=gettext_lazy("Seen only by those who settle it."),
    )
    from_contact = forms.CharField(
        label=gettext_lazy("How to reach"), max_length=200, required=False
    )
    words = forms.CharField(label=gettext_lazy("What is said"), widget=forms.Textarea({"rows": 3}))

    def __init__(self, *args: Any, households: Sequence[tuple[Household, str]], **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.households = {str(one.pk): one for one, __ in households}
        field = self.fields["household"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", ""), *((str(one.pk), name) for one, name in households)]
        self.fields["pages"] = pages_field(
            required=False, label=gettext_lazy("The letter, if there is one")
        )

    def heard(self) -> Heard:
        """After is_valid()."""
        given = self.cleaned_data
        return Heard(
            kind=ComplaintKind(given["kind"]),
            received_on=given["received_on"],
            from_name=given["from_name"],
            words=given["words"],
            household=self.households.get(given["household"]),
            from_contact=given["from_contact"],
            pages=[one.read() for one in given.get("pages") or []],
        )


class AnswerForm(SaysFaults):
    """How it ends."""

    state = forms.ChoiceField(label=gettext_lazy("How it ends"), widget=forms.RadioSelect)
    answered_on = DayInput(gettext_lazy("Answered on"))
    answer_number = forms.CharField(
        label=gettext_lazy("Number of the answer"), max_length=60, required=False
    )
    answer = forms.CharField(label=gettext_lazy("Answer"), widget=forms.Textarea({"rows": 3}))

    def __init__(self, *args: Any, complaint: Complaint, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        ends = (
            [ComplaintState.HANDED_ON]
            if complaint.kind == ComplaintKind.DENUNCIATION
            else [ComplaintState.KEPT, ComplaintState.UPHELD, ComplaintState.WITHDRAWN]
        )
        field = self.fields["state"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(one.value, one.label) for one in ends]
        self.fields["pages"] = pages_field(
            required=False, label=gettext_lazy("The answer as signed")
        )


class RecheckForm(SaysFaults):
    """Why the commune looks at a household once more."""

    reason = forms.CharField(
        label=gettext_lazy("Reason"), widget=forms.Textarea(attrs={"rows": 2}), max_length=500
    )


class RepostForm(SaysFaults):
    """Where and since when one household's result hangs out again."""

    places = forms.CharField(label=gettext_lazy("Where the list hangs"), max_length=300)
    posted_on = DayInput(gettext_lazy("Posted on"))
    is_read_out = forms.BooleanField(
        label=gettext_lazy("Read out by loudspeaker as well"), required=False
    )


class TakeDownForm(SaysFaults):
    """When it was taken down."""

    closed_on = DayInput(gettext_lazy("Taken down on"))
