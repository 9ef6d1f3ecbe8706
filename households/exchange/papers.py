"""Photos and scans of the pages of one paper → one PDF, in the order given."""

import io
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext as _
from PIL import Image
from pypdf import PageObject, PdfReader, PdfWriter
from pypdf.errors import PyPdfError

from households.errors import Invalid
from households.exchange import pictures

MOST_PAGES: Final = 60
_PDF_BEGINS: Final = b"%PDF-"
#: How far into a file the mark may stand (the format allows some bytes before it).
_MARK_WITHIN_BYTES: Final = 1024
_QUALITY: Final = 70
_POINTS_PER_INCH: Final = 200.0


@dataclass(frozen=True)
class Paper:
    """One PDF without scripts, forms or attached files; `small` is a picture of its first page
    when that came as a picture, else None."""

    content: bytes
    page_count: int
    small: bytes | None


def paper(sources: Sequence[bytes]) -> Paper:
    """Each source is a JPEG, a PNG or a PDF, told by its content.

    Raises Invalid, naming the file by its number when there are several.
    """
    if not sources:
        raise Invalid(_("Choose a file."))
    writer = PdfWriter()
    for number, source in enumerate(sources, start=1):
        try:
            for page in _pages(source):
                writer.add_page(page)
        except Invalid as fault:
            if len(sources) == 1:
                raise
            raise Invalid(
                _("File %(number)s: %(what)s") % {"number": number, "what": fault.message}
            ) from fault
        if len(writer.pages) > MOST_PAGES:
            raise Invalid(
                _("More than %(most)s pages; divide the paper into parts.") % {"most": MOST_PAGES}
            )
    _make_harmless(writer)
    out = io.BytesIO()
    writer.write(out)
    first = sources[0]
    small = None if _is_pdf(first) else pictures.photo(first).small
    return Paper(content=out.getvalue(), page_count=len(writer.pages), small=small)


def _make_harmless(writer: PdfWriter) -> None:
    """Only pages were taken over, not what a PDF does or carries beside them; here what hangs on
    the pages themselves goes too: links, fields, attached files, scripts."""
    writer.remove_annotations(None)
    for page in writer.pages:
        page.pop("/AA", None)
    writer.compress_identical_objects()


def _is_pdf(source: bytes) -> bool:
    return _PDF_BEGINS in source[:_MARK_WITHIN_BYTES]


def _pages(source: bytes) -> list[PageObject]:
    content = source if _is_pdf(source) else _page_of(source)
    try:
        reader = PdfReader(io.BytesIO(content))
        if reader.is_encrypted:
            raise Invalid(_("The PDF is locked with a password; save it without one."))
        pages = list(reader.pages)
    except (PyPdfError, OSError, ValueError, KeyError, RecursionError) as fault:
        raise Invalid(_("The PDF is damaged or is none; scan it again.")) from fault
    if not pages:
        raise Invalid(_("The PDF has no page."))
    return pages


def _page_of(source: bytes) -> bytes:
    """A picture as one page of a PDF."""
    picture = pictures.opened(source, longest_side_px=pictures.PAPER_SIDE_PX)
    side = pictures.PAPER_SIDE_PX
    picture.thumbnail((side, side), Image.Resampling.LANCZOS)
    picture.info.clear()
    out = io.BytesIO()
    picture.save(out, "PDF", quality=_QUALITY, resolution=_POINTS_PER_INCH)
    return out.getvalue()
