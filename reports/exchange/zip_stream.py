"""A zip that is given out while it is written: memory holds one file of it. Pure."""

import datetime as dt
import io
import zipfile
from collections.abc import Iterable, Iterator

#: A zip knows no earlier day.
_FROM_YEAR = 1980


class _Outlet(io.RawIOBase):
    """Takes what is written, to be fetched piece by piece; it cannot be gone back in."""

    def __init__(self) -> None:
        super().__init__()
        self.pieces: list[bytes] = []

    def writable(self) -> bool:
        return True

    def write(self, piece: bytes) -> int:  # type: ignore[override]
        self.pieces.append(bytes(piece))
        return len(piece)

    def fetched(self) -> bytes:
        told, self.pieces = b"".join(self.pieces), []
        return told


def zipped(files: Iterable[tuple[str, dt.datetime, bytes]]) -> Iterator[bytes]:
    """The bytes of a zip of (name, time, content), each file when its turn comes. They are packed
    already (xlsx, docx, pdf), so they are stored as they are."""
    outlet = _Outlet()
    with zipfile.ZipFile(outlet, "w", zipfile.ZIP_STORED) as packed:
        for name, at, content in files:
            moment = (max(at.year, _FROM_YEAR), at.month, at.day, at.hour, at.minute, at.second)
            packed.writestr(zipfile.ZipInfo(name, moment), content)
            yield outlet.fetched()
    yield outlet.fetched()
