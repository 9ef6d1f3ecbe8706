"""Typing targets of the reduction: points of a year, and by which text."""

import re
from decimal import Decimal
from typing import Final

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from households.forms.steps import SaysFaults
from reports.choices import TargetWhom
from reports.services.targets import Basis, Points

_NUMBER: Final = r"(\d{1,2}(?:[.,]\d{1,2})?)"
_POINTS: Final = re.compile(rf"(>)?\s*{_NUMBER}(?:\s*[-–]\s*{_NUMBER})?")


def read_points(typed: str) -> Points | None:
    """ "2-2,5" is a span, "3" means from 3 on, ">3" more than 3. None: it is none of these."""
    found = _POINTS.fullmatch(typed.strip())
    if not found:
        return None
    over, least, most = found.groups()
    return Points(_decimal(least), _decimal(most) if most else None, is_over=bool(over))


def _decimal(typed: str) -> Decimal:
    return Decimal(typed.replace(",", "."))


def asked_whom(given: QueryDict) -> TargetWhom:
    """Of ?whom=, all households where there is none or it is unknown."""
    typed = given.get("whom", "")
    return TargetWhom(typed) if typed in TargetWhom.values else TargetWhom.ALL


class BasisForm(SaysFaults):
    """The text by which the targets of the page were set."""

    legal_basis = forms.CharField(
        label=_("Legal basis"), max_length=300,
        help_text=_("Resolution or plan with its number and day."),
    )  # fmt: skip
    source = forms.CharField(label=_("Where it was read"), max_length=300, required=False)

    def basis(self) -> Basis:
        """After is_valid()."""
        return Basis(self.cleaned_data["legal_basis"], self.cleaned_data["source"])


class WithdrawForm(SaysFaults):
    """Why a target is taken back."""

    reason = forms.CharField(label=_("Why the target is taken back"), max_length=300)
