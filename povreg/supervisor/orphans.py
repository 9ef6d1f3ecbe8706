"""What a killed supervisor left running is ended before the next one starts its own."""

import os
import signal
from pathlib import Path

from povreg.embedded import processes
from povreg.supervisor.children import MARK

GRACE_SECONDS = 5.0


def left_running(home: Path) -> list[int]:
    """Process ids of an earlier start of this home: they carry our mark in their environment."""
    mark = os.fsencode(f"{MARK}={home}")
    return [
        pid
        for pid in (int(entry.name) for entry in Path("/proc").glob("[0-9]*"))
        if pid != os.getpid() and mark in _environment(pid) and processes.alive(pid)
    ]


def _environment(pid: int) -> list[bytes]:
    try:
        return Path(f"/proc/{pid}/environ").read_bytes().split(b"\0")
    except OSError:
        return []


def end(home: Path) -> int:
    """End them, first asking; how many there were."""
    found = left_running(home)
    for pid in found:
        processes.send(pid, signal.SIGTERM)
    for pid in found:
        if not processes.wait_gone(pid, GRACE_SECONDS):
            processes.send(pid, signal.SIGKILL)
            processes.wait_gone(pid, GRACE_SECONDS)
    return len(found)
