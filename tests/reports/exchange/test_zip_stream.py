"""Promise: a zip is given out file by file and opens like any other."""

import datetime as dt
import zipfile
from collections.abc import Iterator
from io import BytesIO

from reports.exchange.zip_stream import zipped

AT = dt.datetime(2024, 12, 14, 9, 30, tzinfo=dt.UTC)


def test_files_come_out_one_by_one() -> None:
    asked: list[str] = []

    def files() -> Iterator[tuple[str, dt.datetime, bytes]]:
        for name in ("một.pdf", "hai.pdf"):
            asked.append(name)
            yield name, AT, name.encode() * 100

    stream = zipped(files())
    first = next(stream)
    assert asked == ["một.pdf"]
    whole = first + b"".join(stream)
    with zipfile.ZipFile(BytesIO(whole)) as packed:
        assert packed.testzip() is None
        assert packed.namelist() == ["một.pdf", "hai.pdf"]
        assert packed.read("hai.pdf") == b"hai.pdf" * 100
        assert packed.getinfo("hai.pdf").date_time == (2024, 12, 14, 9, 30, 0)


def test_a_zip_of_nothing_opens() -> None:
    with zipfile.ZipFile(BytesIO(b"".join(zipped([])))) as packed:
        assert packed.namelist() == []
