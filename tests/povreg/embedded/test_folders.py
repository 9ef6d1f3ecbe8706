"""Folders for servers: private, reachable where they must be, short enough for a socket."""

import os
import pwd
import stat
from pathlib import Path

import pytest

from povreg.embedded import folders


def test_a_private_folder_opens_for_nobody_else(tmp_path: Path) -> None:
    made = folders.make_private(tmp_path / "a" / "b")

    assert stat.S_IMODE(made.stat().st_mode) == 0o700
    assert made.stat().st_uid == os.geteuid()


def test_a_link_put_in_our_way_is_refused(tmp_path: Path) -> None:
    (tmp_path / "trap").symlink_to(tmp_path)

    with pytest.raises((PermissionError, FileExistsError)):
        folders.make_private(tmp_path / "trap")


def test_a_long_path_gets_a_short_folder_for_its_socket(tmp_path: Path) -> None:
    long = tmp_path / ("x" * 120)

    short = folders.short_enough(long)

    assert len(os.fsencode(short)) < 100
    assert short == folders.short_enough(long)
    assert short != folders.short_enough(tmp_path / ("y" * 120))
    assert folders.short_enough(Path("/srv/home")) == Path("/srv/home")


def test_reach_follows_the_mode_of_each_step(tmp_path: Path) -> None:
    somebody = pwd.struct_passwd(("somebody", "x", 65001, 65001, "", "/", "/bin/false"))
    inner = tmp_path / "outer" / "inner"
    inner.mkdir(parents=True)
    for step in (tmp_path, *tmp_path.parents):
        if step.stat().st_uid == os.geteuid() and step != Path("/"):
            step.chmod(step.stat().st_mode | 0o011)

    inner.chmod(0o755)
    inner.parent.chmod(0o711)
    assert folders.reachable(inner, somebody)
    inner.parent.chmod(0o700)
    assert not folders.reachable(inner, somebody)
    inner.parent.chmod(0o711)
    inner.chmod(0o711)
    assert not folders.reachable(inner, somebody)
    assert folders.passable(inner, somebody)
    inner.chmod(0o700)
    assert not folders.passable(inner, somebody)
