"""Cells as offices write them, as the exchange format writes them. What cannot be told for certain
stays as it is: the check then says what is wrong with it, in the row and column where it stands.
"""

import datetime as dt
import re
import unicodedata
from collections.abc import Callable
from decimal import Decimal
from typing import Any, Final

from households.exchange.card_numbers import plain_number
from households.exchange.columns import Column, Kind
from households.exchange.intake import words
from households.exchange.values import OLDEST_YEAR, without_marks
from households.folding import fold

_SPACES: Final = re.compile(r"\s+")
_DAY: Final = re.compile(
    r"(?:ng[aà]y\s*)?(\d{1,2})\s*[/.\-\\]\s*(\d{1,2})\s*[/.\-\\]\s*(\d{4})\s*[.,;]?"
)
_DAY_IN_WORDS: Final = re.compile(r"(?:ngay )?(\d{1,2}) thang (\d{1,2}) nam (\d{4})")
_YEAR_FIRST: Final = re.compile(r"(\d{4})\s*[/.\-]\s*(\d{1,2})\s*[/.\-]\s*(\d{1,2})")
_TIME: Final = re.compile(r"[T ]\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?$")
#: No day, no month: "../../1985", "00/00/1985", "--/--/1985", or only the month.
_YEAR_TOLD: Final = re.compile(r"(?:[Nn]ăm )?(\d{4})(?:\.0)?")
_YEAR_ALONE: Final = re.compile(r"(?:[.…_\-0 ]*[/.\-][.…_\-0 ]*|\d{1,2})[/.\-]\s*(\d{4})")
_SERIAL: Final = re.compile(r"\d{5}")
_FIRST_DAY: Final = dt.date(1899, 12, 30)
_YEARS_LIKE_DAYS: Final = range(1900, 2051)
_FROM_1904: Final = 1462
_GROUPED: Final = re.compile(r"\d{1,3}(?:([., \u00a0])\d{3})(?:\1\d{3})*")
#: Not 1.350 of thousands: it may be either.
_AMOUNT: Final = re.compile(r"\d+([.,]\d{1,2}|[.,]\d{4,})?")
_UNIT: Final = re.compile(r"\s*(đồng|đ|vnđ|vnd|m2|m²|khẩu|người|nguoi|khau)\.?$", re.IGNORECASE)
_OWN_UNIT: Final = re.compile(r"(\d+(?:[.,]\d{1,2})?)\s*(trieu|tr|nghin|ngan)(?: dong)?")
_TIMES: Final = (("nghin dong", 1_000), ("ngan dong", 1_000), ("1000", 1_000), ("1.000", 1_000),
                 ("trieu dong", 1_000_000))  # fmt: skip
_IN_WORDS: Final = re.compile(r"[A-Za-zÀ-ỹđĐ]")
_PHONE_WITHOUT_ZERO: Final = 9

Plain = Callable[[str], str]


def typed(cell: Any) -> str:
    """A cell as one would have typed it: NFC, single blanks, whole numbers without a point."""
    if isinstance(cell, str):
        if cell.isascii() and cell.isalnum():
            return cell
        composed = unicodedata.normalize("NFC", without_marks(cell)).replace("\x00", "")
        return _SPACES.sub(" ", composed).strip()
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "Y" if cell else "N"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() else format(Decimal(repr(cell)), "f")
    if isinstance(cell, dt.datetime):
        cell = cell.date()
    if isinstance(cell, dt.date):
        return _year_shown_as_day(cell) or cell.isoformat()
    return str(cell)


def _year_shown_as_day(day: dt.date) -> str:
    """A year in a cell made for days: Excel shows 1985 as 07/06/1905. "" for any other day. Which
    of the two is meant is not guessed: told as both, which the check refuses."""
    number = (day - _FIRST_DAY).days
    return f"{day:%d/%m/%Y} = {number}" if number in _YEARS_LIKE_DAYS else ""


def writer(column: Column, heading: str, *, counts_from_1904: bool) -> Plain:
    """The function that turns typed text of one column into what the format writes."""
    if listed := words.word_list_of(column):
        worded = _worded(listed)
        if column.name == "attending_level":
            return lambda text: worded(_graded(_CLASS, text))
        return worded if listed != "school" else lambda text: worded(_graded(_OF_TWELVE, text))
    if column.kind in (Kind.DATE, Kind.BIRTH_DATE):
        return dated(counts_from_1904)
    if column.kind is Kind.MONEY_VND:
        return _money(heading)
    if column.name == "phone":
        return _phone
    if column.name in ("head_name", "full_name"):
        # Under the format's own heading a name stands as its system writes it.
        return _itself if heading.strip().lower() == column.name else _name
    if column.kind is Kind.UNIT_CODE:
        return lambda text: text.zfill(column.digits) if text.isdecimal() else text
    return _BY_KIND.get(column.kind, _itself)


