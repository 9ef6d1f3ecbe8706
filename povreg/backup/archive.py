"""One backup: a folder with three encrypted parts and a plain manifest that is written last."""

import json
import tempfile
import uuid
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

from django.db import connection
from django.db.migrations.loader import MigrationLoader

from povreg import env
from povreg.backup import attachments, container, database, keys

MANIFEST = "manifest.json"
FORMAT = 1


class CannotBackUp(RuntimeError):
    """The backup was not made; the text says why in one sentence."""


class CannotRestore(RuntimeError):
    """Nothing was restored; the text says why in one sentence."""


@dataclass(frozen=True)
class Manifest:
    """What anybody may read about a backup without the key."""

    format: int
    backup: str
    created_at: str
    key_fingerprint: str


@dataclass(frozen=True)
class Configuration:
    """What the database needs beside it: the keys, what was set, which migrations it has seen."""

    secret_key: str
    field_key: str
    environment: dict[str, str]
    migrations: list[str]


def write(folder: Path, home: Path, secrets: env.Secrets) -> Manifest:
    """Back up database, attachments and configuration into folder, which must be new or empty.

    The database comes before the attachments: each file it names is then in the backup.
    """
    if folder.exists() and any(folder.iterdir()):
        raise CannotBackUp(f"thư mục {folder} không trống / the folder is not empty")
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    key = keys.for_writing(home)
    manifest = Manifest(
        format=FORMAT,
        backup=str(uuid.uuid4()),
        created_at=datetime.now(UTC).isoformat(timespec="seconds"),
        key_fingerprint=keys.fingerprint(key),
    )
    configuration = Configuration(
        secrets.django, secrets.field, env.described(), sorted(_applied_migrations())
    )
    with tempfile.TemporaryFile() as errors:
        _seal(folder, manifest, key, "database", database.dump(errors))
    _seal(folder, manifest, key, "attachments", attachments.pack(home / "attachments"))
    _seal(folder, manifest, key, "configuration", [json.dumps(asdict(configuration)).encode()])
    (folder / MANIFEST).write_text(json.dumps(asdict(manifest), indent=2) + "\n", encoding="utf-8")
    return manifest


def read(folder: Path, home: Path, secrets: env.Secrets, key_file: Path | None) -> Manifest:
    """Restore the backup in folder into this home and its database, both of which must be empty.

    Raises CannotRestore, container.Damaged or database.ToolFailed; the database is filled in one
    transaction, so that it stays empty then.
    """
    manifest = read_manifest(folder)
    key = keys.for_reading(home, key_file)
    if keys.fingerprint(key) != manifest.key_fingerprint:
        raise CannotRestore(
            f"bản sao lưu cần khóa {manifest.key_fingerprint}, khóa đang có là "
            f"{keys.fingerprint(key)}. / this backup needs the key named first, not the second."
        )
    files = home / "attachments"
    if not database.is_empty() or (files.exists() and any(files.iterdir())):
        raise CannotRestore(
            "chỉ khôi phục được vào kho dữ liệu trống; hãy đặt POVREG_HOME sang thư mục mới. / "
            "a backup is restored only into an empty home and database."
        )
    configuration = _configuration(folder, manifest, key)
    _refuse_unknown_migrations(configuration)
    _put_keys_back(home, secrets, configuration)
    with tempfile.TemporaryFile() as errors:
        database.load(_open(folder, manifest, key, "database"), errors)
    attachments.unpack(_open(folder, manifest, key, "attachments"), files)
    note = "".join(f"{name}={value}\n" for name, value in configuration.environment.items())
    (home / "restored-environment.txt").write_text(note, encoding="utf-8")
    return manifest


def read_manifest(folder: Path) -> Manifest:
    """The manifest of a finished backup. Raises CannotRestore."""
    try:
        found = Manifest(**json.loads((folder / MANIFEST).read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        raise CannotRestore(
            f"{folder} không phải bản sao lưu hoàn chỉnh / is not a finished backup"
        ) from None
    if found.format != FORMAT:
        raise CannotRestore(f"bản sao lưu kiểu {found.format} / backup of an unknown format")
    return found


def _seal(folder: Path, manifest: Manifest, key: bytes, part: str, plain: Iterable[bytes]) -> None:
    with (folder / f"{part}.enc").open("xb") as out:
        container.encrypt(plain, out, key=key, label=f"{manifest.backup}/{part}")


def _open(folder: Path, manifest: Manifest, key: bytes, part: str) -> Iterator[bytes]:
    try:
        source = (folder / f"{part}.enc").open("rb")
    except OSError as reason:
        raise CannotRestore(f"thiếu / missing: {reason}") from None
    with source:
        yield from container.decrypt(source, key=key, label=f"{manifest.backup}/{part}")


def _configuration(folder: Path, manifest: Manifest, key: bytes) -> Configuration:
    return Configuration(**json.loads(b"".join(_open(folder, manifest, key, "configuration"))))


def _applied_migrations() -> set[str]:
    return {f"{app}.{name}" for app, name in MigrationLoader(connection).applied_migrations}


def known_migrations() -> set[str]:
    """ "app.name" of every migration this povreg has or has gathered into a newer file."""
    on_disk = MigrationLoader(None).disk_migrations
    replaced = {one for migration in on_disk.values() for one in migration.replaces}
    return {f"{app}.{name}" for app, name in {*on_disk, *replaced}}


def _refuse_unknown_migrations(configuration: Configuration) -> None:
    if unknown := sorted(set(configuration.migrations) - known_migrations()):
        raise CannotRestore(
            f"bản sao lưu của phiên bản povreg mới hơn ({unknown[0]}). / "
            "this backup was made by a newer povreg; restore it with that one."
        )


def _put_keys_back(home: Path, secrets: env.Secrets, configuration: Configuration) -> None:
    if env.keys_from_environment():
        if secrets.field != configuration.field_key:
            raise CannotRestore(
                "POVREG_FIELD_KEY khác khóa của bản sao lưu: số định danh sẽ không đọc được. / "
                "POVREG_FIELD_KEY is not the key this backup was made with."
            )
        return
    for name, value in (
        ("secret_key", configuration.secret_key),
        ("field_key", configuration.field_key),
    ):
        (home / "secrets" / name).write_text(value, encoding="ascii")
