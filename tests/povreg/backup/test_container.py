"""The encrypted file: what was written comes back; what was touched is noticed."""

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from povreg.backup import container

KEY = bytes(range(32))
LABEL = "one backup/database"


def sealed(plain: bytes, key: bytes = KEY, label: str = LABEL) -> bytes:
    out = io.BytesIO()
    container.encrypt([plain], out, key=key, label=label)
    return out.getvalue()


def opened(text: bytes, key: bytes = KEY, label: str = LABEL) -> bytes:
    return b"".join(container.decrypt(io.BytesIO(text), key=key, label=label))


@given(st.lists(st.binary(max_size=2000), max_size=5))
def test_comes_back_as_it_was(pieces: list[bytes]) -> None:
    out = io.BytesIO()
    container.encrypt(pieces, out, key=KEY, label=LABEL)
    assert opened(out.getvalue()) == b"".join(pieces)


@pytest.mark.parametrize("extra", [-1, 0, 1, container.CHUNK_BYTES])
def test_comes_back_at_the_borders_of_a_chunk(extra: int) -> None:
    plain = b"x" * (container.CHUNK_BYTES + extra)
    assert opened(sealed(plain)) == plain


def test_the_same_text_is_never_sealed_alike() -> None:
    assert sealed(b"same") != sealed(b"same")


def test_nothing_of_the_text_shows() -> None:
    assert b"Hoang Van" not in sealed(b"Hoang Van " * 1000)


@pytest.mark.parametrize("position", [0, 30, 50, -1])
def test_one_changed_byte_is_noticed(position: int) -> None:
    text = bytearray(sealed(b"x" * 100))
    text[position] ^= 1
    with pytest.raises(container.Damaged):
        opened(bytes(text))


def test_a_file_cut_off_between_two_chunks_is_noticed() -> None:
    text = sealed(b"x" * (3 * container.CHUNK_BYTES))
    header = len(container.MAGIC) + 16
    chunk = 4 + container.CHUNK_BYTES + 16
    with pytest.raises(container.Damaged):
        opened(text[: header + 2 * chunk])


def test_exchanged_chunks_are_noticed() -> None:
    text = sealed(b"a" * container.CHUNK_BYTES + b"b" * container.CHUNK_BYTES + b"c")
    header = len(container.MAGIC) + 16
    chunk = 4 + container.CHUNK_BYTES + 16
    first, second = text[header : header + chunk], text[header + chunk : header + 2 * chunk]
    with pytest.raises(container.Damaged):
        opened(text[:header] + second + first + text[header + 2 * chunk :])


def test_another_key_or_another_part_does_not_open_it() -> None:
    with pytest.raises(container.Damaged):
        opened(sealed(b"x"), key=bytes(32))
    with pytest.raises(container.Damaged):
        opened(sealed(b"x"), label="one backup/attachments")


def test_an_empty_or_foreign_file_is_no_backup() -> None:
    for foreign in (b"", b"PK\x03\x04", sealed(b"x")[: len(container.MAGIC) + 16]):
        with pytest.raises(container.Damaged):
            opened(foreign)
