"""requirements*.txt give a reason for each package; the locks are made from them, with hashes."""

import re
from collections.abc import Iterator

import pytest

from tests.architecture.source import ROOT

NAMES = ("requirements", "requirements-dev")
PINNED = re.compile(r"^(?P<name>[\w-]+)==(?P<version>\S+)\s+# (?P<reason>\S.{8,})$")


def direct(name: str) -> Iterator[str]:
    for line in (ROOT / f"{name}.txt").read_text("utf-8").splitlines():
        if line and not line.startswith(("#", "-r ")):
            yield line


@pytest.mark.parametrize("name", NAMES)
def test_each_is_pinned_and_says_why(name: str) -> None:
    unexplained = [line for line in direct(name) if not PINNED.match(line)]
    assert unexplained == []


@pytest.mark.parametrize("name", NAMES)
def test_the_lock_holds_the_pins_with_hashes(name: str) -> None:
    lock = (ROOT / f"{name}.lock").read_text("utf-8")
    for line in direct(name):
        pin = PINNED.match(line)
        assert pin
        locked = re.compile(
            rf"^{re.escape(pin['name'].lower())}=={re.escape(pin['version'])} .*\\\n"
            r"    --hash=sha256:",
            re.MULTILINE,
        )
        assert locked.search(lock), f"{line}: run `make lock`"


@pytest.mark.parametrize("name", NAMES)
def test_the_lock_names_no_host(name: str) -> None:
    lock = (ROOT / f"{name}.lock").read_text("utf-8")
    assert "://" not in lock
    assert "index-url" not in lock


def test_both_locks_agree() -> None:
    def pins(name: str) -> dict[str, str]:
        lock = (ROOT / f"{name}.lock").read_text("utf-8")
        return dict(re.findall(r"^([\w.-]+)==(\S+)", lock, re.MULTILINE))

    shipped, developed = pins("requirements"), pins("requirements-dev")
    assert {name: developed.get(name) for name in shipped} == shipped
