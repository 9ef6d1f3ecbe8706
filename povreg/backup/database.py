"""pg_dump and pg_restore as streams of bytes."""

import os
import shutil
import subprocess
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import IO

from django.db import connection

from povreg.backup.container import CHUNK_BYTES
from povreg.embedded import postgres

#: Who was logged in is nothing to keep; the tables themselves are. Open log-ins point at sessions:
#: kept without them, they would make the whole backup impossible to restore.
WITHOUT_ROWS = (
    "django_session",
    "households_opensession",
    "axes_accessattempt",
    "axes_accessfailurelog",
    "axes_accesslog",
)


class ToolFailed(RuntimeError):
    """pg_dump or pg_restore ended with an error; the text is its last words."""


def is_empty() -> bool:
    """Whether the database has no table of anybody's."""
    return not connection.introspection.table_names()


def dump(errors: IO[bytes]) -> Iterator[bytes]:
    """The database in pg_dump's custom format, one consistent moment. Raises ToolFailed."""
    without = [f"--exclude-table-data={table}" for table in WITHOUT_ROWS]
    argv: list[str | Path] = [
        _tool("pg_dump"),
        "--format=custom",
        "--no-owner",
        "--no-privileges",
        *without,
    ]
    with subprocess.Popen(
        argv, env=_environment(), stdout=subprocess.PIPE, stderr=errors
    ) as running:
        assert running.stdout is not None
        while piece := running.stdout.read(CHUNK_BYTES):
            yield piece
    if running.returncode != 0:
        raise ToolFailed(_last_words(errors))


def load(plain: Iterable[bytes], errors: IO[bytes]) -> None:
    """Fill the empty database: all of it or, when plain raises or pg_restore fails, nothing."""
    argv: list[str | Path] = [_tool("pg_restore"), "--no-owner", "--no-privileges"]
    argv += ["--exit-on-error", "--single-transaction"]
    argv += [f"--dbname={connection.settings_dict['NAME']}"]
    with subprocess.Popen(
        argv,
        env=_environment(),
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=errors,
    ) as running:
        assert running.stdin is not None
        try:
            for piece in plain:
                running.stdin.write(piece)
        except BrokenPipeError:
            pass  # pg_restore gave up; its exit code and last words follow
        except BaseException:
            running.kill()  # before it sees an orderly end of its input and commits
            raise
    if running.returncode != 0:
        raise ToolFailed(_last_words(errors))


def _tool(name: str) -> Path:
    """The wheel's program, or the system's when the server is newer than the wheel."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('server_version_num')::int / 10000")
        server_major = cursor.fetchone()[0]
    found = shutil.which(name) if server_major > int(postgres.major()) else None
    return Path(found) if found else postgres.wheel_binaries() / name


def _environment() -> dict[str, str]:
    given = connection.settings_dict
    options = given.get("OPTIONS") or {}
    values = {
        "PGHOST": given["HOST"],
        "PGPORT": given["PORT"],
        "PGUSER": given["USER"],
        "PGPASSWORD": given["PASSWORD"],
        "PGDATABASE": given["NAME"],
        "PGSSLMODE": options.get("sslmode"),
        "PGSSLROOTCERT": options.get("sslrootcert"),
    }
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PG")}
    return kept | {name: str(value) for name, value in values.items() if value}


def _last_words(errors: IO[bytes]) -> str:
    errors.seek(0)
    return errors.read().decode(errors="replace").strip()[-500:]
