"""`make run`, really run: starting, stopping, being killed, and being in somebody's way."""

import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path

import pytest
from django.conf import settings

from povreg.embedded import postgres, processes
from povreg.supervisor import orphans, readiness
from tests.povreg.conftest import clean_environment, server_pids

pytestmark = pytest.mark.slow

#: Far above what it takes (10 to 40 s): a slow machine is no fault of the product.
READY_SECONDS = 300


class Running:
    """A supervisor under test and what it prints."""

    def __init__(self, home: Path, **given: str) -> None:
        self.home = home
        self.port = int(given.get("PORT") or free_port())
        self.output = home.with_name(f"{home.name}.out")
        environment = {"POVREG_DEMO": "none", "PORT": str(self.port), "POVREG_HOME": str(home)}
        with self.output.open("wb") as out:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "povreg.supervisor"],
                cwd=settings.BASE_DIR,
                env=clean_environment(**environment | given),
                stdout=out,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )

    @property
    def text(self) -> str:
        return self.output.read_text(encoding="utf-8", errors="replace")

    def wait_ready(self) -> "Running":
        deadline = time.monotonic() + READY_SECONDS
        while "Ctrl-C để dừng" not in self.text:
            assert self.process.poll() is None, self.text
            assert time.monotonic() < deadline, self.text
            time.sleep(0.1)
        return self

    def healthy(self) -> bool:
        return readiness.health("127.0.0.1", self.port)[0] == 200

    def stop(self) -> int:
        self.process.send_signal(signal.SIGINT)
        return self.process.wait(120)


def free_port() -> int:
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@pytest.fixture(scope="module")
def shared_home(new_home: Callable[[str], Path]) -> Path:
    """One real register for this file: only the first test waits for its making."""
    return new_home("run")


@pytest.fixture
def start(shared_home: Path) -> Iterator[Callable[..., Running]]:
    """Start a supervisor; what still runs at the end is killed."""
    with ExitStack() as ends:

        def begin(home: Path = shared_home, **given: str) -> Running:
            return ends.enter_context(killed_at_the_end(Running(home, **given)))

        yield begin


@contextmanager
def killed_at_the_end(running: Running) -> Iterator[Running]:
    try:
        yield running
    finally:
        if running.process.poll() is None:
            running.process.kill()
        running.process.wait()
        orphans.end(running.home)
        running.output.unlink(missing_ok=True)


def kill_everything(running: Running) -> None:
    """What a power cut does: every process of the installation at once, without a word."""
    pids = [running.process.pid, *orphans.left_running(running.home), *server_pids(running.home)]
    assert len(pids) > 5
    for pid in pids:
        os.kill(pid, signal.SIGKILL)
    running.process.wait()
    assert all(processes.wait_gone(pid, 10) for pid in pids)


def test_starts_answers_and_ctrl_c_stops_everything(start: Callable[..., Running]) -> None:
    running = start().wait_ready()

    assert running.healthy()
    assert f"http://127.0.0.1:{running.port}/" in running.text

    assert running.stop() == 0
    assert orphans.left_running(running.home) == []
    assert server_pids(running.home) == []


def test_next_start_recovers_after_everything_was_killed(start: Callable[..., Running]) -> None:
    first = start().wait_ready()
    kill_everything(first)

    second = start(first.home).wait_ready()

    assert second.healthy()
    assert second.stop() == 0


def test_next_start_takes_over_what_a_killed_supervisor_left(
    start: Callable[..., Running],
) -> None:
    first = start().wait_ready()
    left = orphans.left_running(first.home)
    database = postgres.running_pid(postgres.located(first.home))
    first.process.kill()
    first.process.wait()
    assert left

    second = start(first.home, PORT=str(first.port)).wait_ready()

    assert second.healthy()
    assert not any(processes.alive(pid) for pid in left if pid != first.process.pid)
    assert postgres.running_pid(postgres.located(first.home)) == database
    assert second.stop() == 0
    assert server_pids(first.home) == []


def test_a_killed_database_comes_back_while_running(start: Callable[..., Running]) -> None:
    running = start().wait_ready()
    database = postgres.running_pid(postgres.located(running.home))
    assert database
    os.kill(database, signal.SIGKILL)

    deadline = time.monotonic() + 120
    while "PostgreSQL: chạy lại" not in running.text or not running.healthy():
        assert time.monotonic() < deadline, running.text
        time.sleep(0.2)
    assert running.stop() == 0


def test_a_second_supervisor_of_the_same_home_is_refused(start: Callable[..., Running]) -> None:
    running = start().wait_ready()
    second = subprocess.run(
        [sys.executable, "-m", "povreg.supervisor"],
        cwd=settings.BASE_DIR,
        env=clean_environment(POVREG_HOME=str(running.home), PORT=str(free_port())),
        capture_output=True,
        text=True,
        timeout=180,
        check=False,
    )

    assert second.returncode == 1
    assert "đang chạy rồi" in second.stderr
    assert running.healthy()


def test_a_taken_port_is_told_in_one_sentence(start: Callable[..., Running]) -> None:
    with closing(socket.socket()) as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        refused = start(PORT=str(other.getsockname()[1]))

        assert refused.process.wait(180) == 1
    assert "đang có chương trình khác dùng" in refused.text
    assert len(refused.text.strip().splitlines()) == 1


def test_first_start_of_a_real_register_prints_a_link_that_works_once(
    start: Callable[..., Running],
) -> None:
    running = start().wait_ready()
    link = re.search(r"/password/set/\S+/", running.text)

    assert link
    assert "Dữ liệu giả để tập" not in running.text


def test_a_demo_home_never_becomes_a_real_register(
    start: Callable[..., Running], new_home: Callable[[str], Path]
) -> None:
    demo = start(new_home("demo"), POVREG_DEMO="small").wait_ready()
    assert "Dữ liệu giả để tập" in demo.text
    assert demo.stop() == 0

    real = start(demo.home, POVREG_DEMO="none")

    assert real.process.wait(180) == 1
    assert "không thể thành sổ thật" in real.text
