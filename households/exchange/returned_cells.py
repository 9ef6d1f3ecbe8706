"""The cells of a returned sheet against what the register would write into them today.

Receivers write in capitals, without accents, with other days' shapes and lost zeros; none of that
is a difference. What cannot be told for certain is: it is then looked at.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any, Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from households.choices.returns import AnswerKind
from households.exchange.intake import plain_cells, words
from households.exchange.intake.plain_cells import typed
from households.exchange.layout_fields import BLANK, FIELDS, ROW_NUMBER, LayoutColumn
from households.exchange.sheets import FORMULA, Cell
from households.exchange.values import PERSONAL_ID_DIGITS
from households.folding import fold
from households.models.personal_id import mask_personal_id

#: By which columns a row is found again; names and birth dates only help.
PERSON_KEYS: Final = frozenset({"member.cccd", "member.member_id"})
HEAD_KEYS: Final = frozenset({"head_cccd"})
HOUSEHOLD_KEYS: Final = frozenset({"code", "household_id"})
#: What tells whom a row is about.
OF_HEAD: Final = {"number": "head_cccd", "name": "head_name", "birth": "head_birth_date"}
OF_MEMBER: Final = {
    "number": "member.cccd", "name": "member.full_name", "birth": "member.birth_date",
    "key": "member.member_id",
}  # fmt: skip
#: Fields of a layout by the fact of a person that they are.
FACTS: Final = {
    "member.full_name": "full_name", "head_name": "full_name",
    "member.sex": "sex", "head_sex": "sex",
    "member.birth_date": "birth_date", "head_birth_date": "birth_date",
    "member.ethnic_group": "ethnic_group",
    "member.cccd": "personal_id", "head_cccd": "personal_id",
}  # fmt: skip
#: Who somebody is and where he lives: what differs there is checked by a person.
IDENTITY: Final = frozenset(
    {
        "head_name", "head_sex", "head_birth_date", "head_cccd", "village", "commune",
        "member.full_name", "member.sex", "member.birth_date", "member.cccd",
        "member.ethnic_group", "member.relation",
    }
)  # fmt: skip
BIRTH_DATES: Final = frozenset({"head_birth_date", "member.birth_date"})
_NOT_COMPARED: Final = frozenset({ROW_NUMBER, BLANK, *HOUSEHOLD_KEYS, "member.member_id"})
_ISO: Final = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
_VIETNAMESE: Final = re.compile(r"(\d{2})/(\d{2})/(\d{4})")
_YEAR: Final = re.compile(r"\d{4}")
_GROUPED: Final = re.compile(r"\d{1,3}(?:([., \u00a0])\d{3})(?:\1\d{3})*")
_MASK: Final = "•"
LONGEST_ANSWER: Final = 500
_MOST_DIGITS: Final = 15
_DECIMALS: Final = 4


class BadCell(ValueError):
    """A cell that cannot be read; `reason` is a sentence for the officer."""

    def __init__(self, reason: str | Promise) -> None:
        super().__init__(str(reason))
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Told:
    """A cell as it is shown and kept (a code as povreg writes it, a number masked), and the texts
    it is the same as."""

    shown: str
    same_as: frozenset[str]


@dataclass(frozen=True, slots=True)
class Answer:
    """What stands in a receiver's own column: the value of its kind."""

    kind: AnswerKind
    text: str = ""
    number: Decimal | None = None
    day: date | None = None


def is_compared(column: LayoutColumn) -> bool:
    """Whether the register holds what the column says."""
    return column.field not in _NOT_COMPARED and FIELDS[column.field].answer is None


def plain(cell: Any) -> str:
    """A cell as one would have typed it, without the apostrophe that guards a formula."""
    text = typed(cell)
    return text[1:] if text[:1] == "'" and text[1:].startswith(FORMULA) else text


def number_of(text: str) -> str:
    """The 12 digits of a personal number, "" for an empty or a masked cell. Raises BadCell."""
    if _MASK in text:
        return ""
    digits = plain_cells.personal_id(text)
    if digits and not (digits.isdecimal() and len(digits) == PERSONAL_ID_DIGITS):
        raise BadCell(_("The personal number has 12 digits."))
    return digits


def day_of(text: str, *, counts_from_1904: bool = False) -> date | None:
    """A whole day; None for an empty cell. Raises BadCell, also for a year alone."""
    told = plain_cells.dated(counts_from_1904)(text)
    if not told:
        return None
    try:
        if found := _ISO.fullmatch(told):
            return date(int(found[1]), int(found[2]), int(found[3]))
        if found := _VIETNAMESE.fullmatch(told):
            return date(int(found[3]), int(found[2]), int(found[1]))
    except ValueError:
        raise BadCell(_("There is no such day in the calendar.")) from None
    raise BadCell(_("Write a date as 2024-10-15 or 15/10/2024."))


def year_alone(text: str) -> int | None:
    """The year, where a birth date is no more than that."""
    told = plain_cells.dated(False)(text)
    return int(told) if _YEAR.fullmatch(told) else None


