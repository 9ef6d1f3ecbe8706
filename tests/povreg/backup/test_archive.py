"""Backup and restore rehearsed for real: a home with rows and files, and a second, empty one."""

import json
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.conf import settings

from povreg.backup import archive
from povreg.embedded import lease, postgres
from tests.povreg.conftest import clean_environment

pytestmark = pytest.mark.slow

NUMBER = "006099000017"


def manage(home: Path, *command: str, **given: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "manage.py", *command],
        cwd=settings.BASE_DIR,
        env=clean_environment(POVREG_HOME=str(home), POVREG_DEMO="none", **given),
        capture_output=True,
        text=True,
        timeout=900,
        check=False,
    )


def shell(home: Path, code: str) -> str:
    """What code prints in the product's own shell of home."""
    ran = manage(home, "shell", "-v", "0", "-c", code)
    assert ran.returncode == 0, ran.stderr
    return ran.stdout.strip().splitlines()[-1]


WRITE_PERSON = f"""
from households.services import audit
from households.services.system_user import system_user
from households.models import Person
with audit.act(by=system_user(), verb="test.person"):
    Person.objects.create(full_name="Hoàng Văn Đá", sex="M", personal_id="{NUMBER}")
"""
LOG_IN = """
from django.contrib.sessions.backends.cached_db import SessionStore
from households.models import OpenSession
from households.services import open_sessions
from households.services.system_user import system_user
open_sessions.begin(session=SessionStore(), by=system_user(), device="", address=None)
print(OpenSession.objects.count())
"""
READ_PERSON = f"""
from households.models import Person
print(Person.objects.get(personal_id="{NUMBER}").full_name)
"""


@pytest.fixture(scope="module")
def original(new_home: Callable[[str], Path]) -> Path:
    """A real register with one person, whose number is encrypted, one attachment, and somebody
    logged in."""
    home = new_home("original")
    prepared = manage(home, "prepare")
    assert prepared.returncode == 0, prepared.stderr
    manage(home, "shell", "-v", "0", "-c", WRITE_PERSON)
    assert shell(home, LOG_IN) == "1"
    (home / "attachments" / "2024").mkdir(parents=True)
    (home / "attachments" / "2024" / "phiếu B.pdf").write_bytes(b"%PDF scan " * 200_000)
    return home


@pytest.fixture(scope="module")
def backup(original: Path) -> Iterator[Path]:
    folder = original.with_name(f"{original.name} backup")
    made = manage(original, "backup", str(folder))
    assert made.returncode == 0, made.stderr
    yield folder
    shutil.rmtree(folder)


def test_everything_comes_back_in_a_second_home(
    original: Path, backup: Path, new_home: Callable[[str], Path]
) -> None:
    second = new_home("second")
    key = original / "secrets" / "backup_key"

    restored = manage(second, "restore", str(backup), "--key-file", str(key))

    assert restored.returncode == 0, restored.stderr
    assert shell(second, READ_PERSON) == "Hoàng Văn Đá"
    scan = Path("attachments/2024/phiếu B.pdf")
    assert (second / scan).read_bytes() == (original / scan).read_bytes()
    assert rows(second) == rows(original)
    assert manage(second, "prepare").returncode == 0

    again = manage(second, "restore", str(backup), "--key-file", str(key))
    assert again.returncode != 0
    assert "chỉ khôi phục được vào kho dữ liệu trống" in again.stderr


def rows(home: Path) -> dict[str, int]:
    """How many rows each table has, but for who was logged in; and what guards them."""
    guards = ("pg_trigger", "pg_constraint", "pg_index")
    with lease.servers(home, broker=False):
        connection = postgres.connect(postgres.located(home))
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT tablename FROM pg_tables WHERE schemaname = 'public'"
                " AND tablename !~ '^(axes|django_session|households_opensession)'"
            )
            found = {}
            for table in [*(name for (name,) in cursor.fetchall()), *guards]:
                cursor.execute(f'SELECT count(*) FROM "{table}"')
                found[table] = cursor.fetchone()[0]
        connection.close()
    assert found["households_area"] > 0
    return found


def test_no_key_and_no_name_lies_in_the_backup(original: Path, backup: Path) -> None:
    text = b"".join(path.read_bytes() for path in backup.iterdir())

    for secret in ("secret_key", "field_key", "backup_key"):
        assert (original / "secrets" / secret).read_bytes().strip() not in text
    assert "Hoàng Văn Đá".encode() not in text
    assert b"%PDF scan" not in text


def test_another_key_is_refused_by_name(
    backup: Path, new_home: Callable[[str], Path], tmp_path: Path
) -> None:
    other = tmp_path / "key"
    other.write_text("A" * 43 + "=", encoding="ascii")
    named = json.loads((backup / "manifest.json").read_text())["key_fingerprint"]

    refused = manage(new_home("third"), "restore", str(backup), "--key-file", str(other))

    assert refused.returncode != 0
    assert f"cần khóa {named}" in refused.stderr


def test_a_damaged_backup_restores_nothing(
    original: Path, backup: Path, new_home: Callable[[str], Path], tmp_path: Path
) -> None:
    damaged = tmp_path / "damaged"
    shutil.copytree(backup, damaged)
    text = bytearray((damaged / "database.enc").read_bytes())
    text[-5] ^= 1
    (damaged / "database.enc").write_bytes(text)
    home = new_home("fourth")
    key = str(original / "secrets" / "backup_key")

    refused = manage(home, "restore", str(damaged), "--key-file", key)
    assert refused.returncode != 0
    assert "Traceback" not in refused.stderr

    whole = manage(home, "restore", str(backup), "--key-file", key)
    assert whole.returncode == 0, whole.stderr


def test_an_unfinished_backup_and_a_full_folder_are_refused(
    original: Path, backup: Path, new_home: Callable[[str], Path], tmp_path: Path
) -> None:
    unfinished = tmp_path / "unfinished"
    shutil.copytree(backup, unfinished)
    (unfinished / "manifest.json").unlink()

    refused = manage(new_home("fifth"), "restore", str(unfinished))
    assert "không phải bản sao lưu hoàn chỉnh" in refused.stderr

    occupied = manage(original, "backup", str(backup))
    assert occupied.returncode != 0
    assert "không trống" in occupied.stderr


def test_a_backup_of_before_the_files_were_gathered_is_known() -> None:
    known = archive.known_migrations()
    assert "households.0043_old_numbers" in known, "replaced by 0001_tables, which names it"
    assert "households.0001_tables" in known
    assert "households.9999_of_tomorrow" not in known
