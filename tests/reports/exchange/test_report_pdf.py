"""Promises: the same content gives the same pages, in the official frame, archivable and tagged."""

from collections.abc import Iterator
from io import BytesIO

import pytest
from pypdf import PdfReader

from reports.choices import FileVersion
from reports.contents.content import Content, Line
from reports.contents.frame import SMALL
from reports.exchange import report_pdf
from tests.factories import report_contents as told

INTERNAL, PUBLIC = FileVersion.INTERNAL, FileVersion.PUBLIC


def _content(**given: object) -> Content:
    sheet = told.sheet(told.columns("a", "b", "rate", rates=["rate"]), notes=("Ghi chú riêng.",))
    lines = [
        told.unit("district", "1", "Huyện Một", 1234, 4, "21.95", key=2),
        told.unit("commune", "1.1", "Xã Hai", 34, None, None, key=3, reasons={"b": SMALL}),
        told.unit("province", "", "Mẫu", 1234, 4, "21.95", key=1),
    ]
    return told.content(told.head(**given), (sheet, lines))


def _text(made: bytes) -> str:
    return "\n".join(page.extract_text() for page in PdfReader(BytesIO(made)).pages)


def test_the_frame_and_the_figures_are_there() -> None:
    text = _text(report_pdf.pdf(_content(), version=INTERNAL, foot="Bản số 2"))
    for words in (
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
        "ỦY BAN NHÂN DÂN",
        "TỈNH MẪU",
        "TỔNG HỢP",
        "Theo chuẩn nghèo 2022–2025",
        "Số liệu chính thức, đến 09:30 ngày 14/12/2024",
        "1.234",
        "21,95",
        "Tổng cộng Mẫu",
        "Ghi chú riêng.",
        "CHỦ TỊCH",
        "Bản số 2",
        "1/1",
    ):
        assert words in text, words


def test_the_same_content_gives_the_same_bytes() -> None:
    assert report_pdf.pdf(_content(), version=INTERNAL) == report_pdf.pdf(
        _content(), version=INTERNAL
    )


def test_it_is_archivable_tagged_and_dated_by_its_cut_off() -> None:
    made = PdfReader(BytesIO(report_pdf.pdf(_content(), version=INTERNAL)))
    root = made.root_object
    assert root["/MarkInfo"]["/Marked"] == True  # noqa: E712
    assert root["/Lang"] == "vi"
    xmp = root["/Metadata"].get_data().decode()
    assert "<pdfaid:part>2</pdfaid:part>" in xmp
    assert "<pdfuaid:part>1</pdfuaid:part>" in xmp
    assert made.metadata is not None
    assert made.metadata.title == "Tổng hợp diễn biến hộ nghèo năm 2024"
    assert made.metadata.creation_date is not None
    assert made.metadata.creation_date.isoformat() == "2024-12-14T02:30:00+00:00"


def test_it_lies_landscape_on_the_largest_paper_of_its_sheets() -> None:
    page = PdfReader(BytesIO(report_pdf.pdf(_content(), version=INTERNAL))).pages[0]
    assert round(page.mediabox.width) == 1191  # A3
    assert round(page.mediabox.height) == 842


def test_a_number_that_is_not_published_has_a_sign() -> None:
    assert "…" in _text(report_pdf.pdf(_content(), version=PUBLIC))


@pytest.mark.parametrize(
    ("given", "version", "has_mark"),
    [
        ({"is_restricted": True}, INTERNAL, True),
        ({"is_restricted": True}, PUBLIC, False),
        ({}, INTERNAL, False),
        ({"has_names": True}, INTERNAL, True),
    ],
)
def test_what_is_not_to_be_published_says_so(
    given: dict[str, object], version: FileVersion, has_mark: bool
) -> None:
    text = _text(report_pdf.pdf(_content(**given), version=version))
    assert ("Không công bố" in text) is has_mark


def test_invented_people_and_missing_communes_are_told() -> None:
    text = _text(report_pdf.pdf(_content(is_sample=True, missing=("Ba", "Bốn")), version=INTERNAL))
    assert "Số liệu mẫu, không dùng để công nhận" in text
    assert "Còn thiếu 2 xã: Ba, Bốn" in text


def test_two_lines_of_a_unit_share_its_name() -> None:
    sheet = told.sheet(told.columns("a"), names=("STT", "Đơn vị", "Đối tượng"), two_lines=True)
    lines = [
        told.unit("commune", "1", "Xã Hai", 12, key=1, counted="households"),
        told.unit("commune", "", "Xã Hai", 48, key=1, counted="persons"),
    ]
    text = _text(report_pdf.pdf(told.content(told.head(), (sheet, lines)), version=INTERNAL))
    assert text.count("Xã Hai") == 1
    assert "Nhân khẩu" in text


def test_words_of_a_name_are_never_markup() -> None:
    sheet = told.sheet(told.columns("a"))
    lines = [told.unit("commune", "1", "#panic() *Xã* $x$", 12, key=1)]
    text = _text(report_pdf.pdf(told.content(told.head(), (sheet, lines)), version=INTERNAL))
    assert "#panic() *Xã* $x$" in text


def test_a_longer_list_is_joined_and_numbered_on(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(report_pdf, "MOST_TAGGED", 80)
    monkeypatch.setattr(report_pdf, "_PART", 40)
    sheet = told.sheet(told.columns("a"), names=("STT", "Họ và tên"))

    def lines() -> Iterator[Line]:
        for at in range(120):
            level = "household" if at % 3 == 0 else "member"
            yield told.unit(level, str(at), f"Người {at}", at, key=at)

    def made() -> bytes:
        content = Content(told.head(has_names=True), [(sheet, lines())])
        return report_pdf.pdf(content, version=INTERNAL)

    first = made()
    assert first == made()
    reader = PdfReader(BytesIO(first))
    text = _text(first)
    flat = " ".join(text.split())
    assert [at for at in range(120) if f"Người {at} {at}" not in flat] == []
    assert len(reader.pages) == 3
    assert text.count("CỘNG HÒA") == 1
    assert text.count("CHỦ TỊCH") == 1
    assert reader.pages[2].extract_text().strip().endswith("3")
    assert "<pdfaid:part>2</pdfaid:part>" in reader.root_object["/Metadata"].get_data().decode()
