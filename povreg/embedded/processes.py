"""What we need to know about other processes: alive, ours, gone."""

import os
import signal
import time
from contextlib import suppress
from pathlib import Path


class ServerFailed(RuntimeError):
    """A server did not start or stop; the text says which and where its log is."""


def alive(pid: int) -> bool:
    """Whether pid runs; a zombie, which only waits to be counted, does not."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        pass
    try:
        state = (
            Path(f"/proc/{pid}/stat")
            .read_text(encoding="utf-8", errors="replace")
            .rpartition(")")[2]
            .split()[0]
        )
    except (OSError, IndexError):
        return False
    return state not in {"Z", "X"}


def command_line(pid: int) -> list[str]:
    """The arguments pid was started with; empty when it is gone or not ours to see."""
    try:
        return (
            Path(f"/proc/{pid}/cmdline").read_bytes().decode(errors="surrogateescape").split("\0")
        )
    except OSError:
        return []


def working_in(folder: Path) -> list[int]:
    """Process ids whose working directory is folder, as far as we may see them."""
    inside = str(folder.resolve())
    return [
        int(entry.name) for entry in Path("/proc").glob("[0-9]*") if _link(entry / "cwd") == inside
    ]


def _link(path: Path) -> str:
    try:
        return os.readlink(path)
    except OSError:
        return ""


def wait_gone(pid: int, seconds: float) -> bool:
    """Whether pid ended within seconds."""
    deadline = time.monotonic() + seconds
    while alive(pid):
        if time.monotonic() > deadline:
            return False
        time.sleep(0.05)
    return True


def send(pid: int, number: signal.Signals) -> None:
    """Signal pid; nothing when it is already gone."""
    with suppress(ProcessLookupError):
        os.kill(pid, number)
