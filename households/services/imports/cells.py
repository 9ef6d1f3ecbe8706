"""Cells to the text that COPY reads, each distinct cell parsed once.

A column of a province's file has few distinct values (yes and no, codes, dates), so a dictionary
that fills itself turns a million cells into a million look-ups.
"""

import json
from collections.abc import Callable, Collection
from typing import Any, Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from households.exchange.checks_of_members import is_known_place
from households.exchange.columns import B1_PREFIX, Column, Kind
from households.exchange.values import BadValue, parse
from households.folding import fold
from households.models.personal_id import encrypt_personal_id
from households.services.imports.lookups import Lookups
from households.services.imports.problems import as_copy_text

NULL: Final = "\\N"
#: Distinct cells kept per column; names and keys are seldom met twice.
_MOST_KEPT: Final = 200_000

#: Columns of the staging tables by kind of cell; most cells fill one of the column's own name.
_STAGED: Final[dict[Kind, tuple[tuple[str, str], ...]]] = {
    Kind.BIRTH_DATE: (("birth_date", "date"), ("birth_precision", "text")),
    Kind.ETHNIC_GROUP: (("ethnic_group_id", "bigint"),),
    # Digits 4 to 6 serve the check against sex and birth year; the number itself is a cipher.
    Kind.PERSONAL_ID: (
        ("personal_id", "bytea"),
        ("number_mark", "smallint"),
        ("number_place_known", "boolean"),
    ),
    Kind.OLD_NUMBER: (("old_number", "bytea"),),
}
_SQL_TYPES: Final[dict[Kind, str]] = {
    Kind.YES_NO: "boolean",
    Kind.CODES: "jsonb",
    Kind.DATE: "date",
    Kind.INTEGER: "integer",
    Kind.MONEY_VND: "bigint",
    Kind.AREA_M2: "numeric(9,3)",
}


def staged_columns(column: Column) -> tuple[tuple[str, str], ...]:
    """Name and SQL type of what one column of the format becomes in a staging table."""
    own = ((column.name, _SQL_TYPES.get(column.kind, "text")),)
    return _STAGED.get(column.kind, own)


class Cells(dict[str, str]):
    """The cells of one column by their COPY text; fills itself. `bad` says why some are unread."""

    def __init__(self, column: Column, lookups: Lookups) -> None:
        super().__init__()
        self.column = column
        self.bad: dict[str, tuple[str, str | Promise]] = {}
        self.empty = "\t".join([NULL] * len(staged_columns(column)))
        if column.name.startswith(B1_PREFIX) and column.field is None:
            self.empty = ""
        self._known = lookups.lists.get(column.list_code) if column.list_code else None
        self._write = _writer(column, lookups)

    def __missing__(self, raw: str) -> str:
        try:
            value = parse(self.column, raw, known=self._known)
            text = self.empty if value is None else self._write(value)
        except BadValue as bad:
            self.bad[raw] = (bad.code, bad.reason)
            text = self.empty
        self[raw] = text
        return text

    def make_room(self) -> None:
        """Forget what was met, once it is much. To be called between pieces."""
        if len(self) > _MOST_KEPT:
            self.clear()
            self.bad.clear()


def _writer(column: Column, lookups: Lookups) -> Callable[[Any], str]:
    """The function that writes a parsed value as COPY text."""
    if column.name.startswith(B1_PREFIX) and column.field is None:
        question = column.name.removeprefix(B1_PREFIX)
        return _answer_writer(question, lookups.questions.get(question, ()))
    if column.kind is Kind.ETHNIC_GROUP:
        return _ethnic_group_writer(lookups)
    if column.kind is Kind.PERSONAL_ID:
        return _number_writer(lookups.birth_places)
    return _WRITERS.get(column.kind, as_copy_text)


def _answer_writer(question: str, options: Collection[str]) -> Callable[[str], str]:
    def write(option: str) -> str:
        if option not in options:
            raise BadValue("unknown_option", _("The point table knows no such option."))
        return as_copy_text(f"{json.dumps(question)}:{json.dumps(option)}")

    return write


def _ethnic_group_writer(lookups: Lookups) -> Callable[[str], str]:
    def write(name: str) -> str:
        found = lookups.ethnic_groups.get(fold(name))
        if found is None:
            raise BadValue("unknown_ethnic_group", _("This ethnic group is not in the list."))
        return str(found)

    return write


def _number_writer(birth_places: Collection[str] | None) -> Callable[[str], str]:
    known: dict[str, str] = {}

    def write(number: str) -> str:
        place = number[:3]
        if place not in known:
            is_known = birth_places is None or is_known_place(place, birth_places)
            known[place] = "t" if is_known else "f"
        return f"\\\\x{encrypt_personal_id(number).hex()}\t{number[3:6]}\t{known[place]}"

    return write


_WRITERS: Final[dict[Kind, Callable[[Any], str]]] = {
    Kind.YES_NO: lambda value: "t" if value else "f",
    Kind.CODES: lambda codes: as_copy_text(json.dumps(codes)),
    Kind.DATE: lambda date: date.isoformat(),
    Kind.BIRTH_DATE: lambda birth: f"{birth.date.isoformat()}\t{birth.precision.value}",
    Kind.INTEGER: str,
    Kind.MONEY_VND: str,
    Kind.AREA_M2: str,
    Kind.OLD_NUMBER: lambda number: f"\\\\x{encrypt_personal_id(number).hex()}",
}
