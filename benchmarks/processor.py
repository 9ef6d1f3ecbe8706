"""Time on the processor: what a measurement takes however many others wait for the same cores."""

import time
from pathlib import Path

from django.db import connection


def seconds() -> float:
    """Seconds that this thread and the database's process of this connection have run, since they
    began. Of a database on another machine, or a system that does not tell, this thread's alone."""
    connection.ensure_connection()
    told = Path(f"/proc/{connection.connection.info.backend_pid}/schedstat")
    try:
        of_database = int(told.read_text("ascii").split()[0]) / 1e9
    except OSError:
        of_database = 0.0
    return time.thread_time() + of_database