def theirs(column: LayoutColumn, text: str, *, counts_from_1904: bool = False) -> Told | None:
    """What the receiver says in a column that the register knows; None where he says nothing.
    Raises BadCell."""
    field = FIELDS[column.field]
    if field.is_number:
        digits = number_of(text)
        return Told(mask_personal_id(digits), frozenset({digits})) if digits else None
    if not text:
        return None
    if field.codes or column.codes:
        return _coded(column, text)
    if column.field in BIRTH_DATES and year_alone(text):
        year = str(year_alone(text))
        return Told(year, frozenset({year}))
    if field.cell is Cell.DAY or column.field in BIRTH_DATES:
        day = day_of(text, counts_from_1904=counts_from_1904)
        assert day is not None
        return Told(f"{day:%d/%m/%Y}", frozenset({day.isoformat(), str(day.year)}))
    if field.cell in (Cell.WHOLE, Cell.DECIMAL):
        number = amount_of(text)
        return Told(_written(number), frozenset({_written(number)}))
    return Told(text, frozenset(_spellings(text)))


def ours(column: LayoutColumn, cell: Any) -> Told:
    """What the register would write: the raw cell of the layout, codes not yet turned into words,
    personal numbers in full."""
    field = FIELDS[column.field]
    text = plain(cell)
    if field.is_number:
        return Told(mask_personal_id(text), frozenset({text}))
    if column.field in BIRTH_DATES or field.cell is Cell.DAY:
        if year_alone(text) or not text:
            return Told(text, frozenset({text}))
        day = day_of(text)
        assert day is not None
        return Told(f"{day:%d/%m/%Y}", frozenset({day.isoformat()}))
    if field.codes or column.codes:
        return Told(text, frozenset({text, words.spoken(text)}))
    if field.cell in (Cell.WHOLE, Cell.DECIMAL) and text:
        return Told(text, frozenset({_written(Decimal(text))}))
    return Told(text, frozenset({text.casefold(), _without_zeros(text)}))


def is_same(column: LayoutColumn, theirs: Told, ours: Told) -> bool:
    """Whether both say the same, however it is written."""
    if theirs.same_as & ours.same_as:
        return True
    if column.field in BIRTH_DATES and len(theirs.shown) == len("2024"):
        return ours.shown.endswith(theirs.shown)
    # Systems without accents write all names so; a name with accents is compared with them.
    return theirs.shown.isascii() and _is_text(column) and fold(theirs.shown) == fold(ours.shown)


def answer_of(column: LayoutColumn, text: str, *, counts_from_1904: bool = False) -> Answer | None:
    """What the receiver answers; None for an empty cell. Raises BadCell."""
    kind = FIELDS[column.field].answer
    assert kind is not None
    if not text:
        return None
    if kind is AnswerKind.NUMBER:
        return Answer(kind, number=amount_of(text))
    if kind is AnswerKind.DAY:
        return Answer(kind, day=day_of(text, counts_from_1904=counts_from_1904))
    if kind is AnswerKind.CODE:
        return Answer(kind, text=_coded(column, text).shown)
    if len(text) > LONGEST_ANSWER:
        raise BadCell(_("At most %(count)s characters.") % {"count": LONGEST_ANSWER})
    return Answer(kind, text=text)


def amount_of(text: str) -> Decimal:
    """A number, thousands grouped or not, with a decimal comma or point. Raises BadCell."""
    told = re.sub(r"\D", "", text) if _GROUPED.fullmatch(text) else text.replace(",", ".")
    try:
        number = Decimal(told)
    except InvalidOperation:
        raise BadCell(_("Write a number in digits, such as 1500000.")) from None
    if not number.is_finite() or abs(number) >= 10**_MOST_DIGITS:
        raise BadCell(_("The number is too large."))
    return round(number, _DECIMALS)


def _coded(column: LayoutColumn, text: str) -> Told:
    """The codes that the receiver's word means: by the layout's own words, else povreg's codes and
    their words. Two codes may share a word; then it is the same as either."""
    known = FIELDS[column.field].codes
    spoken = words.spoken(text)
    for said in (column.codes, {code: code for code in {*known, *column.codes}}, known):
        codes = [
            code for code, word in said.items() if text == word or spoken == words.spoken(word)
        ]
        if codes and (spoken or text):
            return Told(codes[0], frozenset(codes))
    if known or FIELDS[column.field].answer:
        told = ", ".join(dict.fromkeys(column.codes.values() or known))
        raise BadCell(_("“%(word)s” is none of the words of the layout: %(words)s.") % {
            "word": text[:60], "words": told,
        })  # fmt: skip
    return Told(text, frozenset({text, spoken}))


def _is_text(column: LayoutColumn) -> bool:
    field = FIELDS[column.field]
    return field.cell is Cell.TEXT and not field.is_number and not field.codes


def _spellings(text: str) -> Iterator[str]:
    yield text.casefold()
    yield _without_zeros(text)


def _without_zeros(text: str) -> str:
    """Codes and telephone numbers lose their zeros in sheets."""
    return text.lstrip("0") if text.isascii() and text.isdecimal() else text.casefold()


def _written(number: Decimal) -> str:
    return format(number.normalize(), "f")
