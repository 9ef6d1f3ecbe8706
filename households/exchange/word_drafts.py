"""The Word templates that povreg ships, made from the lines of data/papers/word/<paper>.txt.

A line is a paragraph; what is between {{ }} or {% %} is filled in when it is printed (docxtpl).
Marks: "# " and "## " titles, "= " centred, *bold*, "|" the head of a table (name:width in cm, with
">" after it what stands on the right), "|rows| " a row for each of rows (several may follow;
"|*rows| " bold where row.bold is true), "|| " a last row; "@heading", "@both", "@signatures",
"@sign", "@page"; "@small" and "@landscape" for the whole paper, "@part" for a part with so many
columns.
"""

import re
from collections import deque
from functools import lru_cache
from io import BytesIO
from pathlib import Path
from typing import Any, Final

from docx import Document
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt

FOLDER: Final = Path(__file__).resolve().parent.parent / "data" / "papers" / "word"
#: The state's form for documents: margins in cm, a Times-metric face, 13 points.
_MARGINS = {"top": 2.0, "bottom": 2.0, "left": 3.0, "right": 1.5}
_FACE, _SIZE, _TABLE_SIZE = "Times New Roman", 13, 12
_SMALL, _SMALL_TABLE, _SMALL_MARGIN = 8, 7, 1
#: Columns of a grid that hold words (name, relation); what they measure in cm, with its loops.
_WIDE: Final = 6
_GRID_WIDTHS: Final = (0.7, 2.4, 2.4, 2.4, 1.1, 1.1, 1.1)
_BOLD = re.compile(r"\*([^*]+)\*")
_BOLD_OR_NOT: Final = "{{% if row.bold %}}*{0}*{{% else %}}{0}{{% endif %}}"
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
    lines = deque((FOLDER / f"{paper}.txt").read_text(encoding="utf-8").splitlines())
    while lines:
        _add(made, lines.popleft(), lines)
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


def _set_small(made: Any) -> None:
    """For a form of many questions: nothing of it is read aloud or hung out."""
    section, normal = made.sections[0], made.styles["Normal"]
    for side in _MARGINS:
        setattr(section, f"{side}_margin", Cm(_SMALL_MARGIN))
    # In a loop of parts it is what stands before the first page: what ends a form.
    section.start_type = WD_SECTION.CONTINUOUS
    normal.font.size, normal.paragraph_format.space_after = Pt(_SMALL), Pt(0)


def _set_landscape(made: Any) -> None:
    section = made.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Cm(29.7), Cm(21)


def _add_page(made: Any) -> None:
    """A paragraph too small to see that begins the page: a break of its own, after a page that is
    full to the last line, would leave an empty one."""
    paragraph = made.add_paragraph()
    paragraph.paragraph_format.page_break_before = True
    paragraph.paragraph_format.space_after = Pt(0)
    paragraph.paragraph_format.line_spacing = Pt(1)


def _add_part(made: Any, asked: str) -> None:
    """What follows stands in so many columns, on the same page or ("page") on a new one."""
    columns, *where = asked.split()
    section = made.add_section(WD_SECTION.NEW_PAGE if where else WD_SECTION.CONTINUOUS)
    cols = section._sectPr.find(qn("w:cols"))
    if cols is None:
        cols = OxmlElement("w:cols")
        section._sectPr.append(cols)
    cols.set(qn("w:num"), columns)
    cols.set(qn("w:space"), "340")


def _add(made: Any, line: str, rest: deque[str]) -> None:
    if line.startswith("@heading"):
        _add_heading(made, line.removeprefix("@heading").strip())
    elif line.startswith("@both "):
        _add_both(made, _split(line.removeprefix("@both ")))
    elif line.startswith("@part "):
        _add_part(made, line.removeprefix("@part "))
    elif line.startswith("@grid "):
        _add_grid(made, *_split(line.removeprefix("@grid ")))
    elif line in _WHOLE:
        _WHOLE[line](made)
    elif line.startswith("@signatures "):
        _add_signatures(made, _split(line.removeprefix("@signatures ")))
    elif line.startswith("@sign "):
        _add_signer(made, _split(line.removeprefix("@sign ")))
    elif line == "@page":
        _add_page(made)
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


_WHOLE: Final = {"@small": _set_small, "@landscape": _set_landscape}


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
            "{{ place }}, {{ dated or 'ngày …… tháng …… năm ' ~ year }}",
        ],
    )
    made.add_paragraph()


def _add_both(made: Any, sides: list[str]) -> None:
    """Lines on the left and lines on the right; a side that is empty leaves its place free."""
    table = made.add_table(rows=1, cols=2)
    _set_widths(table, [21, 6] if _is_small(made) else [6.5, 10])
    for cell, side in zip(table.rows[0].cells, sides, strict=True):
        _fill(cell, [line.strip() for line in side.split(" / ")], smaller=_is_small(made))


def _add_signatures(made: Any, who: list[str]) -> None:
    table = made.add_table(rows=1, cols=len(who))
    space = 1 if _is_small(made) else _SIGNING_SPACE
    for cell, name in zip(table.rows[0].cells, who, strict=True):
        _fill(cell, [f"*{name}*", "(ký, ghi rõ họ tên)", *[""] * space], smaller=_is_small(made))


