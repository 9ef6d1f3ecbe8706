"""Prepare, start, watch, stop.

Order of start: database, broker, preparation (migrations, reference data, demo), web, worker,
beat. Order of stop: web, worker, beat, broker, database.
"""

import fcntl
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import Any

from povreg import env
from povreg.embedded import folders, lease, postgres, processes, valkey
from povreg.supervisor import children, orphans, readiness

CODE = Path(__file__).resolve().parent.parent.parent
READY_SECONDS = 120.0
WATCH_SECONDS = 0.5


class Refused(RuntimeError):
    """povreg cannot start; the text is the sentence for whoever tried."""


#: What povreg cannot run with; each says why.
FAULTS = (
    Refused,
    env.Misconfigured,
    children.KeepsEnding,
    processes.ServerFailed,
    PermissionError,
)


class Stop:
    """Set by Ctrl-C or SIGTERM."""

    asked = False

    def __call__(self, number: int, frame: FrameType | None) -> None:
        self.asked = True


def main() -> int:
    """Run the installation until told to stop. 0 after an orderly stop, 1 when it could not run."""
    stop = Stop()
    signal.signal(signal.SIGINT, stop)
    signal.signal(signal.SIGTERM, stop)
    try:
        home, bind, port = env.home(CODE), env.bind(), env.port()
        env.secrets(home)
        env.demo()
        folders.make_home(home)
        with _only_one(home):
            _make_way(home, bind, port)
            needs = {"database": not env.outside_database(), "broker": not env.outside_broker()}
            with lease.servers(home, **needs):
                report = _prepare(home)
                _serve(home, bind, port, report, stop)
    except FAULTS as reason:
        print(f"povreg: {reason}", file=sys.stderr)
        return 1
    print("povreg đã dừng. / stopped.")
    return 0


@contextmanager
def _only_one(home: Path) -> Iterator[None]:
    with (home / "supervisor.lock").open("a+") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            lock.seek(0)
            raise Refused(
                f"povreg của {home} đang chạy rồi (tiến trình {lock.read().strip()}). / "
                "This home is already running."
            ) from None
        lock.truncate(0)
        lock.write(f"{os.getpid()}\n")
        lock.flush()
        yield


def _make_way(home: Path, bind: str, port: int) -> None:
    if ended := orphans.end(home):
        print(f"Đã dọn {ended} tiến trình của lần chạy trước. / Ended what an earlier run left.")
    if not readiness.port_is_free(bind, port):
        raise Refused(
            f"cổng {port} đang có chương trình khác dùng; chọn cổng khác: "
            f"PORT={port + 1} make run. / port {port} is taken; choose another one."
        )


def _prepare(home: Path) -> dict[str, Any]:
    """Run `manage.py prepare`; what it reports: kind, logins, the administrator's link."""
    report = home / "preparation.json"
    report.unlink(missing_ok=True)
    argv = [sys.executable, "manage.py", "prepare", "--report", str(report)]
    subprocess.run(argv, cwd=CODE, env=children.marked_environment(home), check=False)
    if not report.exists():
        raise Refused(
            "chưa chuẩn bị được dữ liệu, xem lý do ở trên. / preparation failed, see above."
        )
    found: dict[str, Any] = json.loads(report.read_text(encoding="utf-8"))
    report.unlink()  # the administrator's link is not kept
    if refused := found.get("refused"):
        raise Refused(refused)
    return found


def _serve(home: Path, bind: str, port: int, report: dict[str, Any], stop: Stop) -> None:
    programs = children.installation(home, bind, port)
    *answering, beat = programs
    try:
        for program in answering:
            program.start(home, CODE)
        if _wait_until_ready(answering, bind, port, stop):
            beat.start(home, CODE)  # the first heartbeat waits in the broker since _prepare()
            _welcome(home, bind, port, report)
            _watch(home, programs, stop)
    finally:
        print("\nĐang dừng… / Stopping…", flush=True)
        for program in programs:
            program.ask_to_end()
            program.wait(program.grace_seconds)


def _wait_until_ready(programs: list[children.Child], bind: str, port: int, stop: Stop) -> bool:
    """True once /health/ says so, False when told to stop before."""
    deadline = time.monotonic() + READY_SECONDS
    answer = ""
    while not stop.asked:
        for program in programs:
            if program.ended:
                raise Refused(f"{program.name} không chạy được / did not start: {program.log}")
        status, answer = readiness.health(bind, port)
        if status == 200:
            return True
        if time.monotonic() > deadline:
            raise Refused(f"povreg không sẵn sàng / is not ready: {answer}")
        time.sleep(0.2)
    return False


def _welcome(home: Path, bind: str, port: int, report: dict[str, Any]) -> None:
    address = f"http://{readiness.reachable_host(bind)}:{port}"
    print(f"\npovreg đang chạy / is running: {address}/")
    print(f"Dữ liệu / data: {home}   Nhật ký / logs: {home / 'logs'}")
    if logins := report.get("logins"):
        print(f"\nDữ liệu giả để tập / invented people, to try things out:\n{logins}")
    if link := report.get("administrator_link"):
        print(
            "\nLiên kết dùng một lần để quản trị viên (admin) đặt mật khẩu / "
            f"one-time link for the first administrator (admin):\n{address}{link}"
        )
    print("\nCtrl-C để dừng. / Ctrl-C stops everything.", flush=True)


def _watch(home: Path, programs: list[children.Child], stop: Stop) -> None:
    """Start again what ends. Raises children.KeepsEnding."""
    while not stop.asked:
        time.sleep(WATCH_SECONDS)
        _keep_servers(home)
        for program in programs:
            if not stop.asked and program.keep(home, CODE):
                print(f"{program.name}: chạy lại / starting again", flush=True)


def _keep_servers(home: Path) -> None:
    """A server that was killed comes back; the web and the worker reconnect by themselves."""
    if not env.outside_database() and not postgres.running_pid(postgres.located(home)):
        print("PostgreSQL: chạy lại / starting again", flush=True)
        postgres.start(postgres.located(home))
    if not env.outside_broker() and not valkey.running_pid(valkey.located(home)):
        print("Valkey: chạy lại / starting again", flush=True)
        valkey.start(valkey.located(home))
