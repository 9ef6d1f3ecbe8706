"""A Word template as it is sent."""

from django import forms
from django.utils.translation import gettext_lazy

from households.forms.steps import SaysFaults


class TemplateForm(SaysFaults):
    content = forms.FileField(
        label=gettext_lazy("Word file"),
        widget=forms.ClearableFileInput({"accept": ".docx"}),
        help_text=gettext_lazy("Up to 1 MB; without macros and links outside."),
    )
