"""A photo as it comes from a telephone → a small JPEG that says nothing but what it shows."""

import io
from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext as _
from PIL import Image, ImageOps, UnidentifiedImageError

from households.errors import Invalid

#: A telephone's photo has some 12 million points; more than this is no photo of a house.
MOST_PIXELS: Final = 80_000_000
#: Enough to see of what a wall is made; about 250 kB.
LONGEST_SIDE_PX: Final = 1600
#: What a form's line of pictures shows; about 10 kB.
SMALL_SIDE_PX: Final = 320
#: A page of paper stays readable: 200 points an inch of A4.
PAPER_SIDE_PX: Final = 2340
_QUALITY: Final = 80
_FORMATS: Final = ("JPEG", "PNG")


@dataclass(frozen=True)
class Photo:
    """Two JPEGs without place, time or device in them."""

    content: bytes
    small: bytes


def photo(source: bytes) -> Photo:
    """Read by its content, whatever its name says; turned upright, made small, and written anew, so
    that place, time and device of the original are gone.

    Raises Invalid for what is no JPEG or PNG, is damaged or far too large.
    """
    picture = opened(source)
    return Photo(content=_jpeg(picture, LONGEST_SIDE_PX), small=_jpeg(picture, SMALL_SIDE_PX))


def opened(source: bytes, *, longest_side_px: int = LONGEST_SIDE_PX) -> Image.Image:
    """The picture upright, in plain colours, with white behind what is transparent, not much
    larger than asked for. Raises Invalid."""
    try:
        with Image.open(io.BytesIO(source), formats=_FORMATS) as read:
            if read.width * read.height > MOST_PIXELS:
                raise Invalid(_("The picture is too large: take it with fewer points."))
            read.draft("RGB", (longest_side_px, longest_side_px))  # a JPEG is read small at once
            read.load()
            upright = ImageOps.exif_transpose(read)
            return _on_white(upright)
    except (UnidentifiedImageError, Image.DecompressionBombError) as fault:
        raise Invalid(_("This is no picture that can be read (JPEG or PNG).")) from fault
    except (OSError, SyntaxError, ValueError) as fault:
        raise Invalid(_("The picture is damaged; take it or send it again.")) from fault


def _on_white(picture: Image.Image) -> Image.Image:
    if picture.mode in ("RGBA", "LA", "PA") or "transparency" in picture.info:
        whole = picture.convert("RGBA")
        ground = Image.new("RGB", whole.size, "white")
        ground.paste(whole, mask=whole.getchannel("A"))
        return ground
    return picture.convert("RGB")


def _jpeg(picture: Image.Image, side_px: int) -> bytes:
    smaller = picture.copy()
    smaller.thumbnail((side_px, side_px), Image.Resampling.LANCZOS)
    smaller.info.clear()
    out = io.BytesIO()
    smaller.save(out, "JPEG", quality=_QUALITY, optimize=True)
    return out.getvalue()
