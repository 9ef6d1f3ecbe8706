"""Files that are written while they are asked for: to a place of their own, gone once sent."""

import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Final

from django.http import FileResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase

from households.exchange import sheets
from households.exchange.sheets import Part

XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
ZIP: Final = "application/zip"


def written(name: str, kind: str, write: Callable[[Path], None]) -> FileResponse:
    """The file that `write` makes at the path it is given. What it raises passes."""
    with tempfile.TemporaryDirectory(prefix="povreg-") as folder:
        path = Path(folder) / "file"
        write(path)
        stream = path.open("rb")
    # The folder is gone, the open file is not: closing it, Django lets go of the room.
    return FileResponse(stream, as_attachment=True, filename=name, content_type=kind)


def sheet(name: str, part: Part, *, as_csv: bool) -> HttpResponseBase:
    """A list as `name`.xlsx, or as .csv as Excel in Vietnamese reads it: UTF-8 with its mark,
    semicolons. The line above the headings of the one is the last line of the other."""
    if as_csv:
        return _csv(f"{name}.csv", part)
    return written(f"{name}.xlsx", XLSX, lambda path: sheets.write_xlsx(path, [part]))


def _csv(name: str, part: Part) -> StreamingHttpResponse:
    answer = StreamingHttpResponse(sheets.part_lines(part), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
