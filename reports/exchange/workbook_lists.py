"""Long lists of a report as .xlsx: lines are written as they stream, in memory that does not grow
with them.

XlsxWriter makes the workbook around them, with a line of each look in it. The lines take their
place, as it would write them but for the address of a cell: it is the one after the cell before.
"""

import io
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain, islice
from typing import Final
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from reports.contents.content import CellValue, Head, Kind, Line, Sheet
from reports.contents.frame import is_bold, leading_cells
from reports.exchange.workbook_frame import as_number

#: The workbook around so many lines; in it stand those of `models` alone.
Around = Callable[[int], bytes]

_SHEET: Final = "xl/worksheets/sheet1.xml"
#: Says which cells there are, before anybody knows; readers do without.
_DIMENSION: Final = re.compile(r"<dimension [^>]*/>")
_LOOK: Final = re.compile(r'<c r="[A-Z]+\d+" s="(\d+)"')
_LINES_AT_ONCE: Final = 500
#: Of packing: half the time of the usual one, a quarter more bytes.
_LEVEL: Final = 3
#: Cells of a column that are made once, so many at most.
_REMEMBERED: Final = 2_000
#: What text cannot hold as it is.
_SPECIAL: Final = re.compile(r"[&<>\x00-\x1f\ufffe\uffff]|_x[0-9a-fA-F]{4}_|^\s|\s$")
_LOOKS_LIKE_CODE: Final = re.compile(r"(_x[0-9a-fA-F]{4}_)")
_CONTROL: Final = re.compile(r"[\x00-\x08\x0b-\x1f\ufffe\uffff]")


def models(sheet: Sheet) -> list[Line]:
    """A line of each look: of a unit, and of others."""
    empty = (None,) * len(sheet.columns)
    return [Line("village", "", "", "", empty), Line("member", "", "", "", empty)]


def write(around: Around, first_row: int, sheet: Sheet, lines: Iterable[Line], head: Head) -> bytes:
    """The workbook with the lines from `first_row` on (as Excel counts), more of them than models;
    reads them once."""
    stream = iter(lines)
    packed = io.BytesIO()
    with ZipFile(io.BytesIO(around(len(models(sheet))))) as parts, _book(packed) as book:
        for name in parts.namelist():
            if name != _SHEET:
                book.writestr(ZipInfo(name), parts.read(name), ZIP_DEFLATED)
        above, *rows = _split(parts.read(_SHEET).decode(), first_row)
        looks = dict(zip((True, False), map(_looks, rows[:-1]), strict=True))
        with book.open(_SHEET, "w") as out:
            out.write(_DIMENSION.sub("", above).encode())
            row = first_row
            while some := list(islice(stream, _LINES_AT_ONCE)):
                out.write("".join(_rows(row, sheet, some, head, looks)).encode())
                row += len(some)
            out.write(_below(around(row - first_row), first_row).encode())
    return packed.getvalue()


def _book(packed: io.BytesIO) -> ZipFile:
    return ZipFile(packed, "w", ZIP_DEFLATED, compresslevel=_LEVEL)


def _split(part: str, first_row: int) -> tuple[str, str, str, str]:
    """What stands above the models, each of them, and what stands below."""
    at = [part.index(f'<row r="{first_row + model}"') for model in (0, 1)]
    end = part.index("</row>", at[1]) + len("</row>")
    return part[: at[0]], part[at[0] : at[1]], part[at[1] : end], part[end:]


def _below(around: bytes, first_row: int) -> str:
    with ZipFile(io.BytesIO(around)) as parts:
        return _split(parts.read(_SHEET).decode(), first_row)[-1]


class _Cells(dict[CellValue | float, str]):
    """The cells of a column in one look, by what stands in them."""

    def __init__(self, look: str) -> None:
        self._look = look
        self[None] = self[""] = f'<c s="{look}"/>'

    def __missing__(self, value: CellValue | float) -> str:
        if isinstance(value, str):
            made = f'<c s="{self._look}" t="inlineStr"><is>{_text(value)}</is></c>'
        else:
            made = f'<c s="{self._look}"><v>{value}</v></c>'
        if len(self) < _REMEMBERED:
            self[value] = made
        return made


def _looks(model: str) -> list[_Cells]:
    return [_Cells(look) for look in _LOOK.findall(model)]


def _text(words: str) -> str:
    """As XlsxWriter writes it."""
    if not _SPECIAL.search(words):
        return f"<t>{words}</t>"
    words = _LOOKS_LIKE_CODE.sub(r"_x005F\1", words)
    words = _CONTROL.sub(lambda found: f"_x{ord(found[0]):04X}_", words)
    kept = ' xml:space="preserve"' if words != words.strip() else ""
    return f"<t{kept}>{escape(words)}</t>"


def _rows(
    first: int, sheet: Sheet, lines: Sequence[Line], head: Head, looks: dict[bool, list[_Cells]]
) -> Iterator[str]:
    rates = [at for at, column in enumerate(sheet.columns) if column.kind is Kind.RATE]
    # In a list of names all lines of a level look alike.
    by_level = {line.level: looks[is_bold(line, head)] for line in lines}
    for row, line in enumerate(lines, start=first):
        cells: Sequence[CellValue | float] = line.cells
        if rates:
            cells = [as_number(one) if at in rates else one for at, one in enumerate(line.cells)]
        if sheet.names:
            cells = [*leading_cells(line, sheet, head), *cells]
        made = [known[cell] for known, cell in zip(by_level[line.level], cells, strict=True)]
        yield "".join(chain((f'<row r="{row}">',), made, ("</row>",)))
