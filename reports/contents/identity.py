"""Which line of a report is the same line in another edition of it. Pure.

Read from what every edition keeps, so that old ones are compared too: a unit or household by its
key, an entry by its code or name, a member of a household by who he is.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields
from typing import Final

from reports.contents.content import Line, Sheet

HOUSEHOLD: Final = "household"
MEMBER: Final = "member"
#: Columns that number lines: when a line comes in above, they change of all below it.
ORDINALS: Final = frozenset({"household_number", "member_number"})
_OF_A_LINE: Final = tuple(one.name for one in fields(Line))
_MEMBER_IS: Final = ("name", "birth_male", "birth_female")


@dataclass(frozen=True, slots=True)
class LineKey:
    """`sheet` is its place among those of the report. `key` is the unit or household in the
    register, of a member his household; `name` what tells lines without a key and members apart."""

    sheet: int
    level: str
    key: int | None = None
    counted: str = ""
    name: str = ""


@dataclass(frozen=True, slots=True)
class Identified(Line):
    """A line that knows which one it is."""

    is_of: LineKey = LineKey(0, "")


def identified(
    sheets: Iterable[tuple[Sheet, Iterable[Line]]],
) -> Iterator[tuple[Sheet, Iterator[Identified]]]:
    """The same lines, streaming as before. No two of an edition are the same."""
    for at, (sheet, lines) in enumerate(sheets):
        yield sheet, _identified(at, sheet, lines)


def _identified(at: int, sheet: Sheet, lines: Iterable[Line]) -> Iterator[Identified]:
    places = {column.key: place for place, column in enumerate(sheet.columns)}
    household: int | None = None
    seen: dict[LineKey, int] = {}
    for line in lines:
        if line.level != MEMBER:
            household = line.key if line.level == HOUSEHOLD else None
            name = "" if line.key else line.code or line.name
            is_of = LineKey(at, line.level, line.key, line.counted, name)
        else:
            is_of = LineKey(at, MEMBER, household, "", _person(line, places))
        if line.level == MEMBER or line.key is None:
            # The second of two that are called the same.
            times = seen[is_of] = seen.get(is_of, 0) + 1
            if times > 1:
                is_of = LineKey(at, is_of.level, is_of.key, "", f"{is_of.name} ({times})")
        yield _known_as(line, is_of)


def _person(line: Line, places: dict[str, int]) -> str:
    told = (line.cells[places[name]] for name in _MEMBER_IS if name in places)
    return ", ".join(str(one) for one in told if one is not None)


def _known_as(line: Line, is_of: LineKey) -> Identified:
    return Identified(**{name: getattr(line, name) for name in _OF_A_LINE}, is_of=is_of)
