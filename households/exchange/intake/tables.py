"""Files as offices send them, opened as tables of cells: workbooks (.xlsx, .xls, .ods) by their
visible sheets, text by whatever encoding and separator it has. Nothing is judged yet.
"""

import codecs
import csv
import re
import zipfile
import zlib
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Any, Final

import python_calamine
from django.utils.translation import gettext as _

from households.errors import Invalid
from households.exchange.intake import file_kinds, sheet_parts
from households.exchange.intake.sheet_parts import Faults

#: (line of the file, heading = 1 where it comes first; the cells)
Row = tuple[int, list[Any]]

#: Unpacked, a province's workbook stays under this; a bomb does not.
_MOST_UNPACKED: Final = 2_000_000_000
#: More than this from one packed byte is no sheet that people made.
_MOST_TIMES: Final = 400
_SEPARATORS: Final = (",", ";", "\t", "|")
_SAMPLE_BYTES, _SAMPLE_LINES = 200_000, 30
_LONGEST_CELL: Final = 100_000
_MIXED_FROM: Final = 5


@dataclass(frozen=True)
class Table:
    """One sheet, or a text file. `rows` may be walked as often as one likes. `counts_from_1904`
    says what day a bare number in a column of days means. `merged` are cells that are one: (first
    row, first column), (last row, last column), from 0."""

    file: str
    name: str
    path: Path
    counts_from_1904: bool = False
    merged: tuple[tuple[tuple[int, int], tuple[int, int]], ...] = ()
    _sheet: Any = field(default=None, repr=False)
    _faults: Faults = field(default_factory=dict, repr=False)
    _encoding: str = ""
    _separator: str = ","

    @property
    def is_plain_csv(self) -> bool:
        """UTF-8, with commas."""
        return self._sheet is None and self._encoding == "utf-8-sig" and self._separator == ","

    def rows(self) -> Iterator[Row]:
        """Raises Invalid where reading has to stop."""
        if self._sheet is None:
            return _text_rows(self.path, self.file, self._encoding, self._separator)
        lines = enumerate(self._sheet.iter_rows(), start=1)
        return _with_faults(lines, self._sheet, self._faults) if self._faults else iter(lines)


def open_tables(path: Path, name: str) -> list[Table]:
    """The tables of one file; `name` is what its sender calls it. Raises Invalid with the reason:
    empty, damaged, locked, a bomb, no sheet at all."""
    with path.open("rb") as stream:
        head = stream.read(4096)
    if not head.strip(b"\x00 \t\r\n\xef\xbb\xbf"):
        raise Invalid(_("The file %(name)s is empty.") % {"name": name})
    if reason := file_kinds.why_no_sheet(head):
        raise Invalid(f"{name}: {reason}")
    if head.startswith((file_kinds.ZIP, file_kinds.OLE)):
        return _sheets(path, name, is_packed=head.startswith(file_kinds.ZIP))
    if file_kinds.is_web_page(head):
        raise Invalid(
            _("%(name)s is a web page under another name. Open it in Excel and save it as .xlsx.")
            % {"name": name}
        )
    encoding = _encoding_of(path, head)
    return [Table(name, "", path, _encoding=encoding, _separator=_separator_of(path, encoding))]


def _sheets(path: Path, name: str, *, is_packed: bool) -> list[Table]:
    damaged = _("%(name)s is not a readable Excel file.") % {"name": name}
    faults = _looked_into(path, name, damaged) if is_packed else _looked_at(path, name)
    try:
        book = python_calamine.load_workbook(str(path))
        shown = [one for one in book.sheets_metadata if _is_shown(one)]
        tables = [
            Table(
                name,
                one.name,
                path,
                counts_from_1904=is_packed and _counts_from_1904(path),
                merged=_merged(sheet := book.get_sheet_by_name(one.name)),
                _sheet=sheet,
                _faults=faults.get(one.name, {}),
            )
            for one in shown
        ]
    except Exception as fault:  # calamine raises a dozen kinds for what is no workbook
        raise Invalid(damaged) from fault
    return tables


def _looked_at(path: Path, name: str) -> dict[str, Faults]:
    """Refuse what Office kept as something else. Nothing is known of the formulas of old files."""
    content = path.read_bytes()
    if file_kinds.is_locked(content):
        raise Invalid(_("%(name)s is locked by a password. Save it without.") % {"name": name})
    if file_kinds.is_old_word(content):
        raise Invalid(f"{name}: {file_kinds.word_reason()}")
    return {}


def _looked_into(path: Path, name: str, damaged: str) -> dict[str, Faults]:
    """The faults of the sheets of a packed file. Raises Invalid for what must not be unpacked."""
    try:
        with zipfile.ZipFile(path) as packed:
            total = sum(one.file_size for one in packed.infolist())
            if total > min(_MOST_UNPACKED, _MOST_TIMES * path.stat().st_size + 10_000_000):
                raise Invalid(_("Unpacked, this file is larger than a province's register."))
            if reason := file_kinds.why_no_packed_sheet(file_kinds.part_names(packed)):
                raise Invalid(f"{name}: {reason}")
            return sheet_parts.faults_by_sheet(packed, name)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError) as fault:
        raise Invalid(damaged) from fault


