"""Photos and scans of pages become one harmless PDF."""

import io

import pytest
from pypdf import PdfReader

from households.errors import Invalid
from households.exchange import papers
from tests.factories import pictures as make


def _read(content: bytes) -> PdfReader:
    return PdfReader(io.BytesIO(content))


def test_pages_of_different_files_are_joined_in_order() -> None:
    paper = papers.paper([make.jpeg(300, 400), make.pdf(2), make.png(200, 100)])
    pages = _read(paper.content).pages
    assert paper.page_count == len(pages) == 4
    assert [round(page.mediabox.width) for page in pages] == [108, 595, 595, 72]


def test_a_paper_that_begins_with_a_photo_has_a_small_picture() -> None:
    assert papers.paper([make.jpeg()]).small is not None
    assert papers.paper([make.pdf(1), make.jpeg()]).small is None


def test_scripts_and_attached_files_stay_behind() -> None:
    source = make.pdf(script=True)
    assert "/Names" in _read(source).trailer["/Root"]
    kept = papers.paper([source]).content
    assert "/Names" not in _read(kept).trailer["/Root"]
    assert b"app.alert" not in kept


@pytest.mark.parametrize(
    "source",
    [b"", b"%PDF-1.4 nothing", make.pdf(1, password="x"), b"PK\x03\x04 a word file"],
    ids=["empty", "broken pdf", "locked pdf", "zip"],
)
def test_what_is_no_open_pdf_or_picture_is_refused(source: bytes) -> None:
    with pytest.raises(Invalid):
        papers.paper([source])


def test_the_wrong_file_among_several_is_named_by_its_number() -> None:
    with pytest.raises(Invalid, match="2"):
        papers.paper([make.pdf(1), b"nothing", make.pdf(1)])


def test_nothing_and_too_much_are_refused() -> None:
    with pytest.raises(Invalid):
        papers.paper([])
    with pytest.raises(Invalid, match=str(papers.MOST_PAGES)):
        papers.paper([make.pdf(papers.MOST_PAGES), make.pdf(1)])
