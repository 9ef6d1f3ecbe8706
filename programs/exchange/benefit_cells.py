"""The cells of a list of support as values. What cannot be read for certain is a fault of the row,
told by name."""

import datetime as dt
import re
import tomllib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any, Final

from django.utils.translation import gettext_noop

from households.choices import SchoolLevel
from households.exchange import returned_cells
from households.exchange.column import Column, Kind
from households.exchange.intake import plain_cells
from households.exchange.returned_cells import BadCell
from households.folding import fold
from households.models.personal_id import encrypt_personal_id
from programs.choices.benefit_lists import ListColumn, RowFault
from programs.exchange.benefit_list import BenefitSheet

_C = ListColumn
_SCHOOL_YEAR: Final = re.compile(r"(20\d\d)(?:\s*[-–/]\s*(?:20)?\d\d)?")
_LEVELS: Final = Path(__file__).resolve().parents[1] / "data" / "benefit_lists" / "levels.toml"
_MONTHS: Final = re.compile(r"(\d{1,2})(?:\.0)?(?:\s*th[aá]ng)?", re.IGNORECASE)
_WHOLE: Final = re.compile(r"\d{1,15}")
_MOST_MONTHS: Final = 12
_LONGEST: Final = {_C.NUMBER: 60, _C.NAME: 120, _C.GROUND: 160}
_MONEY: Final = Column("amount", Kind.MONEY_VND, gettext_noop("amount"), "Số tiền")
#: Distinct cells kept of a column.
_MOST_KEPT: Final = 100_000


@dataclass(slots=True)
class ListRow:
    """One row: what it says of whom, and of what was given. Money in đồng; None or "" where it says
    nothing. `personal_id` is the stored cipher, `digits` the number itself."""

    line: int
    household_code: str = ""
    household_key: str = ""
    person_key: str = ""
    digits: str = ""
    personal_id: bytes | None = None
    name: str = ""
    birth: dt.date | None = None
    birth_year: int | None = None
    village: str = ""
    commune: str = ""
    commune_code: str = ""
    day: dt.date | None = None
    amount_vnd: int | None = None
    number: str = ""
    valid_from: dt.date | None = None
    valid_to: dt.date | None = None
    school_year: int | None = None
    months: int | None = None
    school_level: str | None = None
    ground: str = ""
    faults: list[str] = field(default_factory=list)


class Kept(dict[str, Any]):
    """Each distinct cell read once; (value, fault)."""

    def __init__(self, read: Callable[[str], Any], fault: RowFault) -> None:
        super().__init__()
        self._read, self._fault = read, fault

    def __missing__(self, text: str) -> tuple[Any, str]:
        if len(self) > _MOST_KEPT:
            self.clear()
        try:
            made = self._read(text) if text else None, ""
        except (BadCell, ValueError, KeyError):
            made = None, self._fault.value
        self[text] = made
        return made


class CellReader:
    """Reads the rows of one sheet."""

    def __init__(self, sheet: BenefitSheet) -> None:
        since_1904 = sheet.table.counts_from_1904

        def day(text: str) -> dt.date | None:
            return returned_cells.day_of(text, counts_from_1904=since_1904)

        self._places = [(_C(one), at) for at, one in enumerate(sheet.head.columns) if one]
        amount_at = sheet.place(_C.AMOUNT)
        heading = sheet.head.headings[amount_at] if amount_at is not None else ""
        self._readers: dict[str, tuple[str, Kept]] = {
            _C.DAY: ("day", Kept(day, RowFault.BAD_DAY)),
            _C.VALID_FROM: ("valid_from", Kept(day, RowFault.BAD_VALIDITY)),
            _C.VALID_TO: ("valid_to", Kept(day, RowFault.BAD_VALIDITY)),
            _C.AMOUNT: (
                "amount_vnd", Kept(_amount_reader(heading, sheet.head.unit), RowFault.BAD_AMOUNT)
            ),
            _C.SCHOOL_YEAR: ("school_year", Kept(_school_year, RowFault.BAD_SCHOOL_YEAR)),
            _C.MONTHS: ("months", Kept(_months, RowFault.BAD_MONTHS)),
            _C.SCHOOL_LEVEL: ("school_level", Kept(_school_level, RowFault.BAD_LEVEL)),
        }  # fmt: skip
        self._births = Kept(lambda text: (day(text), None), RowFault.BAD_BIRTH)

    def read(self, line: int, cells: Sequence[str], village_above: str) -> ListRow:
        """A row as values; what cannot be read stands in `faults`."""
        row = ListRow(line, village=village_above)
        for column, at in self._places:
            text = cells[at]
            if not text:
                continue
            if known := self._readers.get(column):
                name, kept = known
                value, fault = kept[text]
                setattr(row, name, value)
                if fault:
                    row.faults.append(fault)
            elif column is _C.PERSONAL_ID:
                self._read_number(row, text)
            elif column is _C.BIRTH:
                self._read_birth(row, text)
            else:
                setattr(row, column.lower(), text)
        self._judge(row)
        return row

    def _read_number(self, row: ListRow, text: str) -> None:
        try:
            row.digits = returned_cells.number_of(text)
        except BadCell:
            row.faults.append(RowFault.BAD_PERSONAL_ID)
        row.personal_id = encrypt_personal_id(row.digits) if row.digits else None

    def _read_birth(self, row: ListRow, text: str) -> None:
        row.birth_year = returned_cells.year_alone(text)
        if row.birth_year is None:
            value, fault = self._births[text]
            if fault:
                row.faults.append(fault)
            else:
                row.birth = value[0]
                row.birth_year = row.birth.year if row.birth else None

    def _judge(self, row: ListRow) -> None:
        if row.valid_to and row.valid_from and row.valid_to < row.valid_from:
            row.faults.append(RowFault.ENDS_BEFORE)
        if row.valid_to and not row.valid_from:
            row.valid_from = row.day
            if row.day is None or row.day > row.valid_to:
                row.faults.append(RowFault.BAD_VALIDITY)
        if len(row.number) > _LONGEST[_C.NUMBER]:
            row.faults.append(RowFault.TOO_LONG)
            row.number = row.number[: _LONGEST[_C.NUMBER]]
        row.name = row.name[: _LONGEST[_C.NAME]]
        row.ground = row.ground[: _LONGEST[_C.GROUND]]


def _amount_reader(heading: str, unit: str) -> Callable[[str], int]:
    write = plain_cells.writer(_MONEY, f"{heading} {unit}", counts_from_1904=False)

    def read(text: str) -> int:
        told = write(text)
        if not _WHOLE.fullmatch(told):
            raise ValueError
        return int(told)

    return read


def _school_year(text: str) -> int:
    found = _SCHOOL_YEAR.fullmatch(text)
    if not found:
        raise ValueError
    return int(found[1])


def _months(text: str) -> int:
    found = _MONTHS.fullmatch(text)
    if not found or not 1 <= int(found[1]) <= _MOST_MONTHS:
        raise ValueError
    return int(found[1])


def _school_level(text: str) -> str:
    return _level_words()[fold(text)]


@cache
def _level_words() -> dict[str, str]:
    """Folded words for a level, as data, → SchoolLevel. A word that is not there is no level."""
    written = tomllib.loads(_LEVELS.read_text(encoding="utf-8"))["levels"]
    return {
        fold(word): SchoolLevel(code).value for code, names in written.items() for word in names
    }
