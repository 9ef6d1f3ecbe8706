"""Sharing one home's servers: whoever needs them holds a lease, the last one out stops them.

The kernel drops a killed process's locks, so there is no count that can go wrong.
"""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from povreg.embedded import folders, postgres, valkey


@contextmanager
def servers(
    home: Path, *, database: bool = True, broker: bool = True, durable: bool = True
) -> Iterator[None]:
    """The chosen embedded servers of home, running for as long as the block lasts.

    Raises ServerFailed when one does not start.
    """
    folders.make_home(home)
    with _locked_file(home / "servers.lock") as users:
        with _start_or_stop(home):
            fcntl.flock(users, fcntl.LOCK_SH)
            if database:
                postgres.start(postgres.located(home), durable=durable)
            if broker:
                valkey.start(valkey.located(home))
        try:
            yield
        finally:
            with _start_or_stop(home):
                if _alone(users):
                    valkey.stop(valkey.located(home))
                    postgres.stop(postgres.located(home))


def _alone(users: int) -> bool:
    try:
        fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


@contextmanager
def _start_or_stop(home: Path) -> Iterator[None]:
    """One process at a time starts or stops servers in a home."""
    with _locked_file(home / "start.lock") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


@contextmanager
def _locked_file(path: Path) -> Iterator[int]:
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        yield descriptor
    finally:
        os.close(descriptor)
