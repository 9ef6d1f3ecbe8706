"""Files as offices send them, opened as tables of cells: workbooks (.xlsx, .xls, .ods) by their
visible sheets, text by whatever encoding and separator it has. Nothing is judged yet.
"""

import codecs
import csv
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Any, Final

import python_calamine
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from households.errors import Invalid

#: (line of the file, heading = 1 where it comes first; the cells)
Row = tuple[int, list[Any]]

#: Unpacked, a province's workbook stays under this; a bomb does not.
_MOST_UNPACKED: Final = 2_000_000_000
#: More than this from one packed byte is no sheet that people made.
_MOST_TIMES: Final = 400
_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
_OTHERS: Final[tuple[tuple[bytes, Promise], ...]] = (
    (b"%PDF", gettext_lazy("This is a PDF, not a sheet.")),
    (b"\x1f\x8b", gettext_lazy("This is a compressed file, not a sheet.")),
    (b"Rar!", gettext_lazy("This is a compressed file, not a sheet.")),
    (b"7z\xbc\xaf", gettext_lazy("This is a compressed file, not a sheet.")),
    (b"\xff\xd8\xff", gettext_lazy("This is a picture, not a sheet.")),
    (b"\x89PNG", gettext_lazy("This is a picture, not a sheet.")),
)
_WEB_PAGE: Final = re.compile(rb"\s*<(!doctype html|html|table|\?xml)", re.IGNORECASE)
_LOCKED: Final = "EncryptedPackage".encode("utf-16-le")
_SEPARATORS: Final = (",", ";", "\t", "|")
_SAMPLE_BYTES, _SAMPLE_LINES = 200_000, 30
_LONGEST_CELL: Final = 100_000


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
    _encoding: str = ""
    _separator: str = ","

    @property
    def is_plain_csv(self) -> bool:
        """UTF-8, with commas."""
        return self._sheet is None and self._encoding == "utf-8-sig" and self._separator == ","

    def rows(self) -> Iterator[Row]:
        """Raises Invalid where reading has to stop."""
        if self._sheet is not None:
            return ((line, cells) for line, cells in enumerate(self._sheet.iter_rows(), start=1))
        return _text_rows(self.path, self._encoding, self._separator)


def open_tables(path: Path, name: str) -> list[Table]:
    """The tables of one file; `name` is what its sender calls it. Raises Invalid with the reason:
    empty, damaged, locked, a bomb, no sheet at all."""
    with path.open("rb") as stream:
        head = stream.read(4096)
    if not head.strip(b"\x00 \t\r\n\xef\xbb\xbf"):
        raise Invalid(_("The file %(name)s is empty.") % {"name": name})
    for signature, reason in _OTHERS:
        if head.startswith(signature):
            raise Invalid(f"{name}: {reason}")
    if head.startswith((_ZIP, _OLE)):
        return _sheets(path, name, is_packed=head.startswith(_ZIP))
    if _WEB_PAGE.match(head):
        raise Invalid(
            _("%(name)s is a web page under another name. Open it in Excel and save it as .xlsx.")
            % {"name": name}
        )
    encoding = _encoding_of(path, head)
    return [Table(name, "", path, _encoding=encoding, _separator=_separator_of(path, encoding))]


def _sheets(path: Path, name: str, *, is_packed: bool) -> list[Table]:
    damaged = _("%(name)s is not a readable Excel file.") % {"name": name}
    if is_packed:
        _check_size(path, damaged)
    elif _LOCKED in path.read_bytes():
        raise Invalid(_("%(name)s is locked by a password. Save it without.") % {"name": name})
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
            )
            for one in shown
        ]
    except Exception as fault:  # calamine raises a dozen kinds for what is no workbook
        raise Invalid(damaged) from fault
    return tables


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


def _check_size(path: Path, damaged: str) -> None:
    try:
        with zipfile.ZipFile(path) as packed:
            total = sum(one.file_size for one in packed.infolist())
    except zipfile.BadZipFile as fault:
        raise Invalid(damaged) from fault
    if total > min(_MOST_UNPACKED, _MOST_TIMES * path.stat().st_size + 10_000_000):
        raise Invalid(_("Unpacked, this file is larger than a province's register."))


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
    except UnicodeDecodeError:
        return "latin-1"
    return "utf-8-sig"


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


def _text_rows(path: Path, encoding: str, separator: str) -> Iterator[Row]:
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
                  "match.") % {"line": line, "name": path.name}
            ) from fault  # fmt: skip


def _names_separator(cells: list[str]) -> bool:
    """Excel's own first line, "sep=;"."""
    return bool(cells) and cells[0].lower().startswith("sep=")


def first_rows(table: Table, number: int) -> list[Row]:
    return list(islice(table.rows(), number))