def _itself(text: str) -> str:
    return text


def _worded(listed: str) -> Plain:
    known = words.answers(listed)
    ticks = dict.fromkeys(_TICKS, "Y") if listed == "yes_no" else {}
    return lambda text: ticks.get(text) or known.get(words.spoken(text), text) if text else ""


def marked(text: str) -> str:
    """A cross in a column that says something by it, whatever its sign; "0", "-" and "không" are
    none."""
    is_none = fold(text) in words.row_words("nothing")
    return "" if is_none or words.answers("yes_no").get(words.spoken(text)) == "N" else text


def _graded(pattern: re.Pattern[str], text: str) -> str:
    """The level of a class: of "Lớp 7" what one attends, of "7/12" what one has finished."""
    found = pattern.fullmatch(fold(text))
    if not found:
        return text
    number = int(found[1])
    of_classes = _ATTENDED if pattern is _CLASS else _FINISHED
    return next((level for last, level in of_classes if number <= last), text)


_TICKS: Final = ("✓", "✔", "☑", "√")
_CLASS: Final = re.compile(r"lop ([1-9]|1[0-2])\s*[a-h]?\d?")
_OF_TWELVE: Final = re.compile(r"(?:lop )?(\d|1[0-2])\s*/\s*12")
#: Last class → level.
_ATTENDED: Final = ((5, "primary"), (9, "lower_secondary"), (12, "upper_secondary"))
_FINISHED: Final = (
    (4, "none"), (8, "primary"), (11, "lower_secondary"), (12, "upper_secondary"),
)  # fmt: skip


def dated(counts_from_1904: bool) -> Plain:
    """Days and birth dates: as 2024-10-15, 15/10/2024, or the year alone; other text as it is."""

    def plain(text: str) -> str:
        text = _TIME.sub("", text).lstrip("'").strip()
        found = _YEAR_ALONE.fullmatch(text) or _YEAR_TOLD.fullmatch(text)
        if found and int(found[1]) >= OLDEST_YEAR:
            return found[1]
        if found := _DAY.fullmatch(text):
            return f"{int(found[1]):02}/{int(found[2]):02}/{found[3]}"
        if found := _YEAR_FIRST.fullmatch(text):
            return f"{found[1]}-{int(found[2]):02}-{int(found[3]):02}"
        if found := _DAY_IN_WORDS.fullmatch(fold(text)):
            return f"{int(found[1]):02}/{int(found[2]):02}/{found[3]}"
        if _SERIAL.fullmatch(text):
            days = int(text) + (_FROM_1904 if counts_from_1904 else 0)
            return (_FIRST_DAY + dt.timedelta(days=days)).isoformat()
        return text

    return plain


def _money(heading: str) -> Plain:
    told = fold(heading)
    times = next((factor for name, factor in _TIMES if name in told), 1)

    def plain(text: str) -> str:
        text = _UNIT.sub("", text)
        if found := _OWN_UNIT.fullmatch(fold(text)):
            return _times(found[1], 1_000_000 if found[2].startswith("tr") else 1_000)
        if times > 1:
            is_amount = _AMOUNT.fullmatch(text) is not None
            return _times(text, times) if is_amount else text
        return re.sub(r"\D", "", text) if _GROUPED.fullmatch(text) else text

    return plain


def _times(text: str, times: int) -> str:
    return format((Decimal(text.replace(",", ".")) * times).normalize(), "f")


def _area(text: str) -> str:
    return _UNIT.sub("", text)


def _codes(text: str) -> str:
    return re.sub(r"\s*[;,]\s*", ";", text)


def personal_id(text: str) -> str:
    """Twelve digits where the cell means them, lost zeros added."""
    if fold(text) in words.row_words("nothing"):
        return ""
    return plain_number(text)


def _phone(text: str) -> str:
    digits = re.sub(r"[\s.\-]", "", text)
    if digits.isdecimal() and len(digits) == _PHONE_WITHOUT_ZERO and digits[0] != "0":
        return f"0{digits}"
    return text.lstrip("'")


def _name(text: str) -> str:
    """Written all in capitals (or in none, as old fonts of capitals keep them): as a name is."""
    if text not in (text.upper(), text.lower()) and not _has_stray_capital(text):
        return text
    return re.sub(r"[^\s'’\-]+", lambda found: found[0].capitalize(), text)


def _has_stray_capital(text: str) -> bool:
    """ "TRầN": an old font's capitals, half of them kept as small letters."""
    return any(
        any(one.isupper() for one in word[1:]) and any(one.islower() for one in word[1:])
        for word in re.split(r"[\s'’\-]+", text)
    )


_BY_KIND: Final[dict[Kind, Plain]] = {
    Kind.AREA_M2: _area,
    Kind.INTEGER: _area,
    Kind.CODES: _codes,
    Kind.PERSONAL_ID: personal_id,
    Kind.OLD_NUMBER: personal_id,
}
