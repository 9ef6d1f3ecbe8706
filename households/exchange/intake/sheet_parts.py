"""What the reader of workbooks does not tell, from the parts of an .xlsx: cells so far from the
table that reading would take all memory, and formulas that have an error or no result.
"""

import re
import zipfile
from collections.abc import Iterator
from html import unescape
from typing import Final

from django.utils.translation import gettext as _

from households.errors import Invalid

#: Row and column from 0 → what stands there instead of a value: "#REF!", "=A1+B1".
Faults = dict[tuple[int, int], str]

_PIECE: Final = 1 << 20
#: Longest tag with its formula that may lie across two pieces.
_OVERLAP: Final = 20_000
_MOST_FAULTS: Final = 20_000
_LONGEST_TOLD: Final = 60
#: Beyond column CZ or row 200,000: only then all cells are counted. As writers of sheets put it,
#: for which the search is quick, and in any other way that XML allows.
_BEYOND: Final = rb"(?:[A-Za-z]{3}\d+|[D-Zd-z][A-Za-z]\d+|[A-Za-z]{1,2}(?:[2-9]\d{5}|\d{7,}))"
_FAR: Final = re.compile(rb"r=\"" + _BEYOND + rb"\"[^>]*>")
_FAR_IN_ANY_WAY: Final = re.compile(rb"r *= *[\"']" + _BEYOND + rb"[\"'][^>]*>")
_OTHER_WAYS: Final = (b"='", b" =", b"= ")
_BLANKS: Final = b"\t\r\n"
_CELL: Final = re.compile(rb"\br\s*=\s*[\"']([A-Za-z]{1,3})(\d{1,7})[\"'][^>]*>")
#: The reader makes a rectangle of all cells; this one takes a gigabyte and a half.
_MOST_CELLS: Final = 50_000_000
_LEAST_SHARE: Final = 20
_ERROR: Final = re.compile(
    rb"<c\s([^>]*\bt=\"e\"[^>]*)>(?:<f[^>]*/>|<f[^>]*>[^<]*</f>)?\s*(?:<v>([^<]*)</v>)?"
)
_NO_RESULT: Final = re.compile(
    rb"<c\s([^>]*)>\s*<f(?:[^>]*/>|[^>]*>([^<]*)</f>)\s*(?:<v\s*/>|<v>\s*</v>)?\s*</c>"
)
_AT: Final = re.compile(rb"\br=\"([A-Za-z]{1,3})(\d{1,7})\"")
_SHEET: Final = re.compile(r"<(?:\w+:)?sheet\s[^>]*>")
_NAME: Final = re.compile(r'\bname="([^"]*)"')
_ID: Final = re.compile(r'\br:id="([^"]*)"')
_RELATION: Final = re.compile(r"<(?:\w+:)?Relationship\s[^>]*>")


def faults_by_sheet(packed: zipfile.ZipFile, name: str) -> dict[str, Faults]:
    """Sheet → its faults, of those that have any. Raises Invalid where a cell stands so far away
    that the sheet cannot be read. One pass over the parts, a tenth of what reading costs."""
    found = {}
    for sheet, part in _parts(packed).items():
        faults: Faults = {}
        is_far = False
        for piece in _pieces(packed, part):
            is_far = is_far or _has_far_cell(piece)
            if len(faults) < _MOST_FAULTS:
                _add_faults(piece, faults)
        if is_far:
            _check_distance(packed, part, name, sheet)
        if faults:
            found[sheet] = faults
    return found


def _has_far_cell(piece: bytes) -> bool:
    piece = piece.translate(None, _BLANKS)
    in_any_way = any(way in piece for way in _OTHER_WAYS)
    pattern = _FAR_IN_ANY_WAY if in_any_way else _FAR
    return any(not found[0].endswith(b"/>") for found in pattern.finditer(piece))


def _parts(packed: zipfile.ZipFile) -> dict[str, str]:
    """Sheet → its part, as the book and its relations have them."""
    names = set(packed.namelist())
    if not {"xl/workbook.xml", "xl/_rels/workbook.xml.rels"} <= names:
        return {}
    relations = {}
    for tag in _RELATION.findall(
        packed.read("xl/_rels/workbook.xml.rels").decode(errors="replace")
    ):
        told = dict(re.findall(r'\b(Id|Target)="([^"]*)"', tag))
        target = told.get("Target", "")
        relations[told.get("Id", "")] = target[1:] if target[:1] == "/" else f"xl/{target}"
    parts = {}
    for tag in _SHEET.findall(packed.read("xl/workbook.xml").decode(errors="replace")):
        called, key = _NAME.search(tag), _ID.search(tag)
        if called and key and relations.get(key[1]) in names:
            parts[unescape(called[1])] = relations[key[1]]
    return parts


def _pieces(packed: zipfile.ZipFile, part: str) -> Iterator[bytes]:
    """The part in pieces that overlap, so that no tag is cut in all of them."""
    with packed.open(part) as stream:
        kept = b""
        while piece := stream.read(_PIECE):
            yield kept + piece
            kept = piece[-_OVERLAP:]


def _add_faults(piece: bytes, faults: Faults) -> None:
    if b't="e"' in piece:
        for found in _ERROR.finditer(piece):
            _add(faults, found[1], unescape((found[2] or b"#").decode(errors="replace")))
    if b"<f" in piece:
        for found in _NO_RESULT.finditer(piece):
            formula = unescape((found[2] or b"").decode(errors="replace"))
            _add(faults, found[1], f"={formula}")


def _add(faults: Faults, attributes: bytes, told: str) -> None:
    if at := _AT.search(attributes):
        faults[int(at[2]) - 1, _column(at[1]) - 1] = told[:_LONGEST_TOLD]


def _column(letters: bytes) -> int:
    """ "A" is 1."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - 64
    return number


def _check_distance(packed: zipfile.ZipFile, part: str, name: str, sheet: str) -> None:
    cells, last_row, last_column, farthest = 0, 0, 0, ""
    for piece in _pieces(packed, part):
        for found in _CELL.finditer(piece):
            if found[0].endswith(b"/>"):
                continue
            cells += 1
            row, column = int(found[2]), _column(found[1])
            if row > last_row or column > last_column:
                farthest = f"{found[1].decode().upper()}{row}"
            last_row, last_column = max(last_row, row), max(last_column, column)
    if last_row * last_column > max(_MOST_CELLS, _LEAST_SHARE * cells):
        raise Invalid(
            _(
                "In %(name)s, sheet “%(sheet)s”, cell %(cell)s stands far away from the table. Copy"
                " the table into a new workbook and send that."
            )
            % {"name": name, "sheet": sheet, "cell": farthest}
        )
