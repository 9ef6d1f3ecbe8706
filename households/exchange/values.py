"""Cells: from what stands in a file or a form field to the value the register keeps, and why not.

Pure functions. Empty cells are None ("not asked" or "not applicable"), never a default.
"""

import datetime as dt
import re
import unicodedata
from collections.abc import Callable, Container
from decimal import Decimal
from functools import cache
from typing import Any, Final, NamedTuple

from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from households.choices import BirthPrecision
from households.exchange.columns import Column, Kind

_ISO_DATE: Final = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})", re.ASCII)
_VIETNAMESE_DATE: Final = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})", re.ASCII)
_YEAR: Final = re.compile(r"\d{4}", re.ASCII)
_WHOLE: Final = re.compile(r"\d+", re.ASCII)
_NEGATIVE: Final = re.compile(r"[-−]\s*\d[\d.,\s]*", re.ASCII)
_GROUPED: Final = re.compile(r"\d{1,3}([.,\s\u00a0]\d{3})+", re.ASCII)
_DECIMAL: Final = re.compile(r"\d+(\.\d+)?", re.ASCII)
#: Three digits after the comma may as well be thousands: such a number is asked for again.
_DECIMAL_COMMA: Final = re.compile(r"\d+,\d{1,2}", re.ASCII)
_AMBIGUOUS_COMMA: Final = re.compile(r"\d+(,\d+)+", re.ASCII)
#: 1.500: nobody writes the last nought of a decimal, many write thousands so. 7.999 is a decimal.
_AMBIGUOUS_POINT: Final = re.compile(r"[1-9]\.\d\d0|\d{1,3}(\.\d{3}){2,}", re.ASCII)
_UNSEEN: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_NO_ROOM: Final = dict.fromkeys(
    (
        0xAD,
        0x61C,
        0x180E,
        *range(0x200B, 0x2010),
        *range(0x202A, 0x202F),
        *range(0x2060, 0x2070),
        0xFEFF,
    )
)
#: What a sheet shows where a formula went wrong.
_FAULT: Final = re.compile(
    r"#(REF|DIV/0|VALUE|NAME|NUM|NULL|N/A|SPILL|CALC)[!?]?", re.ASCII | re.IGNORECASE
)
#: What exported cells that begin so have an apostrophe before (exchange.sheets).
_FORMULA: Final = ("=", "+", "-", "@")
_SPACES: Final = re.compile(r"\s+")

OLDEST_YEAR: Final = 1850
#: More than any household's income; a cell above it is a slip of the hand.
MOST_VND: Final = 999_999_999_999
AREA_DECIMALS: Final = 3
PERSONAL_ID_DIGITS: Final = 12
#: Of the identity cards (CMND) that were given out until 2016 and held until 2024.
OLD_NUMBER_DIGITS: Final = 9


class BadValue(ValueError):
    """A cell that cannot be read. `code` is stable, `reason` a sentence for the officer."""

    def __init__(self, code: str, reason: str | Promise) -> None:
        super().__init__(code)
        self.code = code
        self.reason = reason


class BirthDate(NamedTuple):
    """A birth date and how much of it is known; a year alone counts as 1 January."""

    date: dt.date
    precision: BirthPrecision


def parse(column: Column, raw: str, *, known: Container[str] | None = None) -> Any:
    """The value of one cell; None for an empty one.

    Returns str, bool, int, Decimal, date, BirthDate or a tuple of codes, after `column.kind`.
    `known` holds the codes of an editable short list where `column.list_code` names one; without
    it such codes are taken as they stand. Raises BadValue.
    """
    text = tidy(raw)
    if text[:1] == "'" and text[1:].startswith(_FORMULA):
        text = text[1:]
    elif text[:1] in ("=", "#"):
        _refuse_formula(text)
    if not text:
        return None
    return _READERS[column.kind](column, text, known)


