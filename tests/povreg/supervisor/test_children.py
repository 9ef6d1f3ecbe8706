"""A program that somebody killed is told from one that ended by itself."""

import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from povreg.supervisor import children, run
from povreg.supervisor.children import SHORT_LIVES, Child, KeepsEnding

ASLEEP = ["-c", "import time; time.sleep(60)"]


@pytest.fixture
def asleep(tmp_path: Path) -> Iterator[Child]:
    child = Child("worker", list(ASLEEP), tmp_path / "worker.log", grace_seconds=5)
    child.start(tmp_path, tmp_path)
    yield child
    if child.process and child.process.poll() is None:
        child.process.kill()
        child.process.wait()


def end(child: Child, number: signal.Signals) -> int:
    assert child.process
    child.process.send_signal(number)
    child.process.wait()
    return child.process.pid


def test_only_who_was_killed_was_killed(asleep: Child) -> None:
    assert not asleep.killed
    end(asleep, signal.SIGTERM)
    assert asleep.ended
    assert not asleep.killed


def test_who_was_killed_at_once_is_started_again(
    asleep: Child, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stop = run.Stop()
    killed = [end(asleep, signal.SIGKILL)]
    assert asleep.killed

    def looked(home: Path) -> None:
        assert asleep.process
        if not asleep.ended:
            if len(killed) == 3:
                stop.asked = True
            else:
                killed.append(end(asleep, signal.SIGKILL))

    monkeypatch.setattr(run, "WATCH_SECONDS", 0)
    monkeypatch.setattr(run, "CODE", tmp_path)
    monkeypatch.setattr(run, "_keep_servers", looked)
    run._watch(tmp_path, [asleep], stop)
    assert len(set(killed)) == 3
    assert not asleep.ended


def test_who_keeps_ending_by_itself_is_given_up(
    asleep: Child, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ended = []

    def looked(home: Path) -> None:
        ended.append(end(asleep, signal.SIGTERM))

    monkeypatch.setattr(run, "WATCH_SECONDS", 0)
    monkeypatch.setattr(run, "CODE", tmp_path)
    monkeypatch.setattr(run, "_keep_servers", looked)
    with pytest.raises(KeepsEnding, match="worker"):
        run._watch(tmp_path, [asleep], run.Stop())
    assert len(set(ended)) == SHORT_LIVES


def test_who_fell_once_by_itself_is_started_again(asleep: Child, tmp_path: Path) -> None:
    end(asleep, signal.SIGTERM)
    assert asleep.keep(tmp_path, tmp_path)
    assert not asleep.ended
    assert not asleep.keep(tmp_path, tmp_path)


def test_a_long_life_wipes_short_ones_out(
    asleep: Child, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asleep.short_lives = SHORT_LIVES - 1
    monkeypatch.setattr(children, "STEADY_SECONDS", 0)
    end(asleep, signal.SIGTERM)
    assert asleep.keep(tmp_path, tmp_path)
    assert asleep.short_lives == 0
