"""What an answer tells, whatever it is written in."""

import io

import python_calamine
from django.http import HttpResponse
from docx import Document
from pypdf import PdfReader

_JPEG = b"\xff\xd8\xff"


def text_of(answer: HttpResponse) -> str:
    """What a reader finds in an answer, in the cells of a workbook too."""
    content = b"".join(answer) if answer.streaming else answer.content
    if content.startswith(_JPEG):
        return content.decode("latin-1")
    if content.startswith(b"%PDF-"):
        return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages)
    if not content.startswith(b"PK"):
        return content.decode(answer.charset)
    if b"word/document.xml" in content:
        made = Document(io.BytesIO(content))
        cells = [cell.text for table in made.tables for row in table.rows for cell in row.cells]
        return "\n".join([*(one.text for one in made.paragraphs), *cells])
    book = python_calamine.load_workbook(io.BytesIO(content))
    return "\n".join(str(book.get_sheet_by_name(name).to_python()) for name in book.sheet_names)
