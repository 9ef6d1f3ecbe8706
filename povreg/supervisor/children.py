"""The processes that make up a running povreg: web, worker, beat. Each writes to its own log."""

import os
import signal
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path

from povreg.embedded import processes

#: Names the home in the environment of every process we start: orphans are known by it.
MARK = "POVREG_SUPERVISED_HOME"
LONGEST_LOG_BYTES = 10_000_000
#: A program that lived so long is not one that cannot run.
STEADY_SECONDS = 30.0
#: So often in a row a program may end by itself before that: one whose server goes away just then
#: may fall (Celery's worker does, where the broker goes while a job is given back to it).
SHORT_LIVES = 3


class KeepsEnding(RuntimeError):
    """A program does not stay; the text is the sentence for whoever started povreg."""


@dataclass
class Child:
    """One program of the installation and how it is told to end."""

    name: str
    argv: list[str]
    log: Path
    grace_seconds: float
    started_at: float = 0.0
    short_lives: int = 0
    process: "subprocess.Popen[bytes] | None" = field(default=None, repr=False)

    def start(self, home: Path, code: Path) -> None:
        """Start it in its own session: a Ctrl-C in the terminal reaches only the supervisor."""
        self.log.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        if self.log.exists() and self.log.stat().st_size > LONGEST_LOG_BYTES:
            self.log.replace(self.log.with_suffix(".log.1"))
        with self.log.open("ab") as out:
            self.process = subprocess.Popen(
                [sys.executable, *self.argv],
                cwd=code,
                env=marked_environment(home),
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=out,
                start_new_session=True,
            )
        self.started_at = time.monotonic()

    @property
    def ended(self) -> bool:
        """Whether it was started and runs no more."""
        return self.process is not None and self.process.poll() is not None

    @property
    def killed(self) -> bool:
        """Whether somebody ended it without a word: no fault of its own."""
        return self.process is not None and self.process.poll() == -signal.SIGKILL

    def keep(self, home: Path, code: Path) -> bool:
        """Start it again if it ended; gives whether it did. Raises KeepsEnding."""
        if not self.ended:
            return False
        is_short = time.monotonic() - self.started_at < STEADY_SECONDS and not self.killed
        self.short_lives = self.short_lives + 1 if is_short else 0
        if self.short_lives >= SHORT_LIVES:
            raise KeepsEnding(f"{self.name} dừng ngay sau khi chạy / keeps ending: {self.log}")
        self.start(home, code)
        return True

    def ask_to_end(self) -> None:
        """SIGTERM: finish what is in hand."""
        if self.process and self.process.poll() is None:
            processes.send(self.process.pid, signal.SIGTERM)

    def wait(self, seconds: float) -> None:
        """Wait for its end; after seconds it and what it forked are killed."""
        if self.process is None:
            return
        try:
            self.process.wait(seconds)
        except subprocess.TimeoutExpired:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()


def marked_environment(home: Path) -> dict[str, str]:
    """Our environment, plus the mark by which the next start finds what outlived us."""
    return os.environ | {
        MARK: str(home),
        "POVREG_HOME": str(home),
        "DJANGO_SETTINGS_MODULE": "povreg.settings",
        "PYTHONUNBUFFERED": "1",
    }


def installation(home: Path, bind: str, port: int) -> list[Child]:
    """Web, worker and beat of home, in the order they start; they end in the same order."""
    logs = home / "logs"
    web = [
        *("-m", "gunicorn", "povreg.wsgi", "--preload", "--no-control-socket"),
        *("--bind", f"{bind}:{port}", "--worker-class", "gthread"),
        *("--workers", "2", "--threads", "4", "--timeout", "120", "--graceful-timeout", "10"),
    ]
    celery = ["-m", "celery", "-A", "povreg"]
    worker = [*celery, "worker", "--concurrency", "2", "--loglevel", "INFO"]
    beat = [*celery, "beat", "--loglevel", "INFO", "--pidfile", ""]
    return [
        Child("web", web, logs / "web.log", grace_seconds=15),
        Child("worker", [*worker, "--without-mingle", "--without-gossip"], logs / "worker.log", 30),
        Child("beat", beat, logs / "beat.log", grace_seconds=5),
    ]
