"""The Word templates that povreg ships, made from the lines of data/papers/word/<paper>.txt.

A line is a paragraph; what is between {{ }} or {% %} is filled in when it is printed (docxtpl).
Marks: "# " and "## " titles, "= " centred, *bold*, "|" the head of a table (name:width in cm),
"|rows| " its row for each of rows, "|| " a last row, "@heading", "@signatures", "@sign", "@page".
"""

import re
from collections.abc import Iterator
from functools import lru_cache
from io import BytesIO
from pathlib import Path
from typing import Any, Final

from docx import Document
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt

FOLDER: Final = Path(__file__).resolve().parent.parent / "data" / "papers" / "word"
#: The state's form for documents: margins in cm, a Times-metric face, 13 points.
_MARGINS = {"top": 2.0, "bottom": 2.0, "left": 3.0, "right": 1.5}
_FACE, _SIZE = "Times New Roman", 13
_BOLD = re.compile(r"\*([^*]+)\*")
_CENTRE = WD_ALIGN_PARAGRAPH.CENTER
_SIGNING_SPACE = 4


def papers() -> list[str]:
    """The papers that have a Word template, by name."""
    return sorted(path.stem for path in FOLDER.glob("*.txt"))


@lru_cache(maxsize=32)
def draft(paper: str) -> bytes:
    """The shipped template of a paper as .docx. Cost: some 30 ms, once a process."""
    made = Document()
    _set_page(made)
    lines = iter((FOLDER / f"{paper}.txt").read_text(encoding="utf-8").splitlines())
    for line in lines:
        _add(made, line, lines)
    out = BytesIO()
    made.save(out)
    return out.getvalue()


def _set_page(made: Any) -> None:
    section = made.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    for side, width in _MARGINS.items():
        setattr(section, f"{side}_margin", Cm(width))
    normal = made.styles["Normal"]
    normal.font.name, normal.font.size = _FACE, Pt(_SIZE)
    normal.element.rPr.rFonts.set(qn("w:eastAsia"), _FACE)
    normal.paragraph_format.space_after = Pt(4)


def _add(made: Any, line: str, rest: Iterator[str]) -> None:
    if line.startswith("@heading"):
        _add_heading(made, line.removeprefix("@heading").strip())
    elif line.startswith("@signatures "):
        _add_signatures(made, _split(line.removeprefix("@signatures ")))
    elif line.startswith("@sign "):
        _add_signer(made, _split(line.removeprefix("@sign ")))
    elif line == "@page":
        made.add_page_break()
    elif line.startswith("| "):
        _add_table(made, line, rest)
    elif line.startswith("## "):
        _write(made.add_paragraph(), f"*{line[3:]}*", centred=True)
    elif line.startswith("# "):
        _write(made.add_paragraph(), f"*{line[2:]}*", centred=True, size=14)
    elif line.startswith("= "):
        _write(made.add_paragraph(), line[2:], centred=True)
    else:
        _write(made.add_paragraph(), line)


def _write(paragraph: Any, text: str, *, centred: bool = False, size: float = 0) -> None:
    """Text with *bold* parts."""
    for number, part in enumerate(_BOLD.split(text)):
        if part:
            run = paragraph.add_run(part)
            run.bold = number % 2 == 1
            if size:
                run.font.size = Pt(size)
    if centred:
        paragraph.alignment = _CENTRE


def _split(text: str) -> list[str]:
    return [part.strip() for part in text.split(" ; ")]


def _add_heading(made: Any, number: str) -> None:
    """The state's heading: who issues and the number on the left, the nation on the right."""
    table = made.add_table(rows=1, cols=2)
    _set_widths(table, [6.5, 10])
    left, right = table.rows[0].cells
    _fill(left, ["{{ issuer_above|upper }}", "*{{ issuer|upper }}*", number])
    _fill(
        right,
        [
            "*CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM*",
            "*Độc lập - Tự do - Hạnh phúc*",
            "{{ place }}, ngày …… tháng …… năm {{ year }}",
        ],
    )
    made.add_paragraph()


def _add_signatures(made: Any, who: list[str]) -> None:
    table = made.add_table(rows=1, cols=len(who))
    for cell, name in zip(table.rows[0].cells, who, strict=True):
        _fill(cell, [f"*{name}*", "(ký, ghi rõ họ tên)", *[""] * _SIGNING_SPACE])


def _add_signer(made: Any, parts: list[str]) -> None:
    """Who signs on the right; on the left to whom it goes."""
    signer, *receivers = parts
    left, right = made.add_table(rows=1, cols=2).rows[0].cells
    left.paragraphs[0].add_run(receivers[0] if receivers else "").italic = True
    for line in receivers[1:]:
        _write(left.add_paragraph(), line, size=11)
    _fill(right, [*(f"*{line}*" for line in signer.split(" / ")), *[""] * _SIGNING_SPACE])


def _fill(cell: Any, lines: list[str]) -> None:
    for number, line in enumerate(lines):
        paragraph = cell.paragraphs[0] if number == 0 else cell.add_paragraph()
        paragraph.paragraph_format.space_after = Pt(0)
        _write(paragraph, line, centred=True, size=12)


def _add_table(made: Any, head: str, rest: Iterator[str]) -> None:
    """The head, the row that is repeated, and a last row where the next line has one."""
    columns = [part.rsplit(":", 1) for part in _cells(head[1:])]
    table = made.add_table(rows=1, cols=len(columns))
    table.style, table.alignment = "Table Grid", WD_TABLE_ALIGNMENT.CENTER
    _set_widths(table, [float(width) for __, width in columns])
    for cell, (name, __) in zip(table.rows[0].cells, columns, strict=True):
        _write(cell.paragraphs[0], f"*{name}*", size=12)
    _repeat_on_each_page(table.rows[0])
    __, rows, cells = next(rest).split("|", 2)
    table.add_row().cells[0].text = f"{{%tr for row in {rows.strip()} %}}"
    _fill_row(table, _cells(cells), columns)
    table.add_row().cells[0].text = "{%tr endfor %}"
    if "totals" in (last := _peek(rest)):
        _fill_row(table, _cells(last.removeprefix("||")), columns)
    elif last:
        _add(made, last, rest)


def _set_widths(table: Any, widths: list[float]) -> None:
    """In cm; as they stand here, whatever the words."""
    table.autofit = False
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Cm(width)
        for cell in column.cells:
            cell.width = Cm(width)


def _peek(rest: Iterator[str]) -> str:
    return next(rest, "")


def _cells(text: str) -> list[str]:
    return [part.strip() for part in text.split("|")]


def _fill_row(table: Any, texts: list[str], columns: list[list[str]]) -> None:
    row = table.add_row()
    for cell, text, (__, width) in zip(row.cells, texts, columns, strict=True):
        cell.width = Cm(float(width))
        _write(cell.paragraphs[0], text, size=12)


def _repeat_on_each_page(row: Any) -> None:
    properties = row._tr.get_or_add_trPr()
    mark = OxmlElement("w:tblHeader")
    mark.set(qn("w:val"), "true")
    properties.append(mark)
