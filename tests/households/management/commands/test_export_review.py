"""manage.py export_review: what it writes, import_review reads unchanged."""

import io
from pathlib import Path

import pytest
from django.core.management import call_command

from households.models import AuditEvent
from households.services.imports import import_review
from households.services.system_user import system_user
from tests.factories import reviews
from tests.households.conftest import World


def run(tmp_path: Path, *options: str) -> str:
    out = io.StringIO()
    paths = {"households_path": tmp_path / "h.csv", "members_path": tmp_path / "m.csv"}
    call_command(
        "export_review", "--round", "2024", "--note", "Sao lưu",
        "--households", str(paths["households_path"]), "--members", str(paths["members_path"]),
        *options, stdout=out, stderr=out,
    )  # fmt: skip
    return out.getvalue()


def test_what_it_writes_is_read_as_it_was(world: World, tmp_path: Path) -> None:
    reviews.surveyed(world.round, world.village, world.officer, members=[reviews.adult()])

    assert run(tmp_path, "--numbers").startswith("1 households, 1 members")

    again = import_review(
        households_path=tmp_path / "h.csv",
        members_path=tmp_path / "m.csv",
        commit=True,
        by=system_user(),
    )
    assert (list(again.errors), again.unchanged) == ([], 1)
    act = AuditEvent.objects.get(verb="review.export")
    assert (act.by.username, act.reason) == ("system", "Sao lưu")


@pytest.mark.parametrize(
    "options", [("--area", "99999"), ("--area", "02011"), ("--by", "nobody"), ("--round", "1999")]
)
def test_a_wrong_call_writes_nothing(
    world: World, tmp_path: Path, options: tuple[str, ...]
) -> None:
    reviews.surveyed(world.round, world.village, world.officer, members=[reviews.adult()])
    with pytest.raises(SystemExit) as ended:
        run(tmp_path, *options)
    assert ended.value.code == 2
    assert not (tmp_path / "h.csv").exists()
    assert not AuditEvent.objects.filter(verb="review.export").exists()
