"""What a file is by its first bytes and its parts, whatever its name says."""

import re
import zipfile
from collections.abc import Collection
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

ZIP, OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
_PICTURE: Final = _("This is a picture, not a sheet.")
_COMPRESSED: Final = _("This is a compressed file, not a sheet.")
_WORD: Final = _("This is a Word document, not a sheet. Copy its table into Excel.")
_BEGINNINGS: Final[tuple[tuple[bytes, Promise], ...]] = (
    (b"%PDF", _("This is a PDF, not a sheet.")),
    (b"{\\rtf", _WORD),
    (b"\x1f\x8b", _COMPRESSED),
    (b"Rar!", _COMPRESSED),
    (b"7z\xbc\xaf", _COMPRESSED),
    (b"\xff\xd8\xff", _PICTURE),
    (b"\x89PNG", _PICTURE),
    (b"GIF8", _PICTURE),
    (b"RIFF", _PICTURE),
)
_BINARY_BOOK: Final = _("This is a binary workbook (.xlsb). Open it in Excel and save it as .xlsx.")
#: Parts that tell what a packed file is.
_PARTS: Final[tuple[tuple[str, Promise], ...]] = (
    ("word/document.xml", _WORD),
    ("ppt/presentation.xml", _("This is a presentation, not a sheet.")),
    ("xl/workbook.bin", _BINARY_BOOK),
)
_BOOKS: Final = frozenset({"xl/workbook.xml", "content.xml"})
_OLD_WORD: Final = "WordDocument".encode("utf-16-le")
_LOCKED: Final = "EncryptedPackage".encode("utf-16-le")
#: No table in text begins so.
_TAG: Final = re.compile(rb"<[!?a-z]", re.IGNORECASE)


def why_no_sheet(head: bytes) -> Promise | None:
    """By the first bytes; None for what may be a sheet."""
    for beginning, reason in _BEGINNINGS:
        if head.startswith(beginning):
            return reason
    return None


def is_web_page(head: bytes) -> bool:
    """HTML, or Excel's XML of 2003, in whatever encoding: what many systems export as .xls."""
    plain = head.removeprefix(b"\xef\xbb\xbf").removeprefix(b"\xff\xfe").replace(b"\x00", b"")
    return _TAG.match(plain.lstrip()) is not None


def why_no_packed_sheet(names: Collection[str]) -> Promise | None:
    """By the parts of a packed file; None for a workbook, and for what may be a damaged one."""
    for part, reason in _PARTS:
        if part in names:
            return reason
    is_book = not _BOOKS.isdisjoint(names) or any(one.startswith("xl/") for one in names)
    return None if is_book else _COMPRESSED


def is_locked(content: bytes) -> bool:
    """Of an OLE file: a workbook under a password."""
    return _LOCKED in content


def is_old_word(content: bytes) -> bool:
    return _OLD_WORD in content


def word_reason() -> Promise:
    return _WORD


def part_names(packed: zipfile.ZipFile) -> set[str]:
    return {one.filename for one in packed.infolist()}
