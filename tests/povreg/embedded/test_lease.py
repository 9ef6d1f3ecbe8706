"""One home's servers are shared: the first user starts them, the last one out stops them."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from django.conf import settings

from povreg.embedded import lease, postgres, processes, valkey
from tests.povreg.conftest import clean_environment, server_pids

pytestmark = pytest.mark.slow

HOLD = """
import sys
from pathlib import Path
from povreg.embedded import lease
with lease.servers(Path(sys.argv[1])):
    print("up", flush=True)
    sys.stdin.read()
"""


@pytest.fixture(scope="module")
def home(new_home: Callable[[str], Path]) -> Path:
    return new_home("lease it's")


def another_holder(home: Path) -> "subprocess.Popen[str]":
    holder = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(home)],
        cwd=settings.BASE_DIR,
        env=clean_environment(),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert holder.stdout
    assert holder.stdout.readline() == "up\n"
    return holder


def test_a_server_made_by_us_is_the_one_the_register_needs(home: Path) -> None:
    with lease.servers(home):
        connection = postgres.connect(postgres.located(home))
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT current_setting('server_version_num')::int / 10000, lower('Đ'),"
                " current_setting('listen_addresses'), current_setting('fsync')"
            )
            assert cursor.fetchone() == (18, "đ", "", "on")
        connection.close()
        assert valkey.answers(valkey.located(home))
    assert server_pids(home) == []


def test_the_last_one_out_stops_them(home: Path) -> None:
    other = another_holder(home)
    with lease.servers(home):
        running = server_pids(home)
    assert len(running) == 2
    assert server_pids(home) == running

    other.communicate("")
    assert server_pids(home) == []


def test_a_killed_holder_keeps_nobody_waiting(home: Path) -> None:
    other = another_holder(home)
    other.kill()
    other.communicate()
    assert len(server_pids(home)) == 2

    with lease.servers(home):
        pass
    assert server_pids(home) == []


def test_a_lock_file_that_names_a_stranger_s_process_is_no_server(home: Path) -> None:
    cluster = postgres.located(home)
    with lease.servers(home, broker=False):
        kept = cluster.pid_file.read_text()
    lines = kept.split("\n")
    cluster.pid_file.write_text("\n".join([str(os.getpid()), *lines[1:]]))
    (cluster.sockets / ".s.PGSQL.5432.lock").write_text(cluster.pid_file.read_text())

    assert postgres.running_pid(cluster) is None
    with lease.servers(home, broker=False):
        assert postgres.running_pid(cluster)


def test_what_the_broker_accepted_outlives_its_death(home: Path) -> None:
    with lease.servers(home, database=False):
        at = valkey.located(home)
        client = valkey.client(at)
        client.rpush("jobs", "one")
        client.execute_command("WAITAOF", 1, 0, 1000)
        pid = valkey.running_pid(at)
        assert pid
        os.kill(pid, signal.SIGKILL)
        assert processes.wait_gone(pid, 10)
        client.close()

        valkey.start(at)
        client = valkey.client(at)
        assert client.lrange("jobs", 0, -1) == [b"one"]
        client.close()
