"""What is typed of the paper of an edition, and what a page of one is asked for."""

from typing import Final

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from households.forms.steps import DayInput, SaysFaults
from reports.choices import FileForm, FileVersion
from reports.services.signing import Signer

_LONGEST_KEY: Final = 18


def asked_version(given: QueryDict) -> FileVersion:
    """Of ?version=, the internal one where there is none or it is unknown."""
    typed = given.get("version", "")
    return FileVersion(typed) if typed in FileVersion.values else FileVersion.INTERNAL


def asked_form(given: QueryDict) -> FileForm | None:
    """Of form=; None where it is none."""
    typed = given.get("form", "")
    return FileForm(typed) if typed in FileForm.values else None


def asked_forms(given: QueryDict) -> list[FileForm]:
    """Of all forms=; what is no form is left out."""
    typed = set(given.getlist("forms"))
    return [one for one in FileForm if one.value in typed]


def asked_number(given: QueryDict, name: str) -> int:
    """A key or a place in a row; 0 where it is none."""
    typed = given.get(name, "")
    is_number = typed.isascii() and typed.isdecimal() and len(typed) <= _LONGEST_KEY
    return int(typed) if is_number else 0


class SignatureForm(SaysFaults):
    """As the signed paper has it. `is_broken`: identities do not hold, so a reason is asked."""

    signed_by = forms.CharField(label=_("Signed by"), max_length=120)
    position = forms.CharField(
        label=_("Position"), max_length=120, help_text=_("As it stands under the name.")
    )
    signed_on = DayInput(_("Signed on"))
    document_number = forms.CharField(label=_("Number of the paper"), max_length=60, required=False)
    broken_reason = forms.CharField(
        label=_("Why it is signed although tables do not fit"), max_length=500,
        widget=forms.Textarea({"rows": 3}),
    )  # fmt: skip

    def __init__(self, *args: object, is_broken: bool, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        if not is_broken:
            del self.fields["broken_reason"]

    def signer(self) -> Signer:
        """After is_valid()."""
        given = self.cleaned_data
        return Signer(
            given["signed_by"], given["position"], given["signed_on"], given["document_number"]
        )

    @property
    def reason(self) -> str:
        """After is_valid()."""
        return str(self.cleaned_data.get("broken_reason", ""))
