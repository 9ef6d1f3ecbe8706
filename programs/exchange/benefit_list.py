"""A list of support as its sender writes it: titles above, headings in any order and wording."""

import re
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from hashlib import sha256
from itertools import islice
from pathlib import Path
from typing import Any, Final

from django.utils.translation import gettext as _

from households.errors import Invalid
from households.exchange.intake import legacy, words
from households.exchange.intake.body import begins
from households.exchange.intake.layout import headings_at
from households.exchange.intake.tables import Table, first_rows, open_tables
from households.exchange.returned_cells import plain
from households.folding import fold
from programs.choices.benefit_lists import ListColumn

_FILE: Final = Path(__file__).resolve().parents[1] / "data" / "benefit_lists" / "headings.toml"
_ROWS_LOOKED_AT: Final = 30
_SAMPLE: Final = 2_000
_SAMPLES: Final = 3
_LONGEST_SAMPLE: Final = 60
_LEAST_KNOWN: Final = 2
_MOST_TOLD: Final = 50
_FEW_CELLS: Final = 3
_NUMBERING: Final = re.compile(r"\(?\s*([A-Z]|\d{1,3})\s*\)?(\s*=.*)?")
_C = ListColumn
#: What tells whom a row is about.
KEYS: Final = (_C.HOUSEHOLD_CODE, _C.HOUSEHOLD_KEY, _C.PERSON_KEY, _C.PERSONAL_ID, _C.NAME)
_UNITS: Final = ("trieu dong", "nghin dong", "ngan dong")


@dataclass
class ListHead:
    """How a sheet is read: for each heading the ListColumn it means, "" for what is not read.
    `unit`: of money, as it stands above the headings. `unread` are other sheets with the same
    headings."""

    sheet: str
    first_line: int
    body_line: int
    headings: list[str]
    columns: list[str]
    unit: str = ""
    samples: list[list[str]] = field(default_factory=list)
    encodings: dict[int, str] = field(default_factory=dict)
    unread: list[str] = field(default_factory=list)

    @property
    def known(self) -> int:
        return sum(map(bool, self.columns))

    @property
    def signature(self) -> str:
        """The same for sheets with the same headings: what was chosen for one serves the next."""
        told = "|".join(map(words.bare, self.headings))
        return sha256(f"benefits:{told}".encode()).hexdigest()


@dataclass
class BenefitSheet:
    """A sheet of a list, opened. `passed_over` fills while it is walked: rows that name nobody."""

    table: Table
    head: ListHead
    passed_over: list[tuple[int, str]] = field(default_factory=list)

    def place(self, column: ListColumn) -> int | None:
        """Where a column stands."""
        return next((at for at, one in enumerate(self.head.columns) if one == column), None)

    def rows(self) -> Iterator[tuple[int, list[str], str]]:
        """Line, cells as one would have typed them, and the village that a row of its own above
        names. Totals, numberings and signatures are passed over. Raises Invalid where reading has
        to stop."""
        width, village = len(self.head.headings), ""
        keys = [at for one in KEYS if (at := self.place(one)) is not None]
        decoders = {at: legacy.DECODERS[name] for at, name in self.head.encodings.items()}
        for line, cells in self.table.rows():
            if line < self.head.body_line:
                continue
            for at, decode in decoders.items():
                if at < len(cells) and isinstance(cells[at], str):
                    cells[at] = decode(cells[at])
            told = list(map(plain, cells[:width])) + [""] * (width - len(cells))
            filled = [one for one in told if one]
            if not filled:
                continue
            first = next((one for one in filled if any(map(str.isalpha, one))), "")
            if len(filled) < _FEW_CELLS and begins(first, "villages"):
                village = first
            elif self._names_somebody(told, filled, first, keys):
                yield line, told, village
                continue
            if len(self.passed_over) < _MOST_TOLD:
                self.passed_over.append((line, " | ".join(filled)[:200]))

    def _names_somebody(
        self, told: Sequence[str], filled: Sequence[str], first: str, keys: Sequence[int]
    ) -> bool:
        if begins(first, "totals") or begins(first, "feet") or begins(first, "signatures"):
            return False
        return any(told[at] for at in keys) and len(filled) > 1


