"""A recognised table as a CSV file of the exchange format whose lines are those of the table, so
that what is wrong is told in the row where its sender finds it.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Any, Final, TextIO

from households.exchange import card_numbers
from households.exchange.intake import legacy, plain_cells
from households.exchange.intake.aside import AsideCells
from households.exchange.intake.body import Body
from households.exchange.intake.layout import (
    BIRTH_BY_SEX,
    BIRTH_PARTS,
    FORMAT,
    LIST,
    LISTED_BY_CLASS,
    MARK_BY_CLASS,
    MARK_BY_SEX,
    Head,
)
from households.exchange.intake.tables import Row, Table

_PIECE: Final = 5_000
_SAMPLE: Final = 2_000
#: Columns of a person's two numbers, in the order in which card_numbers has them.
NUMBERS: Final = ("cccd", "cmnd")
#: Columns that say something by a cross.
MARKS: Final = frozenset({*MARK_BY_SEX, *MARK_BY_CLASS, *LISTED_BY_CLASS})
#: Columns that tell a column of the format in another way: no heading of their own is left of them,
#: else they would be told as not read.
TOLD_BY_OTHERS: Final = MARKS | BIRTH_BY_SEX.keys() | BIRTH_PARTS.keys()
#: Distinct cells kept of a column; names and keys are seldom met twice.
_MOST_KEPT: Final = 200_000


@dataclass
class Converted:
    """What became of a table: its rows, and (line, what stands there) of those that name nobody."""

    rows: int = 0
    passed_over: list[tuple[int, str]] = field(default_factory=list)


def decoders_of(table: Table, head: Head) -> dict[int, str]:
    """Place → the old encoding that a column is in, by what its first rows hold."""
    body = [cells for line, cells in islice(table.rows(), _SAMPLE) if line >= head.body_line]
    found = {}
    for place, name in enumerate(head.columns):
        cells = [cells[place] for cells in body if place < len(cells)]
        texts = [cell for cell in cells if isinstance(cell, str)]
        if name and (decoder := legacy.recognised(texts)):
            found[place] = decoder
    return found


def convert(table: Table, head: Head, target: Path) -> Converted:
    """Write the table to `target`. Raises Invalid where reading has to stop. Memory does not grow
    with the rows, beyond what the sheet itself takes."""
    done = Converted()
    with target.open("w", encoding="utf-8", newline="") as stream:
        writer = _Writer(table, head, stream)
        body = Body(table, head, bands=writer.bands)
        rows = iter(body)
        while piece := list(islice(rows, _PIECE)):
            writer.write(piece)
            done.rows += len(piece)
    done.passed_over = body.passed_over
    return done


class _Cells(dict[Any, str]):
    """The cells of one column, each distinct one turned and quoted once."""

    def __init__(self, plain: plain_cells.Plain, decode: legacy.Decoder) -> None:
        super().__init__()
        self._plain, self._decode = plain, decode

    def __missing__(self, cell: Any) -> str:
        typed = plain_cells.typed(self._decode(cell) if isinstance(cell, str) else cell)
        self[cell] = made = _quoted(self._plain(typed))
        return made


class _Writer:
    def __init__(self, table: Table, head: Head, stream: TextIO) -> None:
        self._head, self._stream, self._line = head, stream, 1
        self._places = {name: place for place, name in enumerate(head.columns) if name}
        self._cells = self._readers(table)
        self._last_numbers: dict[str, int] = {}
        self._numbers_told = self._sampled_numbers(table)
        self._added = self._added_columns()
        self._aside = AsideCells(head)
        bands = ("village", "poverty_class") if head.role == LIST else ("village",)
        told = head.constants.keys() | _marks_of(head).keys()
        self.bands = [name for name in bands if name in self._added and name not in told]
        names = zip(head.columns, head.headings, strict=True)
        # What a list tells besides goes aside; other files keep the column, and its heading.
        is_list = head.role == LIST
        told_as = [
            "" if name in TOLD_BY_OTHERS else name or ("" if is_list else heading or "-")
            for name, heading in names
        ]
        heading = told_as + self._added
        self._put(head.first_line, ",".join(map(_quoted, heading)))

    def _readers(self, table: Table) -> list[_Cells]:
        known = {one.name: one for one in FORMAT[self._head.role]}
        known |= {name: known["birth_date"] for name in BIRTH_BY_SEX if "birth_date" in known}
        cells = []
        for place, name in enumerate(self._head.columns):
            plain: plain_cells.Plain = str
            if name in MARKS:
                plain = plain_cells.marked
            elif column := known.get(name):
                plain = plain_cells.writer(
                    column, self._head.headings[place], counts_from_1904=table.counts_from_1904
                )
            decoder = self._head.decoders.get(place, "")
            cells.append(_Cells(plain, legacy.DECODERS.get(decoder, str)))
        return cells

    def _added_columns(self) -> list[str]:
        """Columns that the sheet tells in another way, or that are the same for all rows."""
        has = self._places.keys()
        added = [name for name in self._head.constants if name not in has]
        if self._head.role == "households":
            if MARK_BY_CLASS.keys() & has:
                added += [name for name in ("class_paper",) if name not in has]
            return added + [name for name in ("village",) if name not in {*has, *added}]
        told = {"birth_date": BIRTH_BY_SEX | BIRTH_PARTS, "sex": BIRTH_BY_SEX | MARK_BY_SEX}
        added += [name for name in NUMBERS if name in self._numbers_told and name not in has]
        added += [name for name, ways in told.items() if name not in has and has & ways.keys()]
        if self._head.role == LIST:
            bands = [one for one in ("village", "poverty_class") if one not in {*has, *added}]
            return [*added, *bands, "aside"]
        return added + [name for name in ("member_no", "member_id") if name not in has]

    def _sampled_numbers(self, table: Table) -> set[str]:
        """Which of the two numbers of a person the first rows hold, under whichever heading."""
        places = [self._places[name] for name in NUMBERS if name in self._places]
        told = set()
        for line, cells in islice(table.rows(), _SAMPLE) if places else ():
            for place in places:
                if line >= self._head.body_line and place < len(cells):
                    parts = card_numbers.apart(self._cells[place][cells[place]], "")
                    told |= {name for name, one in zip(NUMBERS, parts, strict=True) if one}
        return told

    def _part_numbers(self, by_name: dict[str, list[str]], told: list[list[str]]) -> None:
        """Each number under its own heading, whichever it stood under."""
        blank = [""] * len(told[0])
        both = map(card_numbers.apart, *(by_name.get(name, blank) for name in NUMBERS))
        by_name |= zip(NUMBERS, map(list, zip(*both, strict=True)), strict=True)
        for name in self._places.keys() & NUMBERS:
            told[self._places[name]] = by_name[name]

    def write(self, piece: Sequence[Row]) -> None:
        columns = list(zip(*(cells for _line, cells in piece), strict=True))
        told = [
            list(map(cells.__getitem__, column))
            for cells, column in zip(self._cells, columns, strict=False)
        ]
        by_name = {name: told[place] for name, place in self._places.items()}
        if all(name in by_name or name in self._added for name in NUMBERS):
            self._part_numbers(by_name, told)
        for name in self._added:
            if name not in by_name:
                by_name[name] = self._made(name, by_name, columns, len(piece))
        texts = map(",".join, zip(*told, *map(by_name.__getitem__, self._added), strict=True))
        for (line, _row), text in zip(piece, texts, strict=True):
            self._put(line, text)
        for cells in self._cells:
            if len(cells) > _MOST_KEPT:
                cells.clear()

    def _made(
        self,
        name: str,
        told: dict[str, list[str]],
        columns: Sequence[Sequence[Any]],
        rows: int,
    ) -> list[str]:
        """The cells of a column that the sheet does not have."""
        if name in self._head.constants:
            return [_quoted(self._head.constants[name])] * rows
        if name in self.bands:
            at = len(self._head.columns) + self.bands.index(name)
            return [_quoted(plain_cells.typed(one)) for one in columns[at]]
        if name == "poverty_class":
            return _either(LISTED_BY_CLASS, told, rows, says_code=True)
        if name == "aside":
            return [_quoted(one) for one in self._aside.told(columns, rows)]
        if name == "birth_date" and BIRTH_PARTS.keys() <= told.keys():
            return list(map(_day_of, *(told[part] for part in BIRTH_PARTS)))
        if name == "birth_date":
            return _either(BIRTH_BY_SEX, told, rows, says_code=False)
        if name == "class_paper":
            return _either(MARK_BY_CLASS, told, rows, says_code=True)
        if name == "sex":
            made = _either(BIRTH_BY_SEX | MARK_BY_SEX, told, rows, says_code=True)
            # Where only women are marked, who is not marked is a man.
            only_women = self._places.keys() & {*BIRTH_BY_SEX, *MARK_BY_SEX} == {"sex_female"}
            return [one or "M" for one in made] if only_women else made
        keys = told.get("household_id", [""] * rows)
        if name == "member_no":
            return [self._next_number(key) for key in keys]
        return [f"{key}-{number}" for key, number in zip(keys, told["member_no"], strict=True)]

    def _next_number(self, key: str) -> str:
        """In the order in which members stand, for sheets that number nobody."""
        self._last_numbers[key] = self._last_numbers.get(key, 0) + 1
        return str(self._last_numbers[key])

    def _put(self, line: int, text: str) -> None:
        """At its own line: rows that were passed over and titles are blank lines."""
        self._stream.write("\n" * (line - self._line))
        self._stream.write(f"{text}\n")
        self._line = line + 1


def _marks_of(head: Head) -> dict[str, str]:
    """Columns told by crosses under headings of their own."""
    return {"poverty_class": ""} if LISTED_BY_CLASS.keys() & set(head.columns) else {}


def _day_of(day: str, month: str, year: str) -> str:
    """Of three cells. Without a day the year counts; what else is missing is left for the check."""
    return f"{day}/{month}/{year}" if day.strip("0") else year


def _either(
    ways: dict[str, str], told: dict[str, list[str]], rows: int, *, says_code: bool
) -> list[str]:
    """What stands under "male" or "female": the cell itself, or the code of the way. Both filled is
    told as both, which the check then refuses."""
    sides = [(code, told[way]) for way, code in ways.items() if way in told]
    made = []
    for row in range(rows):
        found = {(code if says_code else texts[row]): None for code, texts in sides if texts[row]}
        made.append(" / ".join(found))
    return made


def _quoted(text: str) -> str:
    if "," in text or '"' in text or "\n" in text or "\r" in text:
        return '"' + text.replace('"', '""') + '"'
    return text
