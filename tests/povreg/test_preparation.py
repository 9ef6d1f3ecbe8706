"""What povreg says when a database cannot be used: one sentence, before anything is written."""

import base64
import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from pytest_django import Settings

from povreg import preparation
from tests.factories import people


@pytest.mark.django_db
def test_the_key_that_wrote_the_numbers_is_let_in() -> None:
    people.person(personal_id="006080000123")

    preparation.refuse_other_key()


@pytest.mark.django_db
def test_another_key_than_the_one_that_wrote_the_numbers_is_refused(
    settings: Settings,
) -> None:
    people.person(personal_id="006080000123")
    settings.POVREG_FIELD_KEY = base64.urlsafe_b64encode(os.urandom(64)).decode()

    with pytest.raises(preparation.Unfit, match="POVREG_FIELD_KEY"):
        preparation.refuse_other_key()


def test_a_database_that_does_not_answer_is_told_in_one_sentence(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]  # closed again below: nothing listens there
    key = base64.urlsafe_b64encode(os.urandom(64)).decode()
    environment = os.environ | {
        "POVREG_HOME": str(tmp_path),
        "DATABASE_URL": f"postgres://officer:geheim@127.0.0.1:{port}/register",
        "POVREG_SECRET_KEY": "made for this test",
        "POVREG_FIELD_KEY": key,
    }
    environment.pop("DJANGO_SETTINGS_MODULE", None)

    done = subprocess.run(
        [sys.executable, "manage.py", "prepare"],
        cwd=settings.BASE_DIR,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 1
    assert "DATABASE_URL" in done.stderr
    assert "Traceback" not in done.stderr
    assert "geheim" not in done.stderr


def test_the_figures_of_the_demo_are_worked_out_on_its_day_once_all_is_loaded(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ran: list[tuple[str, str]] = []

    def run(argv: list[str], *, env: dict[str, str], **more: object) -> object:
        ran.append((argv[-1], env["POVREG_TODAY"]))
        return subprocess.CompletedProcess(argv, 0)

    monkeypatch.setattr(preparation.subprocess, "run", run)
    monkeypatch.delenv("POVREG_TODAY", raising=False)
    preparation.load_demo(tmp_path, settings.BASE_DIR)
    assert ran == [
        ("load_demo", "2024-10-15"),
        ("load_demo_support", "2024-10-15"),
        ("refresh_figures", "2024-10-15"),
    ]
