"""What is typed from the signed papers of a step: the day, who, the number, the pages."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy

from households import clock, workflow
from households.choices import SignerTitle
from households.forms.photos import FilesField
from households.services.lists import Paper
from households.services.steps import Act
from households.services.village_steps import Meeting
from households.workflow import Step

_DAY: Final = {"inputmode": "numeric", "autocomplete": "off"}
_DAY_FORMATS: Final = ["%d/%m/%Y", "%Y-%m-%d"]
_MOST_PEOPLE: Final = 2000
#: Voted on alone: a field for each household, named by its form.
ALONE: Final = "alone"


class DayInput(forms.DateField):
    """A day as dd/mm/yyyy, today unless said otherwise."""

    def __init__(self, label: Any) -> None:
        super().__init__(
            label=label,
            initial=clock.today,
            input_formats=_DAY_FORMATS,
            widget=forms.DateInput(format="%d/%m/%Y", attrs=_DAY),
        )


def pages_field(*, required: bool, label: Any) -> FilesField:
    return FilesField(
        label=label,
        required=required,
        help_text=gettext_lazy("Photos or scans of all its pages (JPEG, PNG, PDF), 10 MB each."),
        widget=_accepting(),
    )


def _accepting() -> forms.ClearableFileInput:
    return FilesField.widget(attrs={"accept": "image/jpeg,image/png,application/pdf"})


class SaysFaults(forms.Form):
    """A form on which a service's words find their fields."""

    def add_faults(self, fields: Mapping[str, Sequence[Any]], message: Any) -> None:
        """What has no field stands above."""
        for path, words in fields.items():
            name = path if path in self.fields else None
            self.add_error(name, [str(one) for one in words])
        if not fields:
            self.add_error(None, str(message))


class StepForm(SaysFaults):
    """One step. `needs_paper`: the user records what somebody else has done."""

    acted_on = DayInput(gettext_lazy("Day"))
    acted_by_name = forms.CharField(label=gettext_lazy("Who led or signed it"), max_length=120)
    paper_number = forms.CharField(
        label=gettext_lazy("Number of the paper"), max_length=60, required=False
    )
    note = forms.CharField(
        label=gettext_lazy("Note"), required=False, widget=forms.Textarea({"rows": 2})
    )

    def __init__(
        self,
        *args: Any,
        step: Step,
        needs_paper: bool,
        asks_for_file: bool = False,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.step = step
        if not step.has_paper:
            del self.fields["acted_by_name"], self.fields["paper_number"]
        else:
            self.fields["pages"] = pages_field(
                required=needs_paper, label=gettext_lazy("Signed paper")
            )
        if step is workflow.SURVEYED and asks_for_file:
            self.fields["papers_in_file"] = forms.BooleanField(
                label=gettext_lazy("The signed paper of each form is in the commune's file"),
                required=False,
            )
        if step.needs_reason:
            self.fields["note"].label = gettext_lazy("Reason")
            self.fields["note"].required = True

    def act(self) -> Act:
        """After is_valid()."""
        given = self.cleaned_data
        return Act(
            acted_on=given["acted_on"],
            acted_by_name=given.get("acted_by_name", ""),
            paper_number=given.get("paper_number", ""),
            note=given.get("note", ""),
            pages=[one.read() for one in given.get("pages") or []],
            papers_in_file=given.get("papers_in_file", False),
        )


class MeetingForm(StepForm):
    """The minutes of a village meeting. `presented`: (form id, head's name) of every household that
    may have a vote of its own."""

    place = forms.CharField(label=gettext_lazy("Place"), max_length=200)
    secretary_name = forms.CharField(label=gettext_lazy("Secretary"), max_length=120)
    present = forms.IntegerField(
        label=gettext_lazy("People present"), min_value=1, max_value=_MOST_PEOPLE
    )
    agreed = forms.IntegerField(
        label=gettext_lazy("Agreed with the results"), min_value=0, max_value=_MOST_PEOPLE
    )
    opinions = forms.CharField(
        label=gettext_lazy("Differing opinions"),
        required=False,
        widget=forms.Textarea({"rows": 2}),
    )
    field_order = ("acted_on", "place", "acted_by_name", "secretary_name", "present", "agreed")

    def __init__(self, *args: Any, presented: Sequence[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["acted_by_name"].label = gettext_lazy("Chair of the meeting")
        del self.fields["paper_number"], self.fields["note"]
        self.presented = presented
        for pk, name in presented:
            self.fields[f"{ALONE}.{pk}"] = forms.IntegerField(
                label=name,
                required=False,
                min_value=0,
                max_value=_MOST_PEOPLE,
                widget=forms.NumberInput({"class": "form-control votes"}),
            )

    def common_fields(self) -> list[forms.BoundField]:
        return [field for field in self if not field.name.startswith(f"{ALONE}.")]

    def vote_fields(self) -> list[forms.BoundField]:
        return [self[f"{ALONE}.{pk}"] for pk, __ in self.presented]

    def meeting(self) -> Meeting:
        """After is_valid()."""
        given = self.cleaned_data
        alone = {pk: given[f"{ALONE}.{pk}"] for pk, __ in self.presented}
        return Meeting(
            place=given["place"],
            secretary_name=given["secretary_name"],
            present=given["present"],
            agreed=given["agreed"],
            opinions=given["opinions"],
            alone={pk: votes for pk, votes in alone.items() if votes is not None},
        )


class PostingForm(StepForm):
    """Where the results hang out."""

    places = forms.CharField(
        label=gettext_lazy("Where the list hangs"),
        max_length=300,
        initial=gettext_lazy("Village house of culture; office of the People's Committee"),
    )
    is_read_out = forms.BooleanField(
        label=gettext_lazy("Read out by loudspeaker as well"), required=False, initial=True
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["pages"] = pages_field(
            required=False, label=gettext_lazy("Minutes of the posting, or a photo of it")
        )


class DecisionForm(SaysFaults):
    """The signed decision: number, date, signer with title, and the file."""

    number = forms.CharField(label=gettext_lazy("Number of the decision"), max_length=60)
    decided_on = DayInput(gettext_lazy("Date of the decision"))
    decided_by = forms.CharField(label=gettext_lazy("Signed by"), max_length=120)
    signer_title = forms.ChoiceField(
        label=gettext_lazy("Title of the signer"),
        choices=SignerTitle.choices,
        initial=SignerTitle.CHAIR,
        widget=forms.RadioSelect,
    )
    pages = pages_field(required=True, label=gettext_lazy("Signed decision"))

    def paper(self) -> Paper:
        """After is_valid()."""
        given = self.cleaned_data
        return Paper(
            number=given["number"],
            decided_on=given["decided_on"],
            decided_by=given["decided_by"],
            signer_title=SignerTitle(given["signer_title"]),
        )

    def sources(self) -> list[bytes]:
        return [one.read() for one in self.cleaned_data["pages"]]
