"""The backup key: where it is kept, and the name by which one knows it again."""

import base64
import binascii
import hashlib
from pathlib import Path

from povreg import env

KEY_BYTES = 32


def for_writing(home: Path) -> bytes:
    """POVREG_BACKUP_KEY, else the home's own, made at its first backup. Raises Misconfigured."""
    return _decoded(env.backup_key(home))


def for_reading(home: Path, key_file: Path | None) -> bytes:
    """The key in key_file, else POVREG_BACKUP_KEY or the home's own. Raises Misconfigured."""
    if key_file is None:
        if not env.has_backup_key(home):
            raise env.Misconfigured(
                "hãy chỉ khóa sao lưu bằng --key-file hoặc POVREG_BACKUP_KEY. / "
                "name the backup key with --key-file or POVREG_BACKUP_KEY."
            )
        return for_writing(home)
    try:
        return _decoded(key_file.read_text(encoding="ascii"))
    except (OSError, UnicodeDecodeError) as reason:
        raise env.Misconfigured(
            f"không đọc được khóa sao lưu / cannot read the backup key {key_file}: {reason}"
        ) from None


def fingerprint(key: bytes) -> str:
    """16 hexadecimal digits that name the key and tell nothing about it."""
    return hashlib.sha256(b"povreg backup key\0" + key).hexdigest()[:16]


def _decoded(text: str) -> bytes:
    try:
        key = base64.urlsafe_b64decode(text.strip())
    except (binascii.Error, ValueError):
        key = b""
    if len(key) != KEY_BYTES:
        raise env.Misconfigured(
            f"khóa sao lưu phải là {KEY_BYTES} byte viết dạng base64url. / "
            f"the backup key has to be {KEY_BYTES} bytes in base64url."
        )
    return key
