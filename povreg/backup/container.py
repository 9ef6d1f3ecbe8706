"""The encrypted file: AES-256-GCM in chunks, written and read as a stream.

Layout: a magic line, 16 random bytes, then chunks of up to CHUNK_BYTES, each preceded by its
length in 4 bytes. A key of its own is derived for each file from the backup key and the random
bytes. The nonce counts the chunks and marks the last one, so that a chunk changed, moved, left out
or cut off at the end is found before its text is used. The label (which backup, which part) is
authenticated with every chunk: parts of two backups cannot be mixed.
"""

import os
import struct
from collections.abc import Iterable, Iterator
from typing import IO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

MAGIC = b"povreg encrypted backup 1\n"
CHUNK_BYTES = 1 << 20
_SALT_BYTES = 16
_TAG_BYTES = 16
_LENGTH = struct.Struct(">I")


class Damaged(ValueError):
    """The file is not what was written: changed, cut off, of another backup, or another key."""


def encrypt(plain: Iterable[bytes], out: IO[bytes], *, key: bytes, label: str) -> None:
    """Write plain, pieces of any size, to out. Holds two chunks in memory."""
    salt = os.urandom(_SALT_BYTES)
    out.write(MAGIC + salt)
    cipher = _cipher(key, salt)
    for number, (chunk, last) in enumerate(_with_last(_chunks(plain))):
        sealed = cipher.encrypt(_nonce(number, last), chunk, label.encode())
        out.write(_LENGTH.pack(len(sealed)) + sealed)


def decrypt(source: IO[bytes], *, key: bytes, label: str) -> Iterator[bytes]:
    """The plain chunks, each checked before it is given out. Raises Damaged."""
    if source.read(len(MAGIC)) != MAGIC:
        raise Damaged("not an encrypted povreg backup")
    cipher = _cipher(key, _exactly(source, _SALT_BYTES))
    number, last = 0, False
    length = source.read(_LENGTH.size)
    while length:
        sealed = _exactly(source, _sealed_length(length))
        length = source.read(_LENGTH.size)
        last = not length
        try:
            yield cipher.decrypt(_nonce(number, last), sealed, label.encode())
        except InvalidTag:
            raise Damaged(f"chunk {number} is damaged, or the key is another one") from None
        number += 1
    if not last:
        raise Damaged("the file ends before its first chunk")


def _cipher(key: bytes, salt: bytes) -> AESGCM:
    return AESGCM(HKDF(SHA256(), length=32, salt=salt, info=b"povreg backup file").derive(key))


def _nonce(number: int, last: bool) -> bytes:
    return number.to_bytes(11, "big") + (b"\1" if last else b"\0")


def _sealed_length(packed: bytes) -> int:
    if len(packed) != _LENGTH.size:
        raise Damaged("the file is cut off")
    length: int = _LENGTH.unpack(packed)[0]
    if not _TAG_BYTES <= length <= CHUNK_BYTES + _TAG_BYTES:
        raise Damaged("a chunk has an impossible length")
    return length


def _exactly(source: IO[bytes], size: int) -> bytes:
    found = source.read(size)
    if len(found) != size:
        raise Damaged("the file is cut off")
    return found


def _chunks(plain: Iterable[bytes]) -> Iterator[bytes]:
    waiting = bytearray()
    for piece in plain:
        waiting += piece
        while len(waiting) >= CHUNK_BYTES:
            yield bytes(waiting[:CHUNK_BYTES])
            del waiting[:CHUNK_BYTES]
    yield bytes(waiting)


def _with_last(chunks: Iterator[bytes]) -> Iterator[tuple[bytes, bool]]:
    held = next(chunks)
    for following in chunks:
        yield held, False
        held = following
    yield held, True
