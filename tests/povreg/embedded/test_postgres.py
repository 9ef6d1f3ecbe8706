"""Where the cluster lives: in the home, or for root in a place that `nobody` can reach."""

import os
from pathlib import Path

import pytest

from povreg.embedded import folders, postgres

as_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root runs PostgreSQL as nobody")


@pytest.fixture
def open_path(tmp_path: Path) -> Path:
    """A folder that everybody may walk to."""
    for step in (tmp_path, *tmp_path.parents):
        if step.stat().st_uid == os.geteuid() and step != Path("/"):
            step.chmod(step.stat().st_mode | 0o011)
    return tmp_path


def test_a_new_home_keeps_its_cluster_inside(open_path: Path) -> None:
    home = open_path / "a home" / "inner"

    assert postgres.located(home).base == home / "postgres"
    assert postgres.located(home).cluster.name == "18"


def test_a_home_inside_another_home_too(open_path: Path) -> None:
    outer = open_path / "outer"
    folders.make_home(outer)

    assert postgres.located(outer / "inner").base == outer / "inner" / "postgres"


@as_root
def test_a_home_behind_a_closed_door_remembers_another_place(open_path: Path) -> None:
    closed = open_path / "closed"
    closed.mkdir(mode=0o700)

    there = postgres.located(closed / "home").base

    assert there.parent == postgres.ELSEWHERE_ROOT
    assert postgres.located(closed / "home").base == there
    assert postgres.located(closed / "other").base != there
    assert not there.exists()
