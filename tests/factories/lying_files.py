"""Files that are not what their name says, or would take all memory: small, made by code."""

import io
import zipfile
from collections.abc import Callable
from itertools import pairwise

import xlsxwriter

HOUSEHOLDS = (
    ("Mã hộ", "Họ tên chủ hộ", "Thôn", "Số nhân khẩu", "Diện tích nhà ở"),
    ("A1", "Nông Văn Thử", "Thôn Một", 1, 80),
)
MEMBERS = (
    ("Mã hộ", "Họ và tên", "Ngày sinh", "Giới tính", "Quan hệ với chủ hộ"),
    ("A1", "Nông Văn Thử", "01/05/1980", "Nam", "Chủ hộ"),
)
SHEET = "xl/worksheets/sheet1.xml"


def workbook() -> bytes:
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target, {"in_memory": True})
    for name, rows in (("Hộ", HOUSEHOLDS), ("Nhân khẩu", MEMBERS)):
        sheet = book.add_worksheet(name)
        for line, row in enumerate(rows):
            sheet.write_row(line, 0, row)
    book.close()
    return target.getvalue()


def changed(part: str, change: Callable[[bytes], bytes]) -> bytes:
    """The workbook with one of its parts changed."""
    target = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(workbook())) as source,
        zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as packed,
    ):
        for one in source.infolist():
            content = source.read(one)
            packed.writestr(one.filename, change(content) if one.filename == part else content)
    return target.getvalue()


def with_rows(rows: bytes) -> bytes:
    return changed(SHEET, lambda xml: xml.replace(b"</sheetData>", rows + b"</sheetData>"))


def packed(**parts: bytes) -> bytes:
    """Names with "__" for a stroke."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in parts.items():
            made.writestr(name.replace("__", "/").replace("_xml", ".xml"), content)
    return target.getvalue()


def far_cell() -> bytes:
    """One cell in the last corner: read as a rectangle it would take 500 GB."""
    return with_rows(b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>')


def far_cells() -> bytes:
    """Two cells a row, a thousand rows apart: as wide and nearly as long."""
    rows = (
        b'<row r="%d"><c r="A%d"><v>1</v></c><c s="1" r="XFD%d"><v>1</v></c></row>' % (at, at, at)
        for at in range(3, 1_000_000, 50_000)
    )
    return with_rows(b"".join(rows))


def styled_far_cell() -> bytes:
    """Formats alone reach the last corner, as offices have it: nothing stands there."""
    return with_rows(b'<row r="1048576"><c r="XFD1048576" s="0"/></row>')


def laughs() -> bytes:
    """Entities of entities: a kilobyte that would become gigabytes."""
    names = b"abcdefghij"
    entities = b'<!ENTITY a "aaaaaaaaaa">' + b"".join(
        b'<!ENTITY %c "%s">' % (own, b"&%c;" % before * 10) for before, own in pairwise(names)
    )
    cell = b'<row r="3"><c r="A3" t="inlineStr"><is><t>&j;</t></is></c></row></sheetData>'
    return changed(
        SHEET,
        lambda xml: xml.replace(b"<worksheet", b"<!DOCTYPE x [" + entities + b"]><worksheet", 1)
        .replace(b"</sheetData>", cell),
    )  # fmt: skip


def bomb() -> bytes:
    """A long text in one cell that unpacks to thirty million bytes."""
    text = (
        b'<row r="3"><c r="A3" t="inlineStr"><is><t>' + b"A" * 30_000_000 + b"</t></is></c></row>"
    )
    return with_rows(text)


def corrupt() -> bytes:
    content = bytearray(workbook())
    at = content.find(SHEET.encode()) + 60
    content[at : at + 40] = bytes(byte ^ 0x5A for byte in content[at : at + 40])
    return bytes(content)


_TEXT = "Mã hộ;Họ tên chủ hộ;Thôn\nA1;Nông Văn Thử;Thôn Một\n"

#: Name → content, and what the refusal says.
REFUSED: dict[str, tuple[Callable[[], bytes], str]] = {
    "word.xlsx": (lambda: packed(word__document_xml=b"<w/>"), "Word document"),
    "slides.xlsx": (lambda: packed(ppt__presentation_xml=b"<p/>"), "presentation"),
    "binary.xlsx": (lambda: packed(**{"xl__workbook.bin": b"1"}), "binary workbook"),
    "zip of a workbook.xlsx": (lambda: packed(**{"a.xlsx": workbook()}), "compressed"),
    "old word.xls": (
        lambda: b"\xd0\xcf\x11\xe0" + "WordDocument".encode("utf-16-le"), "Word document",
    ),
    "picture.xlsx": (lambda: b"GIF89a" + bytes(range(256)), "picture"),
    "export.xls": (lambda: b"\xef\xbb\xbf\r\n<meta charset=utf-8><table>", "web page"),
    "export 16.xls": (lambda: "<html><table>".encode("utf-16"), "web page"),
    "excel 2003.xls": (lambda: b'<?xml version="1.0"?><Workbook/>', "web page"),
    "half.xlsx": (lambda: workbook()[:3000], "not a readable Excel"),
    "without end.xlsx": (lambda: workbook()[:-10], "not a readable Excel"),
    "corrupt.xlsx": (corrupt, "not a readable Excel"),
    "laughs.xlsx": (laughs, "not a readable Excel"),
    "bomb.xlsx": (bomb, "Unpacked"),
    "far cell.xlsx": (far_cell, "XFD1048576 stands far away"),
    "far cells.xlsx": (far_cells, "stands far away"),
    "two encodings.csv": (
        lambda: _TEXT.encode() + "A2;Lò Thà;Thôn Hà\n".encode("latin-1"), "From line 3 on",
    ),
    "open quote.csv": (
        lambda: (_TEXT + 'A2;"Lý Văn Hà;Thôn Một\n').encode(), "Line 3 of open quote.csv",
    ),
    "zeros.csv": (lambda: _TEXT.encode().replace(b"V", b"\x00"), "neither a workbook"),
}  # fmt: skip