def tidy(raw: str) -> str:
    """Composed letters (NFC), runs of white space as one blank, trimmed."""
    if raw.isascii() and raw.isalnum():
        return raw
    if _UNSEEN.search(raw):
        raise BadValue("control_character", _("The cell holds characters that cannot be shown."))
    return _SPACES.sub(" ", unicodedata.normalize("NFC", without_marks(raw))).strip()


def without_marks(text: str) -> str:
    """Without signs that take no room (a mark of byte order, of direction, a joint): two names
    that look the same are the same."""
    return text if text.isascii() else text.translate(_NO_ROOM)


def _refuse_formula(text: str) -> None:
    if text[0] == "=" and len(text) > 1:
        raise BadValue(
            "formula",
            _(
                "The cell holds a formula without its result. Open the file in Excel and save it,"
                " or write the value itself."
            ),
        )
    if _FAULT.fullmatch(text):
        raise BadValue("formula_error", _("The formula in this cell ends in an error."))


def _text(column: Column, text: str, known: Container[str] | None) -> str:
    if len(text) > column.max_length:
        raise BadValue(
            "too_long", _("At most %(count)s characters.") % {"count": column.max_length}
        )
    return text


def _yes_no(column: Column, text: str, known: Container[str] | None) -> bool:
    answer = {"Y": True, "N": False}.get(text.upper())
    if answer is None:
        raise BadValue("not_yes_no", _("Write Y for yes or N for no."))
    return answer


def _code(column: Column, text: str, known: Container[str] | None) -> str:
    if column.choices is not None:
        if code := _by_lower_case(column.choices).get(text.lower()):
            return code
        raise BadValue(
            "unknown_code",
            _("Unknown code. Known: %(codes)s.") % {"codes": ", ".join(_told(column))},
        )
    if known is not None and text not in known:
        raise BadValue("unknown_code", _("This code is not in the list."))
    return text


@cache
def _by_lower_case(choices: type[TextChoices]) -> dict[str, str]:
    return {value.lower(): str(value) for value in choices.values}


def _told(column: Column) -> list[str]:
    """Each code with its word: "head (Chủ hộ)"."""
    labels = column.choices.labels if column.choices else []
    return [f"{code} ({label})" for code, label in zip(column.codes, labels, strict=True)]


def _codes(column: Column, text: str, known: Container[str] | None) -> tuple[str, ...]:
    codes = tuple(dict.fromkeys(part.strip() for part in text.split(";") if part.strip()))
    if known is not None:
        for code in codes:
            if code not in known:
                raise BadValue("unknown_code", _("“%(code)s” is not in the list.") % {"code": code})
    return codes


def _full_date(text: str) -> dt.date | None:
    """A date with day and month, or None if the text has another shape."""
    if found := _ISO_DATE.fullmatch(text):
        year, month, day = (int(part) for part in found.groups())
    elif found := _VIETNAMESE_DATE.fullmatch(text):
        day, month, year = (int(part) for part in found.groups())
    else:
        return None
    try:
        return dt.date(year, month, day)
    except ValueError:
        raise BadValue("no_such_date", _("There is no such day in the calendar.")) from None


def _date(column: Column, text: str, known: Container[str] | None) -> dt.date:
    date = _full_date(text)
    if date is None:
        raise BadValue("not_a_date", _("Write a date as 2024-10-15 or 15/10/2024."))
    return date


def _birth_date(column: Column, text: str, known: Container[str] | None) -> BirthDate:
    if _YEAR.fullmatch(text) and int(text) >= OLDEST_YEAR:
        return BirthDate(dt.date(int(text), 1, 1), BirthPrecision.YEAR)
    date = _full_date(text)
    if date is None:
        raise BadValue(
            "not_a_date", _("Write a birth date as 1985-04-30, 30/04/1985 or the year alone.")
        )
    if date.year < OLDEST_YEAR:
        raise BadValue("impossible_age", _("Nobody living was born then."))
    return BirthDate(date, BirthPrecision.DAY)


