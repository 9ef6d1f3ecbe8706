"""A list as a Word document: A4 across, a heading that repeats, days and numbers as written."""

import datetime as dt
from collections.abc import Iterable, Sequence
from io import BytesIO
from typing import Any, Final

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt

KIND: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_FACE: Final = "Times New Roman"
_MARGIN_CM: Final = 1.5
_LEFT_CM: Final = 2.0


def docx(
    *, title: str, place: str, heads: Sequence[str], rows: Iterable[Sequence[object]], foot: str
) -> bytes:
    """Rows are numbered. Cells are text, days, whole numbers or None. Some 2 ms a row."""
    made = Document()
    _set_page(made)
    made.add_paragraph().add_run(title.upper()).bold = True
    if place:
        made.add_paragraph(place)
    table = made.add_table(rows=1, cols=len(heads) + 1)
    table.style = "Table Grid"
    for cell, words in zip(table.rows[0].cells, ["TT", *heads], strict=True):
        cell.paragraphs[0].add_run(words).bold = True
    _repeat(table.rows[0])
    for number, row in enumerate(rows, start=1):
        for cell, value in zip(table.add_row().cells, [number, *row], strict=True):
            cell.text = _words(value)
    made.add_paragraph()
    if foot:
        made.add_paragraph().add_run(foot).italic = True
    out = BytesIO()
    made.save(out)
    return out.getvalue()


def _set_page(made: Any) -> None:
    section = made.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Cm(29.7), Cm(21)
    section.left_margin = Cm(_LEFT_CM)
    section.right_margin = section.top_margin = section.bottom_margin = Cm(_MARGIN_CM)
    normal = made.styles["Normal"]
    normal.font.name, normal.font.size = _FACE, Pt(11)
    normal.element.rPr.rFonts.set(qn("w:eastAsia"), _FACE)
    normal.paragraph_format.space_after = Pt(2)


def _repeat(row: Any) -> None:
    mark = OxmlElement("w:tblHeader")
    mark.set(qn("w:val"), "true")
    row._tr.get_or_add_trPr().append(mark)


def _words(value: object) -> str:
    """1.234.567 and dd/mm/yyyy; nothing for None. Signs that XML cannot hold are left out."""
    if value is None:
        return ""
    if isinstance(value, dt.date):
        return f"{value:%d/%m/%Y}"
    if isinstance(value, int):
        return f"{value:,}".replace(",", ".")
    return "".join(one for one in str(value) if one.isprintable() or one in "\n\t")