def _add_signer(made: Any, parts: list[str]) -> None:
    """Who signs on the right; on the left to whom it goes."""
    signer, *receivers = parts
    left, right = made.add_table(rows=1, cols=2).rows[0].cells
    left.paragraphs[0].add_run(receivers[0] if receivers else "").italic = True
    for line in receivers[1:]:
        _write(left.add_paragraph(), line, size=11)
    _fill(right, [*(f"*{line}*" for line in signer.split(" / ")), *[""] * _SIGNING_SPACE])


def _fill(cell: Any, lines: list[str], *, smaller: bool = False) -> None:
    for number, line in enumerate(lines):
        paragraph = cell.paragraphs[0] if number == 0 else cell.add_paragraph()
        paragraph.paragraph_format.space_after = Pt(0)
        _write(paragraph, line, centred=True, size=10 if smaller else 12)


def _add_table(made: Any, head: str, rest: deque[str]) -> None:
    """The head, the rows that are repeated, and a last row where the next line has one."""
    columns = [part.rsplit(":", 1) for part in _cells(head[1:])]
    table = made.add_table(rows=1, cols=len(columns))
    table.style, table.alignment = "Table Grid", WD_TABLE_ALIGNMENT.CENTER
    _set_widths(table, [float(width.rstrip(">")) for __, width in columns])
    for cell, (name, __) in zip(table.rows[0].cells, columns, strict=True):
        _write(cell.paragraphs[0], f"*{name}*", size=_table_size(made))
    _repeat_on_each_page(table.rows[0])
    size = _table_size(made)
    while rest and rest[0].startswith("|") and not rest[0].startswith("| "):
        rows, cells = rest.popleft()[1:].split("| ", 1)
        if not rows:
            _fill_row(table, _cells(cells), columns, size)
            continue
        texts = _cells(cells)
        if rows.startswith("*"):
            rows, texts = rows[1:], [_BOLD_OR_NOT.format(one) for one in texts]
        table.add_row().cells[0].text = f"{{%tr for row in {rows.strip()} %}}"
        _fill_row(table, texts, columns, size)
        table.add_row().cells[0].text = "{%tr endfor %}"


def _add_grid(made: Any, heads: str, rows: str, blank: str) -> None:
    """A table whose columns come with the data: numbered, the first of them wide, the heads of
    those after upright; `blank` empty rows to write on."""
    table = made.add_table(rows=1, cols=7)
    table.style = "Table Grid"
    _fill_cells(table.rows[0], "TT", f"{heads}[:{_WIDE}]", f"{heads}[{_WIDE}:]", "*{{ one }}*")
    _turn_upright(table.rows[0].cells[5])
    _repeat_on_each_page(table.rows[0])
    table.add_row().cells[0].text = f"{{%tr for row in {rows} %}}"
    _fill_cells(table.add_row(), "{{ loop.index }}", f"row[:{_WIDE}]", f"row[{_WIDE}:]")
    table.add_row().cells[0].text = "{%tr endfor %}"
    table.add_row().cells[0].text = f"{{%tr for row in range({blank}) %}}"
    _fill_cells(table.add_row(), "", f"{heads}[:{_WIDE}]", f"{heads}[{_WIDE}:]", "{{ '' }}")
    table.add_row().cells[0].text = "{%tr endfor %}"


def _fill_cells(row: Any, first: str, wide: str, narrow: str, text: str = "{{ one }}") -> None:
    words = [f"{{%tc for one in {wide} %}}", text, "{%tc endfor %}"]
    words += [f"{{%tc for one in {narrow} %}}", text, "{%tc endfor %}"]
    for cell, said, width in zip(row.cells, [first, *words], _GRID_WIDTHS, strict=True):
        cell.width = Cm(width)
        _write(cell.paragraphs[0], said, size=_SMALL_TABLE)


def _turn_upright(cell: Any) -> None:
    turned = OxmlElement("w:textDirection")
    turned.set(qn("w:val"), "btLr")
    cell._tc.get_or_add_tcPr().append(turned)


def _table_size(made: Any) -> float:
    return _SMALL_TABLE if _is_small(made) else _TABLE_SIZE


def _is_small(made: Any) -> bool:
    return bool(made.styles["Normal"].font.size == Pt(_SMALL))


def _set_widths(table: Any, widths: list[float]) -> None:
    """In cm; as they stand here, whatever the words."""
    table.autofit = False
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Cm(width)
        for cell in column.cells:
            cell.width = Cm(width)


def _cells(text: str) -> list[str]:
    return [part.strip() for part in text.split("|")]


def _fill_row(table: Any, texts: list[str], columns: list[list[str]], size: float) -> None:
    row = table.add_row()
    for cell, text, (__, width) in zip(row.cells, texts, columns, strict=True):
        cell.width = Cm(float(width.rstrip(">")))
        _write(cell.paragraphs[0], text, size=size)
        if width.endswith(">"):
            cell.paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.RIGHT


def _repeat_on_each_page(row: Any) -> None:
    properties = row._tr.get_or_add_trPr()
    mark = OxmlElement("w:tblHeader")
    mark.set(qn("w:val"), "true")
    properties.append(mark)
