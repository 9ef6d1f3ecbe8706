"""What may be recorded on a page, each with its form and its button."""

from dataclasses import dataclass
from typing import Any

from households.forms.steps import SaysFaults


@dataclass(frozen=True)
class Offered:
    """`title`: the words of its button; `address`: where the form is sent; `is_open`: shown
    unfolded."""

    name: str
    title: Any
    form: SaysFaults
    address: str
    is_open: bool
