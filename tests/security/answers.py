"""What an answer tells, whatever it is written in."""

import io

import python_calamine
from django.http import HttpResponse


def text_of(answer: HttpResponse) -> str:
    """What a reader finds in an answer, in the cells of a workbook too."""
    content = b"".join(answer) if answer.streaming else answer.content
    if not content.startswith(b"PK"):
        return content.decode(answer.charset)
    book = python_calamine.load_workbook(io.BytesIO(content))
    return "\n".join(str(book.get_sheet_by_name(name).to_python()) for name in book.sheet_names)
