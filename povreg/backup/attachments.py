"""The attachments folder as a tar stream, and back."""

import io
import tarfile
from collections.abc import Iterable, Iterator
from pathlib import Path

CHUNK_BYTES = 1 << 20


class _Pieces(io.RawIOBase):
    """A file to write to whose content is taken away piece by piece."""

    def __init__(self) -> None:
        self.waiting: list[bytes] = []

    def writable(self) -> bool:
        return True

    def write(self, piece: "bytes | bytearray | memoryview") -> int:  # type: ignore[override]
        self.waiting.append(bytes(piece))
        return len(piece)

    def take(self) -> list[bytes]:
        taken, self.waiting = self.waiting, []
        return taken


class _Reader(io.RawIOBase):
    """Pieces of bytes as a file to read from."""

    def __init__(self, pieces: Iterator[bytes]) -> None:
        self.pieces = pieces
        self.left = b""

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: "bytearray | memoryview") -> int:  # type: ignore[override]
        while not self.left:
            piece = next(self.pieces, None)
            if piece is None:
                return 0
            self.left = piece
        taken = self.left[: len(buffer)]
        buffer[: len(taken)] = taken
        self.left = self.left[len(taken) :]
        return len(taken)


def pack(folder: Path) -> Iterator[bytes]:
    """All files under folder, as a tar stream. Memory does not grow with their number."""
    out = _Pieces()
    with tarfile.open(fileobj=out, mode="w|", bufsize=CHUNK_BYTES) as archive:
        for path in sorted(folder.rglob("*")) if folder.exists() else []:
            if path.is_file():
                archive.add(path, arcname=str(path.relative_to(folder)), recursive=False)
                yield from out.take()
    yield from out.take()


def unpack(plain: Iterable[bytes], folder: Path) -> int:
    """Write the files of a stream from pack() into folder; how many. Nothing leaves folder."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    count = 0
    pieces = iter(plain)
    source = io.BufferedReader(_Reader(pieces), CHUNK_BYTES)
    with tarfile.open(fileobj=source, mode="r|", bufsize=CHUNK_BYTES) as archive:
        for member in archive:
            archive.extract(member, folder, filter="data")
            count += 1
    for __ in pieces:
        """Read to the end, so that the last chunk's seal is checked too."""
    return count
