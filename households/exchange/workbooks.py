"""A workbook with the two sheets of the exchange format, as the two CSV files that the import
reads."""

import csv
import datetime as dt
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Final

import python_calamine
from django.utils.translation import gettext as _

from households.errors import Invalid
from households.folding import fold

#: Sheets by what they hold; their names folded.
_SHEETS: Final[Mapping[str, tuple[str, ...]]] = {
    "households": ("households", "ho", "ho gia dinh"),
    "members": ("members", "nhan khau", "thanh vien"),
}
#: Unpacked, a province's workbook stays under this; a bomb does not.
_MOST_UNPACKED: Final = 2_000_000_000


def is_workbook(path: Path) -> bool:
    """By its first bytes, whatever its name says."""
    with path.open("rb") as stream:
        return stream.read(4) == b"PK\x03\x04"


def unpack(path: Path, folder: Path) -> tuple[Path, Path]:
    """Write households.csv and members.csv of a workbook into the folder; a cell as one would have
    typed it, a day as an ISO date. Raises Invalid: damaged, too large, a sheet missing."""
    _check_size(path)
    try:
        book = python_calamine.load_workbook(str(path))
    except Exception as fault:  # calamine raises a dozen kinds for what is no workbook
        raise Invalid(_("This file is not a readable Excel file.")) from fault
    names = {fold(name): name for name in book.sheet_names}
    written = []
    for what, known in _SHEETS.items():
        name = next((names[one] for one in known if one in names), None)
        if name is None:
            raise Invalid(_("The workbook has no sheet “%(name)s”.") % {"name": what})
        target = folder / f"{what}.csv"
        with target.open("w", encoding="utf-8", newline="") as stream:
            rows = csv.writer(stream)
            for line in book.get_sheet_by_name(name).iter_rows():
                rows.writerow([_typed(cell) for cell in line])
        written.append(target)
    return written[0], written[1]


def _check_size(path: Path) -> None:
    try:
        with zipfile.ZipFile(path) as packed:
            total = sum(one.file_size for one in packed.infolist())
    except zipfile.BadZipFile as fault:
        raise Invalid(_("This file is not a readable Excel file.")) from fault
    if total > _MOST_UNPACKED:
        raise Invalid(_("Unpacked, this file is larger than a province's register."))


def _typed(cell: object) -> str:
    if isinstance(cell, bool):
        return "Y" if cell else "N"
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, dt.datetime):
        return cell.date().isoformat()
    if isinstance(cell, dt.date):
        return cell.isoformat()
    return str(cell).replace("\x00", "")
