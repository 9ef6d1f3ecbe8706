"""A photo is made small and tells nothing but what it shows."""

import io

import pytest
from PIL import Image

from households.errors import Invalid
from households.exchange import pictures
from tests.factories import pictures as make


def _read(content: bytes) -> Image.Image:
    return Image.open(io.BytesIO(content))


def test_a_telephone_photo_becomes_two_small_jpegs() -> None:
    photo = pictures.photo(make.jpeg(4000, 3000))
    assert (_read(photo.content).format, _read(photo.content).size) == ("JPEG", (1600, 1200))
    assert _read(photo.small).size == (320, 240)


def test_place_time_and_device_are_gone() -> None:
    source = make.jpeg()
    assert b"Nha-san-xuat" in source
    photo = pictures.photo(source)
    for kept in (photo.content, photo.small):
        assert len(_read(kept).getexif()) == 0
        assert b"Nha-san-xuat" not in kept


def test_a_picture_lying_on_its_side_is_turned_upright() -> None:
    assert _read(pictures.photo(make.jpeg(40, 30, turned=True)).content).size == (30, 40)


def test_a_small_picture_is_not_blown_up() -> None:
    assert _read(pictures.photo(make.jpeg(40, 30)).content).size == (40, 30)


def test_what_is_transparent_becomes_white() -> None:
    photo = _read(pictures.photo(make.png(transparent=True)).content)
    assert photo.getpixel((5, 5)) == (255, 255, 255)


@pytest.mark.parametrize(
    "source",
    [b"", b"GIF89a" + b"\0" * 20, b"<svg onload='x'/>", make.jpeg()[:300], make.pdf()],
    ids=["empty", "gif", "svg", "cut off", "pdf"],
)
def test_what_is_no_whole_jpeg_or_png_is_refused(source: bytes) -> None:
    with pytest.raises(Invalid):
        pictures.photo(source)


def test_a_picture_of_too_many_points_is_refused_before_it_is_unpacked() -> None:
    out = io.BytesIO()
    Image.new("1", (20_000, 4_200)).save(out, "PNG")
    assert len(out.getvalue()) < 100_000
    with pytest.raises(Invalid, match=r"too large|quá lớn"):
        pictures.photo(out.getvalue())
