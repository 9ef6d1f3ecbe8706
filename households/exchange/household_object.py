"""One household with its members as an object (JSON): names are headings, values become cells.

Nothing of the format is said again here: the object is laid out as the two files would be, with
line 2 for the household and for its first member, and goes the way of every file.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from households.exchange.columns import Column, Kind
from households.exchange.headings import Layout, lay_out
from households.exchange.problems import Problem
from households.exchange.reading import OnRagged, Pieces

#: Where the members stand in the object, and why a class that was seen changes.
MEMBERS: Final = "members"
REASON: Final = "reason"
FIRST_LINE: Final = 2
_KEY: Final = "household_id"
_LONGEST_NAME: Final = 80


@dataclass(frozen=True, slots=True)
class GivenRows:
    """Rows that came without a file. `names` are theirs as they were sent, `faults` the values
    that no cell can hold and the names that only some of the rows have."""

    layout: Layout
    names: list[str]
    rows: list[list[str]]
    faults: list[Problem] = field(default_factory=list)

    @property
    def columns(self) -> list[Column | None]:
        return self.layout.columns

    def pieces(self, size: int, on_ragged: OnRagged) -> Pieces:
        for first in range(0, len(self.rows), size):
            rows = self.rows[first : first + size]
            yield list(range(FIRST_LINE + first, FIRST_LINE + first + len(rows))), rows


def household_rows(told: Mapping[str, Any], columns: Sequence[Column]) -> GivenRows:
    """The household itself as the one row of its file."""
    own = {name: value for name, value in told.items() if name not in (MEMBERS, REASON)}
    return _laid_out([own], columns)


def member_rows(told: Mapping[str, Any], columns: Sequence[Column]) -> GivenRows:
    """Its members; each is of this household unless it names another."""
    key = told.get(_KEY)
    return _laid_out([{_KEY: key} | dict(one) for one in members_of(told)], columns)


def members_of(told: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """The members as they were sent; what is no list of objects counts as none."""
    found = told.get(MEMBERS)
    return [one for one in found if isinstance(one, Mapping)] if isinstance(found, list) else []


def is_readable(told: Mapping[str, Any]) -> bool:
    """Whether its members are a list of objects."""
    members = told.get(MEMBERS)
    return isinstance(members, list) and all(isinstance(one, Mapping) for one in members)


def reason_of(told: Mapping[str, Any]) -> str:
    """Why a class changes, as text that can be kept; "" for none."""
    found = told.get(REASON)
    if not isinstance(found, str):
        return ""
    return "".join(letter for letter in found if letter.isprintable() or letter.isspace())


def place_of(told: Mapping[str, Any], is_member: bool, line: int, column: str) -> str:
    """Where a line and column of the two files stand in the object: "households.area" or
    "members[2].sex"; a heading where it stands first."""
    if not is_member:
        return f"households.{column}" if column else "households"
    number = line - FIRST_LINE
    if line < FIRST_LINE:
        having = (at for at, one in enumerate(members_of(told)) if column in map(_printable, one))
        number = next(having, 0)
    return f"members[{number}].{column}" if column else f"members[{number}]"


def _laid_out(objects: Sequence[Mapping[str, Any]], columns: Sequence[Column]) -> GivenRows:
    """All names of the objects as headings. What has to be there is a heading in any case, so that
    what is missing is told of its row."""
    names = list(dict.fromkeys(name for one in objects for name in one))
    headings = [_printable(name) for name in names]
    found = lay_out(headings, ()).names | lay_out(headings, columns).names
    missing = [c.name for c in columns if not c.heading_may_be_missing and c.name not in found]
    given = GivenRows(lay_out([*headings, *missing], columns), [*names, *missing], [])
    for place, one in enumerate(objects):
        cells = []
        for name, column in zip(given.names, given.columns, strict=True):
            cell, fault = _cell(one.get(name), column)
            if fault is None and name not in one and column and column.heading_may_be_missing:
                fault = _LEFT_OUT
            if fault and column:
                path = f"{place}.{column.name}"
                given.faults.append(Problem(path, column.name, *fault, value=cell))
            cells.append("" if fault else cell)
        given.rows.append(cells)
    return given


_Fault = tuple[str, Any]
_WRONG_KIND: Final[_Fault] = ("wrong_kind", _("This kind of value cannot stand here."))
_LEFT_OUT: Final[_Fault] = (
    "left_out",
    _("Other members say this: say it of each, empty (null) where it is not known."),
)


def _cell(value: Any, column: Column | None) -> tuple[str, _Fault | None]:
    """A value as a file would hold it; a value that no cell of the column can be is told."""
    kind = column.kind if column else Kind.TEXT
    if value is None:
        return "", None
    if isinstance(value, bool):
        return ("Y" if value else "N"), (None if kind is Kind.YES_NO else _WRONG_KIND)
    if isinstance(value, list) and kind is Kind.CODES:
        if all(isinstance(one, str | int) and not isinstance(one, bool) for one in value):
            return _readable(";".join(map(str, value)))
        return "[…]", _WRONG_KIND
    if isinstance(value, str | int | float):
        return _readable(str(value))
    return "{…}", _WRONG_KIND


def _readable(text: str) -> tuple[str, _Fault | None]:
    """Halves of letters, which JSON can write and no file can hold."""
    clean = text.encode("utf-8", "replace").decode("utf-8")
    return clean, (None if clean == text else _WRONG_KIND)


def _printable(name: str) -> str:
    return "".join(letter for letter in name if letter.isprintable())[:_LONGEST_NAME]
