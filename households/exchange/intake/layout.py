"""Which row of a sheet holds the headings, what the sheet is about, and which column is what."""

import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from hashlib import sha256
from typing import Any, Final

from households.exchange.column import B1_PREFIX
from households.exchange.columns import HOUSEHOLD_COLUMNS, MEMBER_COLUMNS, Column
from households.exchange.intake import legacy, words
from households.exchange.intake.plain_cells import typed as text
from households.exchange.intake.tables import Table, first_rows
from households.exchange.list_columns import LIST_COLUMNS

#: A birth year, or a cross, under "male" or "female" tells the sex; the format has no such columns.
BIRTH_BY_SEX: Final = {"birth_male": "M", "birth_female": "F"}
MARK_BY_SEX: Final = {"sex_male": "M", "sex_female": "F"}
#: A cross under "poor" or "near-poor" tells the class of a list's household.
LISTED_BY_CLASS: Final = {"class_poor": "POOR", "class_near_poor": "NEAR_POOR"}
#: So do crosses under the two classes that lists of communes have.
MARK_BY_CLASS: Final = {"mark_poor": "poor", "mark_near_poor": "near_poor"}
#: Day, month and year of birth in three columns side by side, and how their headings end.
BIRTH_PARTS: Final = {"birth_day": "ngày", "birth_month": "tháng", "birth_year": "năm"}
ROLES: Final = ("households", "members")
LIST: Final = "list"
FORMAT: Final[dict[str, tuple[Column, ...]]] = {
    "households": HOUSEHOLD_COLUMNS,
    "members": MEMBER_COLUMNS,
    LIST: LIST_COLUMNS,
}
#: Titles, names of offices and dates stand above the headings.
_ROWS_LOOKED_AT: Final = 30
_LEAST_KNOWN: Final = 3
_OF_MEN: Final = frozenset({"birth_male", "sex_male"})
_NUMBERING: Final = re.compile(r"\(?\s*([A-Z]|\d{1,3})\s*\)?(\s*=.*)?")
_DEEPEST: Final = 3


