"""What a list with names is taken out for."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext, gettext_lazy

from households.choices import Purpose, SignerTitle
from households.models import VillageMeeting


class DisclosureForm(forms.Form):
    """The purpose is chosen from a list; the note may say more."""

    purpose = forms.ChoiceField(
        label=gettext_lazy("What is the list for?"),
        choices=[("", ""), *Purpose.choices],
        widget=forms.Select(attrs={"class": "form-select"}),
    )
    note = forms.CharField(label=gettext_lazy("Note"), max_length=200, required=False)


class SignedPaperForm(DisclosureForm):
    """For a paper that the chair signs, or his deputy for him."""

    signer_title = forms.ChoiceField(
        label=gettext_lazy("Title of the signer"),
        choices=SignerTitle.choices,
        initial=SignerTitle.CHAIR,
        required=False,
        widget=forms.RadioSelect,
    )

    @property
    def signer(self) -> str:
        """After is_valid(): the title chosen, "" for none."""
        return str(self.cleaned_data["signer_title"])


class MinutesForm(DisclosureForm):
    """Of which meeting; `meetings`: the recorded ones, the oldest first. Without one nothing more
    is asked."""

    def __init__(self, *args: Any, meetings: Sequence[VillageMeeting], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.meetings = {str(one.pk): one for one in meetings}
        if not meetings:
            return
        told = gettext("Meeting of %(day)s: %(outcome)s")
        named = [
            (pk, told % {
                "day": f"{one.step.acted_on:%d/%m/%Y}", "outcome": one.get_outcome_display()
            })
            for pk, one in self.meetings.items()
        ]  # fmt: skip
        self.fields["meeting"] = forms.ChoiceField(
            label=gettext_lazy("Minutes of which meeting?"),
            choices=[*reversed(named), ("", gettext_lazy("The next one, to be filled in by hand"))],
            required=False,
            widget=forms.RadioSelect,
        )

    @property
    def meeting(self) -> VillageMeeting | None:
        """After is_valid(): the recorded one, None for the next one."""
        return self.meetings.get(self.cleaned_data.get("meeting", ""))


def signer_of(given: str | None) -> str:
    """The title named in an address; the chair's where it names none."""
    return str(SignerTitle(given) if given in SignerTitle.values else SignerTitle.CHAIR)


class ReviewFilesForm(DisclosureForm):
    """In which files, and whether with personal numbers."""

    form = forms.ChoiceField(
        label=gettext_lazy("Files"),
        choices=[
            ("xlsx", gettext_lazy("Excel, two sheets (.xlsx)")),
            ("csv", gettext_lazy("CSV, two files in one .zip")),
        ],
        initial="xlsx",
        widget=forms.RadioSelect,
    )
    with_numbers = forms.BooleanField(
        label=gettext_lazy("With personal numbers; it is recorded that they were taken out"),
        required=False,
    )
