"""Which row of a sheet holds the headings, what the sheet is about, and which column is what."""

import re
from collections.abc import Sequence
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
MARK_BY_CLASS: Final = {"class_poor": "POOR", "class_near_poor": "NEAR_POOR"}
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
_NUMBERING: Final = re.compile(r"\(?\s*([A-Z]|\d{1,3})\s*\)?(\s*=.*)?")
_DEEPEST: Final = 2


@dataclass(frozen=True)
class Head:
    """How a table is read. `columns` has a name of the format (or "" for what is not read) for
    each heading; `first_line` is the line of the headings, `body_line` of the first row below.
    `constants` are values of columns that the sheet does not have; `decoders` say by place which
    columns are in an old encoding."""

    role: str
    first_line: int
    body_line: int
    headings: list[str]
    columns: list[str]
    constants: dict[str, str] = field(default_factory=dict)
    decoders: dict[int, str] = field(default_factory=dict)

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
    for at, (line, cells) in enumerate(rows):
        one = [decode(text(cell)) for cell in cells]
        below = [decode(text(cell)) for cell in rows[at + 1][1]] if at + 1 < len(rows) else []
        for depth in range(1, _DEEPEST + 1):
            if depth > 1 and not _hangs_below(one, below):
                continue
            headings = [[name] for name in one] if depth == 1 else _joined(one, below, table, at)
            for role in roles:
                head = _laid_out(role, line, depth, headings)
                found.append((head.known, -depth, head))
    known, _depth, best = max(found, key=lambda one: one[:2], default=(0, 0, None))
    if best is None or known < _LEAST_KNOWN:
        return None
    return _without_numbering(best, rows, decode)


def _hangs_below(upper: list[str], lower: list[str]) -> bool:
    """Whether the lower row fills gaps of the upper one, as parts of a heading do."""
    return any(
        one and not (upper[place] if place < len(upper) else "") for place, one in enumerate(lower)
    )


def _laid_out(role: str, line: int, depth: int, headings: list[list[str]]) -> Head:
    """`headings` are the wordings of each, the most telling first."""
    met: set[str] = set()
    columns = []
    for wordings in headings:
        name = next((found for one in wordings if (found := column_of(role, one))), "")
        columns.append("" if name in met else name)
        met.add(name)
    return Head(role, line, line + depth, [wordings[0] for wordings in headings], columns)


def column_of(role: str, heading: str) -> str:
    """The column of the format that a heading means, "" where it is not known."""
    if not heading:
        return ""
    plain = heading.strip().strip("*").strip().lower()
    if plain.startswith(B1_PREFIX):
        return plain
    own = _own_names(role)
    bare = words.bare(heading)
    return own.get(plain) or own.get(bare) or words.heading_names(role).get(bare, "")


@cache
def _own_names(role: str) -> dict[str, str]:
    names = {words.bare(one.heading_vi): one.name for one in reversed(FORMAT[role])}
    return names | {one.name: one.name for one in FORMAT[role]}


def _joined(upper: list[str], lower: list[str], table: Table, at: int) -> list[list[str]]:
    """Two rows of headings as one: below a heading that spans several stand its parts."""
    spans = {
        place: first
        for (top, first), (bottom, last) in table.merged
        if top <= at <= bottom
        for place in range(first, last + 1)
    }
    joined = []
    last = ""
    for place in range(max(len(upper), len(lower))):
        above = upper[place] if place < len(upper) else ""
        below = lower[place] if place < len(lower) else ""
        if not above and below:
            above = upper[spans[place]] if place in spans and spans[place] < len(upper) else last
        last = above or last
        wordings = [f"{above} {below}".strip(), below, above] if below else [above]
        joined.append(wordings)
    return joined


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
