"""A migrated, empty database that each worker's test database is a copy of: migrating takes half a
minute of one core, copying a moment. It stays in the test server until a migration changes.

`python -m tests.prepared_database` makes it while something else is checked.
"""

import ast
import fcntl
import hashlib
import os
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import django
from django.conf import settings
from django.core.management import call_command
from django.db import connection

from povreg.embedded import lease, postgres

_PREFIX = "prepared_"
_DRAFT = "preparing"
_OURS = ("povreg", "households", "programs", "reports")


def name() -> str:
    """Name of the prepared database in the running test server; migrated first where it is not
    there yet. One process of a home makes it, the others wait."""
    with (settings.HOME / "prepare.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        server = postgres.connect(postgres.located(settings.HOME), "postgres")
        try:
            return _found_or_made(server.cursor())
        finally:
            server.close()


def _found_or_made(cursor: Any) -> str:
    wanted = _PREFIX + digest()[:16]
    cursor.execute("SELECT datname FROM pg_database WHERE datname LIKE %s", [f"{_PREFIX}%"])
    there = {row[0] for row in cursor.fetchall()}
    if wanted in there:
        return wanted
    for old in (*there, _DRAFT):
        cursor.execute(f'DROP DATABASE IF EXISTS "{old}"')
    cursor.execute(f'CREATE DATABASE "{_DRAFT}"')
    _migrate(_DRAFT)
    cursor.execute(f'ALTER DATABASE "{_DRAFT}" RENAME TO "{wanted}"')
    return wanted


def _migrate(database: str) -> None:
    before = connection.settings_dict["NAME"]
    connection.close()
    connection.settings_dict["NAME"] = database
    try:
        call_command("migrate", verbosity=0, interactive=False)
    finally:
        connection.close()
        connection.settings_dict["NAME"] = before


def digest() -> str:
    """Of what decides how an empty database looks; the same files give the same digest."""
    told = hashlib.sha256()
    for path in files():
        told.update(path.relative_to(settings.BASE_DIR).as_posix().encode())
        told.update(path.read_bytes())
    return told.hexdigest()


def files() -> list[Path]:
    """Migrations, the modules of ours that they import, models (their permissions are rows), and
    the versions of the packages, which bring migrations of their own."""
    ours = [settings.BASE_DIR / app for app in _OURS]
    migrations = [path for app in ours for path in (app / "migrations").glob("*.py")]
    models = [path for app in ours for path in (app / "models").rglob("*.py")]
    imported = [path for one in migrations for path in _imported(one)]
    return sorted({*migrations, *models, *imported, settings.BASE_DIR / "requirements.lock"})


def _imported(path: Path) -> Iterator[Path]:
    for node in ast.walk(ast.parse(path.read_bytes())):
        names = [one.name for one in node.names] if isinstance(node, ast.Import) else []
        if isinstance(node, ast.ImportFrom) and node.module:
            names = [node.module]
        for one in names:
            if one.partition(".")[0] in _OURS:
                found = find_spec(one)
                assert found is not None
                assert found.origin is not None
                yield Path(found.origin)


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
    django.setup()
    with lease.servers(settings.HOME, broker=False, durable=False):
        name()