@dataclass(frozen=True)
class Head:
    """How a table is read. `columns` has a name of the format (or "" for what is not read) for
    each heading; `first_line` is the line of the headings, `body_line` of the first row below.
    `constants` are values of columns that the sheet does not have; `decoders` say by place which
    columns are in an old encoding. `relation_at`: of a sheet that holds households and members
    together, where the relation stands; what is said of a household stands in its head's row."""

    role: str
    first_line: int
    body_line: int
    headings: list[str]
    columns: list[str]
    constants: dict[str, str] = field(default_factory=dict)
    decoders: dict[int, str] = field(default_factory=dict)
    relation_at: int = -1

    @property
    def known(self) -> int:
        return sum(map(bool, self.columns))

    @property
    def signature(self) -> str:
        """The same for sheets with the same headings: what was chosen for one serves the next."""
        told = "|".join(map(words.bare, self.headings))
        return sha256(f"{self.role}:{told}".encode()).hexdigest()

    def is_known(self, line: int, cells: Sequence[Any]) -> bool:
        """Whether a row below says the headings once more, in other words."""
        told = [column_of(self.role, text(cell)) for cell in cells[: len(self.columns)]]
        same = sum(bool(own) and own == one for own, one in zip(self.columns, told, strict=False))
        return line >= self.body_line and same >= max(_LEAST_KNOWN, self.known // 2)


def recognise(table: Table, roles: Sequence[str] = ROLES) -> Head | None:
    """The best reading of a table, or None for one that is about something else."""
    rows = first_rows(table, _ROWS_LOOKED_AT)
    sample = [text(cell) for _line, cells in rows for cell in cells]
    decode = legacy.DECODERS.get(legacy.recognised(sample), str)
    found: list[tuple[int, int, Head]] = []
    for at, (line, __) in enumerate(rows):
        for depth, headings in headings_at(table, rows, at, decode):
            for role in roles:
                head = _laid_out(role, line, depth, headings)
                found.append((head.known, -depth, head))
    known, _depth, best = max(found, key=lambda one: one[:2], default=(0, 0, None))
    if best is None or known < _LEAST_KNOWN:
        return None
    return _without_numbering(best, rows, decode)


def headings_at(
    table: Table, rows: Sequence[Any], at: int, decode: Callable[[str], str]
) -> Iterator[tuple[int, list[list[str]]]]:
    """The headings of a table if they begin in row `at` of its first rows: how many rows they
    take, and the wordings of each, the most telling first."""
    levels = [[decode(text(cell)) for cell in cells] for __, cells in rows[at : at + _DEEPEST]]
    for depth in range(1, len(levels) + 1):
        if depth > 1 and not _hangs_below(*levels[depth - 2 : depth]):
            break
        yield depth, _joined(levels[:depth], table, at)


def _hangs_below(upper: list[str], lower: list[str]) -> bool:
    """Whether the lower row fills gaps of the upper one, as parts of a heading do."""
    return any(
        one and not (upper[place] if place < len(upper) else "") for place, one in enumerate(lower)
    )


def _laid_out(role: str, line: int, depth: int, headings: list[list[str]]) -> Head:
    """`headings` are the wordings of each, the most telling first."""
    columns: list[str] = []
    met: dict[str, tuple[int, bool]] = {}
    for place, wordings in enumerate(headings):
        name = next((found for one in wordings if (found := column_of(role, one))), "")
        is_own = any(words.bare(one) in _own_names(role) for one in wordings)
        columns.append(name)
        if name in met:
            # "Năm sinh" before "Ngày sinh": the format's own heading says more.
            before, was_own = met[name]
            columns[before if is_own and not was_own else place] = ""
        if columns[place]:
            met[name] = place, is_own
    if "sex_female" not in columns:
        columns = ["" if name == "sex_male" else name for name in columns]
    columns = _with_birth_parts(role, headings, columns)
    return Head(role, line, line + depth, [wordings[0] for wordings in headings], columns)


def _with_birth_parts(role: str, headings: list[list[str]], columns: list[str]) -> list[str]:
    """Three headings that end in "Ngày", "Tháng", "Năm" are one birth date, where the sheet has no
    other."""
    ends = [_last_word(wordings[0]) if wordings else "" for wordings in headings]
    parts = list(BIRTH_PARTS.values())
    at = next((at for at in range(len(ends)) if ends[at : at + 3] == parts), None)
    if role != "members" or at is None:
        return columns
    others = {*columns[:at], *columns[at + 3 :]}
    if not others.isdisjoint({"birth_date", *BIRTH_BY_SEX}):
        return columns
    return [*columns[:at], *BIRTH_PARTS, *columns[at + 3 :]]


def _last_word(heading: str) -> str:
    return (unicodedata.normalize("NFC", heading).lower().split() or [""])[-1]


def column_of(role: str, heading: str) -> str:
    """The column of the format that a heading means, "" where it is not known."""
    if not heading:
        return ""
    plain = heading.strip().strip("*").strip().lower()
    if plain.startswith(B1_PREFIX):
        return plain
    own, named = _own_names(role), words.heading_names(role)
    if found := own.get(plain):
        return found
    for bare in words.without_filler(words.bare(heading)):
        if found := own.get(bare) or named.get(bare):
            return "" if found in _OF_MEN and _ends_in_year(heading) else found
    return ""


def _ends_in_year(heading: str) -> bool:
    """ "Ngày sinh, Năm" is no column of men: only its accent tells it from "Nam"."""
    return _last_word(heading) == BIRTH_PARTS["birth_year"]


@cache
def _own_names(role: str) -> dict[str, str]:
    names = {words.bare(one.heading_vi): one.name for one in reversed(FORMAT[role])}
    return names | {one.name: one.name for one in FORMAT[role]}


def _joined(levels: list[list[str]], table: Table, at: int) -> list[list[str]]:
    """Rows of headings as one: below a heading that spans several stand its parts. The wordings of
    each, the most telling first."""
    filled = [
        _spread(row, levels[depth + 1 :], table, at + depth) for depth, row in enumerate(levels)
    ]
    joined = []
    for place in range(max(map(len, levels))):
        parts = [row[place] for row in filled if place < len(row) and row[place]]
        ends = [" ".join(parts[begin:]) for begin in range(len(parts))]
        joined.append([*ends, *reversed(parts[:-1])] or [""])
    return joined


def _spread(row: list[str], below: list[list[str]], table: Table, at: int) -> list[str]:
    """A row of headings with each heading over all of its parts."""
    spans = {
        place: first
        for (top, first), (bottom, last) in table.merged
        if top <= at <= bottom
        for place in range(first, last + 1)
    }
    spread: list[str] = []
    before = ""
    for place in range(max(map(len, [row, *below]))):
        own = row[place] if place < len(row) else ""
        if not own and any(place < len(one) and one[place] for one in below):
            own = row[spans[place]] if place in spans and spans[place] < len(row) else before
        before = own or before
        spread.append(own)
    return spread


def _without_numbering(head: Head, rows: Sequence[Any], decode: Any) -> Head:
    """Rows below the headings that number the columns, or say the headings in the other language,
    are headings too."""
    body = head.body_line
    for line, cells in rows:
        if line < body:
            continue
        told = [decode(text(cell)) for cell in cells]
        filled = [one for one in told if one]
        numbers = len(filled) >= _LEAST_KNOWN and all(map(_NUMBERING.fullmatch, filled))
        if not (line == body and ((numbers and _counts_up(filled)) or head.is_known(line, told))):
            break
        body = line + 1
    return Head(head.role, head.first_line, body, head.headings, head.columns)


def _counts_up(filled: list[str]) -> bool:
    """1 2 3 …, or A B 1 2 …: not a row of small figures."""
    numbers = [int(found[0]) for one in filled if (found := re.findall(r"\d+", one))]
    return numbers == sorted(set(numbers)) and numbers[:1] in ([1], [2], [3])
