"""What stands in the address of a question; every fault names its parameter."""

import datetime as dt
from collections.abc import Sequence
from typing import Final

from django.utils.translation import gettext_lazy as _
from rest_framework.request import Request

from households.api.problems import BadQuestion

#: A key of a row, or how many, as the schema has it.
WHOLE: Final = {"type": "integer", "minimum": 0, "maximum": 10**17 - 1}


def day(request: Request, name: str) -> dt.date | None:
    """2025-07-31. Raises BadQuestion."""
    typed = request.query_params.get(name)
    try:
        return None if typed is None else dt.date.fromisoformat(typed)
    except ValueError as error:
        raise BadQuestion(name, _("Write the date as 2025-07-31.")) from error


def whole(request: Request, name: str) -> int | None:
    """Raises BadQuestion for anything but a number of a row."""
    typed = request.query_params.get(name)
    if typed is None:
        return None
    if not (typed.isascii() and typed.isdigit() and len(typed) < 18):
        raise BadQuestion(name, _("Write a whole number."))
    return int(typed)


def choice(request: Request, name: str, known: Sequence[str]) -> str | None:
    """Raises BadQuestion for what is not in the list."""
    typed: str | None = request.query_params.get(name)
    if typed is not None and typed not in known:
        words = _("%(typed)s is not known here. There are: %(known)s.")
        raise BadQuestion(name, words, typed=typed, known=", ".join(known))
    return typed


def only(request: Request, known: Sequence[str]) -> None:
    """A parameter that nobody reads would be a filter that filters nothing. Raises BadQuestion."""
    for name in request.query_params:
        if name not in known:
            words = _("There is no parameter %(name)s. There are: %(known)s.")
            raise BadQuestion(name, words, name=name, known=", ".join(known))
