"""A paper's words → PDF, by typst. Pure: what it prints comes in whole."""

import io
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final

import typst
from pypdf import PdfWriter

FOLDER: Final = Path(__file__).resolve().parent.parent / "data" / "papers"


def pdf(template: str, data: Mapping[str, Any]) -> bytes:
    """The paper of data/papers/<template>.typ with `data` (plain JSON values: text is printed as it
    stands, never read as markup). Tagged for screen readers. The same data give the same pages.

    Raises typst.TypstError when the template does not fit the data. Cost: 0.1 to 0.3 s.
    """
    return bytes(compiled(_path(template), data, root=FOLDER, format="pdf"))


def joined(template: str, papers: Sequence[Mapping[str, Any]]) -> bytes:
    """As pdf of each, one behind the other in one file, pages counted for each by itself."""
    writer = PdfWriter()
    for data in papers:
        writer.append(io.BytesIO(pdf(template, data)), outline_item=str(data["title"]))
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def compiled(path: Path, data: Mapping[str, Any], *, root: Path, **how: Any) -> Any:
    """What typst makes of the file with `data`, in the typefaces of papers and no others; `root` is
    the folder that its imports stay in, `how` goes to typst.compile."""
    return typst.compile(
        str(path),
        root=str(root),
        font_paths=[str(FOLDER / "fonts")],
        ignore_system_fonts=True,
        sys_inputs={"data": json.dumps(data, ensure_ascii=False)},
        **how,
    )


def pictures(template: str, data: Mapping[str, Any], *, points_per_inch: int = 80) -> list[bytes]:
    """The pages as PNG, to be looked at."""
    made = compiled(_path(template), data, root=FOLDER, format="png", ppi=points_per_inch)
    return made if isinstance(made, list) else [made]


def _path(template: str) -> Path:
    return FOLDER / f"{template}.typ"
