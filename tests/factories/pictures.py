"""Pictures and papers as telephones and scanners make them, drawn on the spot."""

import io

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image
from PIL.ExifTags import GPS, IFD, Base
from pypdf import PdfWriter
from pypdf.actions import JavaScript


def jpeg(width: int = 40, height: int = 30, colour: str = "teal", *, turned: bool = False) -> bytes:
    """A JPEG that says where, when and with what it was taken; `turned`: lying on its side."""
    facts = Image.Exif()
    facts[Base.Make] = "Nha-san-xuat"
    facts[Base.DateTime] = "2024:10:01 08:00:00"
    facts[Base.Orientation] = 6 if turned else 1
    facts.get_ifd(IFD.GPSInfo)[GPS.GPSLatitudeRef] = "N"
    facts.get_ifd(IFD.GPSInfo)[GPS.GPSLatitude] = (22.0, 8.0, 51.0)
    out = io.BytesIO()
    Image.new("RGB", (width, height), colour).save(out, "JPEG", exif=facts)
    return out.getvalue()


def png(width: int = 40, height: int = 30, *, transparent: bool = False) -> bytes:
    out = io.BytesIO()
    colour = (0, 0, 0, 0) if transparent else (10, 20, 30, 255)
    Image.new("RGBA", (width, height), colour).save(out, "PNG")
    return out.getvalue()


def pdf(pages: int = 2, *, password: str = "", script: bool = False) -> bytes:
    writer = PdfWriter()
    for __ in range(pages):
        writer.add_blank_page(595, 842)
    if script:
        writer.add_open_action(JavaScript("app.alert('x');"))
        writer.add_attachment("ten.txt", b"an")
    if password:
        writer.encrypt(password)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def noisy_jpeg(width: int, height: int) -> bytes:
    """One that does not shrink by itself, as a photo of a yard."""
    facts = Image.Exif()
    facts[Base.Make] = "Nha-san-xuat"
    out = io.BytesIO()
    Image.effect_noise((width, height), 90).convert("RGB").save(out, "JPEG", exif=facts, quality=92)
    return out.getvalue()


def jpeg_file(name: str = "anh.jpg") -> SimpleUploadedFile:
    """A photo as a form sends it."""
    return SimpleUploadedFile(name, jpeg(), "image/jpeg")