@cache
def _told() -> dict[str, Any]:
    with _FILE.open("rb") as stream:
        return tomllib.load(stream)


@cache
def _names() -> dict[str, str]:
    """Bare headings by the column they mean."""
    own = {words.bare(code): code for code in ListColumn.values}
    listed = _told()["headings"].items()
    return own | {words.bare(name): code for code, names in listed for name in names}


def ground_words() -> dict[str, str]:
    """How lists name grounds, by the code of the ground."""
    return {words.spoken(word): code for code, told in _told()["grounds"].items() for word in told}


def column_of(heading: str) -> str:
    """The ListColumn that a heading means, "" where it is not known."""
    bare = words.bare(heading) if heading else ""
    if not bare:
        return ""
    wordings = [bare, *words.without_filler(bare)]
    return next((found for one in wordings if (found := _names().get(one))), "")


def opened(path: Path, name: str) -> BenefitSheet:
    """The sheet of the file with the most known headings; `name` is what its sender calls it.
    Raises Invalid: none tells whom its rows are about."""
    found = [
        BenefitSheet(table, head)
        for table in open_tables(path, name)
        if (head := recognised(table)) is not None
    ]
    if not found:
        raise Invalid(
            _(
                "No sheet has headings for whom its rows are about: a name, a code of the household"
                " or a personal number."
            )
        )
    best = max(found, key=lambda one: one.head.known)
    best.head.unread = [
        one.head.sheet
        for one in found
        if one is not best and one.head.signature == best.head.signature
    ]
    return best


def recognised(table: Table) -> ListHead | None:
    """The best reading of a table, or None for one that is about something else."""
    rows = first_rows(table, _ROWS_LOOKED_AT)
    sample = [cell for __, cells in rows for cell in cells if isinstance(cell, str)]
    decode = legacy.DECODERS.get(legacy.recognised(sample), str)
    best: tuple[int, int, ListHead] | None = None
    for at, (line, __) in enumerate(rows):
        for depth, wordings in headings_at(table, rows, at, decode):
            columns = _columns(wordings)
            head = ListHead(
                table.name or table.file, line, line + depth, [one[0] for one in wordings], columns
            )
            rank = head.known, -depth
            if set(columns) & set(KEYS) and (best is None or rank > best[:2]):
                best = *rank, head
    if best is None or best[2].known < _LEAST_KNOWN:
        return None
    return _completed(table, best[2], rows)


def _columns(wordings: Sequence[Sequence[str]]) -> list[str]:
    """Each column once: the first heading that means it."""
    columns: list[str] = []
    for told in wordings:
        name = next((found for one in told if (found := column_of(one))), "")
        columns.append("" if name in columns else name)
    return columns


def _completed(table: Table, head: ListHead, rows: Sequence[Any]) -> ListHead:
    """With the unit above, the encodings, the first cells, and a row of numbering passed."""
    above = " ".join(fold(plain(cell)) for line, cells in rows for cell in cells
                     if line < head.first_line)  # fmt: skip
    if "don vi" in above or "dvt" in above:
        head.unit = next((one for one in _UNITS if one in above), "")
    by_line = dict(rows)
    filled = [one for cell in by_line.get(head.body_line, ()) if (one := plain(cell))]
    if len(filled) > 1 and all(map(_NUMBERING.fullmatch, filled)):
        head.body_line += 1
    body = [cells for line, cells in islice(table.rows(), _SAMPLE) if line >= head.body_line]
    for at in range(len(head.headings)):
        texts = [cells[at] for cells in body if at < len(cells) and isinstance(cells[at], str)]
        if name := legacy.recognised(texts):
            head.encodings[at] = name
    head.samples = [
        [plain(cells[at])[:_LONGEST_SAMPLE] for cells in body[:_SAMPLES] if at < len(cells)]
        for at in range(len(head.headings))
    ]
    return head
