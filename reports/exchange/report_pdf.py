"""A report → PDF, by typst, in the official frame. Pure: the content comes in whole or as a stream.

A report of up to MOST_TAGGED lines is one typst document, archivable and accessible (PDF/A-2a,
PDF/UA-1). A longer list would take 200 MB for every thousand lines: it is made part by part and
joined, archivable without the marks for screen readers, its pages numbered without their sum.
"""

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from io import BytesIO
from itertools import chain
from pathlib import Path
from typing import Any, Final

from pypdf import PdfReader, PdfWriter

from households.exchange import paper_printing
from reports.choices import FileVersion
from reports.contents import frame, heading_grid
from reports.contents.content import Content, Head, Line, Paper, Sheet
from reports.contents.frame import Frame

MOST_TAGGED: Final = 2_000
_PART: Final = 1_000
_ROOT: Final = Path(__file__).resolve().parents[2]
_TEMPLATE: Final = _ROOT / "reports" / "data" / "report_papers" / "table.typ"
_ACCESSIBLE: Final = ["a-2a", "ua-1"]
_ARCHIVABLE: Final = ["a-2u"]
#: Width of the sheet between its margins, in points; of a figure of the typeface, in its size.
_INNER_PT: Final = {Paper.A4: 757.0, Paper.A3: 1105.0}
_FIGURE_WIDTH: Final = 0.56
_LEAST_PT, _MOST_PT = 7.0, 10.5
_NAME_WIDTHS: Final = (6, 22, 11)
#: By how much (in figures) a band may be wider than the others.
_UNEVEN: Final = 4

_Part = tuple[Sheet, list[Line], bool, bool]


def pdf(content: Content, *, version: FileVersion, foot: str = "") -> bytes:
    """Landscape, the headings on every page, as wide as the sheet. `foot` says more at the foot
    (number and digest of the edition). The same content gives the same bytes: their creation time
    is its cut-off.

    Raises typst.TypstError. Cost: 1 s for a table of a province; 4 s and 200 MB for each thousand
    lines of a list, of which a longer one than MOST_TAGGED keeps only the pages.
    """
    head = content.head
    parts = _parts(content.sheets)
    first = list(_until(parts, MOST_TAGGED))
    following = next(parts, None)
    if following is None:
        data = _data(head, first, version, foot)
        return _compiled(head, data, _ACCESSIBLE)
    return _joined(head, chain(first, [following], parts), version, foot)


def _parts(sheets: Iterable[tuple[Sheet, Iterable[Line]]]) -> Iterator[_Part]:
    """Pieces of sheets: (sheet, lines, whether it begins the sheet, whether it ends it). A unit's
    two lines and a household with its members stay together."""
    for sheet, stream in sheets:
        lines: list[Line] = []
        is_first = True
        for line in stream:
            if len(lines) >= _PART and line.level != "member" and line.counted != "persons":
                yield sheet, lines, is_first, False
                lines, is_first = [], False
            lines.append(line)
        yield sheet, lines, is_first, True


def _until(parts: Iterator[_Part], most: int) -> Iterator[_Part]:
    """Those that hold `most` lines together."""
    count = 0
    for part in parts:
        yield part
        count += len(part[1])
        if count >= most:
            return


def _joined(head: Head, parts: Iterable[_Part], version: FileVersion, foot: str) -> bytes:
    writer: PdfWriter | None = None
    for part in parts:
        data = _data(head, [part], version, foot)
        data |= {"first-page": 1 + (len(writer.pages) if writer else 0), "is-joined": True}
        made = PdfReader(BytesIO(_compiled(head, data, _ARCHIVABLE, pdf_tags=False)))
        if writer is None:
            writer = PdfWriter(clone_from=made)
        else:
            writer.append(made, import_outline=False)
    assert writer is not None
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


def _compiled(head: Head, data: dict[str, Any], standards: list[str], **how: Any) -> bytes:
    made = paper_printing.compiled(
        _TEMPLATE, data, root=_ROOT, format="pdf", pdf_standards=standards,
        timestamp=frame.cut_off(head).replace(microsecond=0), **how,
    )  # fmt: skip
    return bytes(made)


def pictures(content: Content, *, version: FileVersion, points_per_inch: int = 60) -> list[bytes]:
    """The pages as PNG, to be looked at."""
    data = _data(content.head, list(_parts(content.sheets)), version, "")
    made = paper_printing.compiled(_TEMPLATE, data, root=_ROOT, format="png", ppi=points_per_inch)
    return made if isinstance(made, list) else [made]