def _whole_number(text: str) -> int:
    if _WHOLE.fullmatch(text):
        # Longer than any number of the format; int() of endless digits is slow.
        return int(text) if len(text) <= 18 else 10**18
    if _NEGATIVE.fullmatch(text):
        raise BadValue("negative", _("The number cannot be negative."))
    if _GROUPED.fullmatch(text):
        raise BadValue(
            "thousands_separator",
            _("Write the number without thousands separators, such as 1500000."),
        )
    raise BadValue("not_a_whole_number", _("Write a whole number in digits, such as 1500000."))


def _integer(column: Column, text: str, known: Container[str] | None) -> int:
    number = _whole_number(text)
    if not column.minimum <= number <= column.maximum:
        raise BadValue(
            "out_of_range",
            _("The number must lie between %(least)s and %(most)s.")
            % {"least": column.minimum, "most": column.maximum},
        )
    return number


def _money_vnd(column: Column, text: str, known: Container[str] | None) -> int:
    amount = _whole_number(text)
    if amount > MOST_VND:
        raise BadValue("too_large", _("The amount is too large."))
    return amount


def _area_m2(column: Column, text: str, known: Container[str] | None) -> Decimal:
    if _DECIMAL_COMMA.fullmatch(text):
        text = text.replace(",", ".")
    if _AMBIGUOUS_POINT.fullmatch(text):
        raise BadValue(
            "decimal_point",
            _("It is not clear whether these are thousands or decimals; write 1.5, or 1500."),
        )
    if not _DECIMAL.fullmatch(text):
        if _NEGATIVE.fullmatch(text):
            raise BadValue("negative", _("The number cannot be negative."))
        if _AMBIGUOUS_COMMA.fullmatch(text):
            raise BadValue(
                "decimal_comma",
                _("It is not clear whether these are thousands or decimals; write 1.5, or 1500."),
            )
        raise BadValue("not_a_number", _("Write a number in digits, such as 52.5."))
    if len(text.partition(".")[2]) > AREA_DECIMALS:
        raise BadValue("too_many_decimals", _("At most three decimals."))
    area = Decimal(text)
    if area > column.maximum:
        raise BadValue("too_large", _("The area is too large."))
    return area


def _unit_code(column: Column, text: str, known: Container[str] | None) -> str:
    if not _WHOLE.fullmatch(text) or len(text) != column.digits:
        raise BadValue(
            "not_a_unit_code",
            _("The code of this unit has %(count)s digits, with its leading zeros.")
            % {"count": column.digits},
        )
    return text


def _personal_id(column: Column, text: str, known: Container[str] | None) -> str:
    if not _WHOLE.fullmatch(text) or len(text) != PERSONAL_ID_DIGITS:
        raise BadValue("not_twelve_digits", _("The personal number has 12 digits."))
    return text


def _old_number(column: Column, text: str, known: Container[str] | None) -> str:
    if not _WHOLE.fullmatch(text) or len(text) != OLD_NUMBER_DIGITS:
        raise BadValue("not_nine_digits", _("The number of an old identity card has 9 digits."))
    return text


_READERS: Final[dict[Kind, Callable[[Column, str, Container[str] | None], Any]]] = {
    Kind.TEXT: _text,
    Kind.KEY: _text,
    Kind.ETHNIC_GROUP: _text,
    Kind.YES_NO: _yes_no,
    Kind.CODE: _code,
    Kind.CODES: _codes,
    Kind.DATE: _date,
    Kind.BIRTH_DATE: _birth_date,
    Kind.INTEGER: _integer,
    Kind.MONEY_VND: _money_vnd,
    Kind.AREA_M2: _area_m2,
    Kind.UNIT_CODE: _unit_code,
    Kind.PERSONAL_ID: _personal_id,
    Kind.OLD_NUMBER: _old_number,
}
