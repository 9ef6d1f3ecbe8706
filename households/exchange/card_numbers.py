"""The two numbers a person may have: 12 digits (CCCD, the personal number) and 9 of an old identity
card (CMND). Officers type and keep either in one place; here it is told apart. Pure.
"""

import re
from typing import Final, NamedTuple

from django.utils.translation import gettext_lazy as _

from households.exchange.values import OLD_NUMBER_DIGITS, PERSONAL_ID_DIGITS, BadValue

_BETWEEN: Final = re.compile(r"[\s.'\-]")
_PARTS: Final = re.compile(r"\s*[/;,|]\s*")


class CardNumbers(NamedTuple):
    """What is known of both; None for what is not."""

    personal_id: str | None = None
    old_number: str | None = None


def typed_number(text: str) -> CardNumbers:
    """One number as a person types it, blanks and dots between the digits or not. Raises BadValue
    for another count of digits: which zeros somebody left out is asked, not guessed."""
    digits = _BETWEEN.sub("", text)
    if not digits:
        return CardNumbers()
    if digits.isascii() and digits.isdecimal():
        if len(digits) == PERSONAL_ID_DIGITS:
            return CardNumbers(personal_id=digits)
        if len(digits) == OLD_NUMBER_DIGITS:
            return CardNumbers(old_number=digits)
    raise BadValue(
        "not_twelve_digits",
        _("The personal number has 12 digits, the number of an old identity card 9."),
    )


def plain_number(text: str) -> str:
    """A number of a sheet with the zeros that the sheet took for nothing: no province of either
    series began with more than two of them (CCCD 001, CMND 01). Anything else as it stands."""
    digits = _BETWEEN.sub("", text)
    if not (digits.isascii() and digits.isdecimal()):
        return text
    if len(digits) in (PERSONAL_ID_DIGITS - 2, PERSONAL_ID_DIGITS - 1):
        return digits.zfill(PERSONAL_ID_DIGITS)
    if len(digits) == OLD_NUMBER_DIGITS - 1:
        return digits.zfill(OLD_NUMBER_DIGITS)
    return digits


def apart(personal: str, old: str) -> tuple[str, str]:
    """Cells of the two columns, each number under its own: a sheet's "CMND/CCCD" holds either, or
    both with a stroke between. What cannot be told for certain stays where it stands."""
    given = [one for cell in (personal, old) for one in _PARTS.split(cell) if one]
    numbers = [plain_number(one) for one in given]
    by_length = {len(one): one for one in numbers if one.isascii() and one.isdecimal()}
    known = {PERSONAL_ID_DIGITS, OLD_NUMBER_DIGITS}
    if len(set(numbers)) != len(by_length) or not by_length.keys() <= known:
        return personal, old
    return by_length.get(PERSONAL_ID_DIGITS, ""), by_length.get(OLD_NUMBER_DIGITS, "")