def _data(head: Head, parts: Sequence[_Part], version: FileVersion, foot: str) -> dict[str, Any]:
    is_public = version == FileVersion.PUBLIC
    words = [frame.frame_of(head, part[0], is_public=is_public, foot=foot) for part in parts]
    papers = {part[0].paper for part in parts}
    sheet = Paper.A3 if Paper.A3 in papers else Paper.A4
    return {
        "title": head.title,
        "mark": " · ".join(words[0].marks),
        "foot": words[0].foot,
        "issuer-above": words[0].issuer[0],
        "issuer": words[0].issuer[1],
        "sheet": sheet.value.lower(),
        "parts": [
            band
            for part, told in zip(parts, words, strict=True)
            for band in _bands(head, part, told, _INNER_PT[sheet])
        ],
    }


def _bands(head: Head, part: _Part, words: Frame, inner_pt: float) -> list[dict[str, Any]]:
    """A part as one table, or where it is too wide to be read as several below each other, each
    with the names and some of the columns."""
    sheet, lines, is_first, is_last = part
    cuts = _cuts(sheet, inner_pt)
    return [
        {
            "title": words.title,
            "under": words.under,
            "has-head": is_first and at == 0,
            "has-end": is_last and at == len(cuts) - 1,
            "notes": words.notes if is_last and at == len(cuts) - 1 else (),
            "signers": words.signers,
            "dated": words.dated,
            **_table(head, replace(sheet, columns=sheet.columns[cut]), lines, cut, inner_pt),
        }
        for at, cut in enumerate(cuts)
    ]


def _cuts(sheet: Sheet, inner_pt: float) -> list[slice]:
    """Columns that are read at _LEAST_PT or larger side by side: as few bands as do, about as wide
    as each other."""
    names = sum(_NAME_WIDTHS[: len(sheet.names)])
    room = inner_pt / (_LEAST_PT * _FIGURE_WIDTH) - names
    whole = sum(column.width for column in sheet.columns)
    wide = whole / max(1, math.ceil(whole / room))
    found, begun, width = [], 0, 0
    for at, column in enumerate(sheet.columns):
        if at > begun and width + column.width > max(wide, column.width) + _UNEVEN:
            found.append(slice(begun, at))
            begun, width = at, 0
        width += column.width
    return [*found, slice(begun, len(sheet.columns))]


def _table(
    head: Head, sheet: Sheet, lines: Sequence[Line], cut: slice, inner_pt: float
) -> dict[str, Any]:
    widths = [*_NAME_WIDTHS[: len(sheet.names)], *(column.width for column in sheet.columns)]
    fitting = inner_pt / (sum(widths) * _FIGURE_WIDTH)
    rows = heading_grid.heading_rows(sheet)
    return {
        "size": round(min(_MOST_PT, fitting), 1),
        "widths": widths,
        "alignments": _alignments(sheet),
        "depth": len(rows),
        "heads": [
            {"x": one.column, "y": y, "across": one.across, "down": one.down, "text": one.text}
            for y, row in enumerate(rows)
            for one in row
        ],
        "numbers": heading_grid.number_line(sheet),
        "rows": [
            {"bold": frame.is_bold(line, head), "cells": cells}
            for line, cells in _rows(head, sheet, lines, cut)
        ],
    }


def _alignments(sheet: Sheet) -> str:
    names = "cll"[: len(sheet.names)]
    return names + "".join(frame.alignment(one)[0] for one in sheet.columns)


def _rows(
    head: Head, sheet: Sheet, lines: Sequence[Line], cut: slice
) -> Iterator[tuple[Line, list[str | dict[str, Any] | None]]]:
    """Number and name of a unit with two lines reach over both (None in the second)."""
    for line in lines:
        cells: list[str | dict[str, Any] | None] = [*frame.leading_cells(line, sheet, head)]
        if sheet.two_lines and line.counted == "persons":
            cells[:2] = [None, None]
        elif sheet.two_lines and line.counted:
            cells[:2] = [{"text": one, "down": 2} for one in cells[:2]]
        for cell, column in zip(line.cells[cut], sheet.columns, strict=True):
            cells.append(frame.printed(cell, column, line.reasons))
        yield line, cells