def _with_faults(lines: Iterable[Row], sheet: Any, faults: Faults) -> Iterator[Row]:
    """Rows with what the reader leaves empty: errors of formulas, and formulas without a result."""
    left = sheet.start[1] if sheet.start else 0
    by_row = defaultdict(list)
    for (row, column), told in faults.items():
        by_row[row].append((column - left, told))
    for line, cells in lines:
        for place, told in by_row.get(line - 1, ()):
            if 0 <= place < len(cells) and cells[place] == "":
                cells[place] = told
        yield line, cells


def _is_shown(sheet: Any) -> bool:
    is_sheet: bool = sheet.typ == python_calamine.SheetTypeEnum.WorkSheet
    return is_sheet and bool(sheet.visible == python_calamine.SheetVisibleEnum.Visible)


def _merged(sheet: Any) -> tuple[tuple[tuple[int, int], tuple[int, int]], ...]:
    """Columns count from the first one that holds any."""
    left = sheet.start[1] if sheet.start else 0
    ranges = getattr(sheet, "merged_cell_ranges", None) or ()
    return tuple(
        ((top, first - left), (bottom, last - left)) for (top, first), (bottom, last) in ranges
    )


def _counts_from_1904(path: Path) -> bool:
    with zipfile.ZipFile(path) as packed:
        if "xl/workbook.xml" not in packed.namelist():
            return False
        told = packed.read("xl/workbook.xml")
    return re.search(rb'date1904="(1|true)"', told) is not None


def _encoding_of(path: Path, head: bytes) -> str:
    """UTF-8 where all of it is; UTF-16 by its mark or its gaps; else one byte a sign."""
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    if head[1::2].count(0) > len(head) // 4:
        return "utf-16-le"
    if head[0::2].count(0) > len(head) // 4:
        return "utf-16-be"
    if b"\x00" in head:
        raise Invalid(_("This is neither a workbook nor a text file."))
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        with path.open("rb") as stream:
            while piece := stream.read(1 << 20):
                decoder.decode(piece)
            decoder.decode(b"", final=True)
    except UnicodeDecodeError as fault:
        _refuse_mixed(path, fault)
        return "latin-1"
    return "utf-8-sig"


def _refuse_mixed(path: Path, fault: UnicodeDecodeError) -> None:
    """Letters in UTF-8 before the first byte that is none: two files were put together. A file in
    an old encoding has hardly one such letter. Raises Invalid with the line."""
    with path.open("rb") as stream:
        begun = stream.read(_SAMPLE_BYTES)
    try:
        begun.decode("utf-8")
    except UnicodeDecodeError as first:
        begun = begun[: first.start]
    if sum(not letter.isascii() for letter in begun.decode("utf-8", "ignore")) < _MIXED_FROM:
        return
    line = begun.count(b"\n") + 1
    raise Invalid(
        _(
            "From line %(line)s on the file is in another encoding than above. Save all of it as"
            " UTF-8, or as .xlsx."
        )
        % {"line": line}
    ) from fault


def _separator_of(path: Path, encoding: str) -> str:
    """What parts the first lines into the most cells, the same number line by line."""
    with path.open(encoding=encoding, newline="", errors="replace") as stream:
        lines = stream.read(_SAMPLE_BYTES).splitlines()[:_SAMPLE_LINES]

    def cells(separator: str) -> float:
        widths = [len(row) for row in csv.reader(lines, delimiter=separator) if any(row)]
        return sum(widths) / len(widths) if widths else 0

    try:
        return max(_SEPARATORS, key=cells)
    except csv.Error:
        return ","


def _text_rows(path: Path, name: str, encoding: str, separator: str) -> Iterator[Row]:
    csv.field_size_limit(_LONGEST_CELL)
    with path.open(encoding=encoding, newline="") as stream:
        reader = csv.reader(stream, delimiter=separator, strict=True)
        line = 1
        try:
            for cells in reader:
                if line > 1 or not _names_separator(cells):
                    yield line, list(cells)
                line = reader.line_num + 1
        except (csv.Error, UnicodeError) as fault:
            raise Invalid(
                _("Line %(line)s of %(name)s cannot be read: quotation marks or signs that do not "
                  "match.") % {"line": line, "name": name}
            ) from fault  # fmt: skip


def _names_separator(cells: list[str]) -> bool:
    """Excel's own first line, "sep=;"."""
    return bool(cells) and cells[0].lower().startswith("sep=")


def first_rows(table: Table, number: int) -> list[Row]:
    return list(islice(table.rows(), number))
