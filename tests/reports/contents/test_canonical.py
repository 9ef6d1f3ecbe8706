"""Packed contents are the report again, word for word, and the same for the same report."""

import dataclasses
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.contents import canonical
from reports.contents.content import Broken, Column, Content, Head, Kind, Line, Paper, Sheet

HEAD = Head(
    report="T2", definition_version=1, title="Diễn biến", issuer=("ỦY BAN NHÂN DÂN", "XÃ MẪU"),
    area_key=7, area_code="02008", area="Xã Mẫu", level="COMMUNE", round="2023", year=2023,
    as_of="2023-10-01", standard="std_2022", standard_name="Chuẩn", status="official",
    cut_off_at="2023-12-14T08:00:00+00:00", software="0.1.0+abc", base="poor_households",
    missing=("Xã Bên",), broken=(Broken("I1", "02008", "Xã Mẫu", "T2 ≠ T1", (5, 9)),),
    values={"poor_rate": "21.95"},
)  # fmt: skip
SHEET = Sheet(
    "Diễn biến", (Column("opening", ("Đầu kỳ", "Hộ"), "1"),
                  Column("rate", ("Tỷ lệ",), "2", Kind.RATE, 8)),
    ("STT", "Đơn vị"), Paper.A4, True, ("Ghi chú",),
)  # fmt: skip

words = st.sampled_from(["", "Hộ", "a\nb", '{"sheet"', "\u2028", "=1+1"])
cells = st.tuples(st.integers() | st.none(), words | st.none())
lines = st.builds(
    Line,
    level=st.sampled_from(["commune", "household"]), number=words,
    code=words, name=words, cells=cells, key=st.none() | st.integers(),
    counted=st.sampled_from(["", "persons"]),
    reasons=st.dictionaries(words, words, max_size=2),
)  # fmt: skip


def read(packed: bytes) -> tuple[Head, list[tuple[Sheet, list[Line]]]]:
    found = canonical.unpack(packed)
    return found.head, [(sheet, list(own)) for sheet, own in found.sheets]


@given(st.lists(st.lists(lines, max_size=5), max_size=3))
def test_what_is_packed_comes_out_again(sheets: list[list[Line]]) -> None:
    packed = canonical.pack(Content(HEAD, [(SHEET, iter(own)) for own in sheets]))
    assert read(packed.content) == (HEAD, [(SHEET, own) for own in sheets])
    assert packed.lines == sum(map(len, sheets))
    assert canonical.digest(packed.content) == packed.sha256
    again = canonical.pack(Content(HEAD, [(SHEET, own) for own in sheets]))
    assert again == packed


def test_a_sheet_that_is_not_read_does_not_swallow_the_next() -> None:
    line = Line("commune", "1", "02008", "Xã Mẫu", (1, "2.00"))
    packed = canonical.pack(Content(HEAD, [(SHEET, [line, line]), (SHEET, [line])]))
    assert len([sheet for sheet, __ in canonical.unpack(packed.content).sheets]) == 2


def test_the_digest_of_figures_leaves_out_when_and_by_which_software() -> None:
    line = Line("commune", "1", "02008", "Xã Mẫu", (1, "2.00"))

    def pack(head: Head, *own: Line) -> canonical.Packed:
        return canonical.pack(Content(head, [(SHEET, own)]))

    first = pack(HEAD, line)
    later = pack(dataclasses.replace(HEAD, cut_off_at="2024-01-01", software="9"), line)
    assert later.sha256 != first.sha256
    assert later.figures_sha256 == first.figures_sha256
    other = pack(HEAD, dataclasses.replace(line, cells=(2, "2.00")))
    assert other.figures_sha256 != first.figures_sha256
    whole = pack(dataclasses.replace(HEAD, broken=()), line)
    assert whole.figures_sha256 != first.figures_sha256


@pytest.mark.parametrize("cut", [1, 20, 200])
def test_what_is_cut_off_or_changed_is_found(cut: int) -> None:
    line = Line("commune", "1", "02008", "Xã Mẫu", (1, "2.00"))
    packed = canonical.pack(Content(HEAD, [(SHEET, [line] * 50)]))
    with pytest.raises(ValueError):  # noqa: PT011
        canonical.digest(packed.content[:-cut])
    with pytest.raises(ValueError):  # noqa: PT011
        canonical.digest(b"not packed")


def test_an_older_edition_without_a_newer_field_is_read() -> None:
    packed = canonical.pack(Content(HEAD, []))
    text = b"".join(canonical._lines_of(packed.content)).replace(b'"is_sample":false,', b"")
    assert canonical.head_of(zlib.compress(text + b"\n")) == HEAD
