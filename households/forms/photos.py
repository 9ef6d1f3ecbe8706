"""Files chosen for a form: which kind, and their bytes."""

from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from households.choices import PHOTO_KINDS, AttachmentKind

_PICTURES: Final = "image/jpeg,image/png"


class FilesInput(forms.ClearableFileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Several files at once, in the order chosen. Clean value: a list of uploaded files."""

    widget = FilesInput

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        single = super().clean
        many = data if isinstance(data, (list, tuple)) else [data]
        return [single(one, initial) for one in many]


class PhotosForm(forms.Form):
    """One slot of a form's pictures. `sources` after is_valid: the bytes of each file."""

    kind = forms.ChoiceField(choices=AttachmentKind, widget=forms.HiddenInput)
    files = FilesField(  # type: ignore[assignment]  # the name of the slot, as in request.FILES
        label=_("Pictures"),
        error_messages={"required": _("Choose a file."), "empty": _("The file is empty.")},
    )

    @property
    def sources(self) -> list[bytes]:
        return [one.read() for one in self.cleaned_data["files"]]


def accepted(kind: AttachmentKind) -> str:
    """What the file dialog offers; the server looks at the content."""
    return _PICTURES if kind in PHOTO_KINDS else f"{_PICTURES},application/pdf"
