"""The steps from an empty (or yesterday's) database to one that can serve; all repeatable."""

import hashlib
import json
import os
import subprocess
import sys
from io import StringIO
from pathlib import Path

from django.conf import settings
from django.contrib.auth.tokens import default_token_generator
from django.contrib.staticfiles.finders import get_finders
from django.core.cache import cache
from django.core.management import call_command
from django.db import OperationalError, connection
from django.urls import reverse
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode

from households.choices import InstallationKind
from households.models import Installation, Person, User
from households.services import installation
from povreg import env
from povreg.tasks import HEARTBEAT_KEY, heartbeat

OLDEST_POSTGRES = 17


class Unfit(RuntimeError):
    """This database cannot be used; the text says why in one sentence."""


def refuse_unfit_database() -> None:
    """Raise Unfit for a PostgreSQL that does not answer, is too old, or does not know that đ is
    the small Đ."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT current_setting('server_version_num')::int, lower('Đ') = 'đ'")
            version, folds = cursor.fetchone()
    except OperationalError as fault:
        told = str(fault).strip().splitlines()[0]
        raise Unfit(
            f"không nối được cơ sở dữ liệu ({told}); xem lại DATABASE_URL. / "
            "the database does not answer; check DATABASE_URL."
        ) from None
    if version // 10_000 < OLDEST_POSTGRES:
        raise Unfit(
            f"cần PostgreSQL {OLDEST_POSTGRES} trở lên, đang là {version // 10_000}. / "
            f"PostgreSQL {OLDEST_POSTGRES} or newer is needed."
        )
    if not folds:
        raise Unfit(
            "cơ sở dữ liệu phải tạo với locale builtin C.UTF-8 (xem docs/operations.md). / "
            "create the database with --locale-provider=builtin --builtin-locale=C.UTF-8."
        )


def kind_of_installation() -> str | None:
    """DEMO, REAL, or None while the database is new."""
    if Installation._meta.db_table not in connection.introspection.table_names():
        return None
    return Installation.objects.values_list("kind", flat=True).first()


def refuse_other_key() -> None:
    """Raise Unfit when POVREG_FIELD_KEY is not the one that wrote the personal numbers: with it
    every page that shows one would break, and new numbers would be written with a second key."""
    if Person._meta.db_table not in connection.introspection.table_names():
        return
    try:
        Person.objects.filter(personal_id__isnull=False).values_list("personal_id").first()
    except ValueError:
        raise Unfit(
            "POVREG_FIELD_KEY không phải là khóa đã ghi số định danh trong kho này; hãy đặt lại "
            "khóa cũ. / POVREG_FIELD_KEY is not the key this database was written with."
        ) from None


def refuse_change_of_kind(kind: str | None, wanted_demo: str) -> None:
    """A database with invented people stays one: their rows could never be told apart again."""
    if kind == InstallationKind.DEMO and wanted_demo == "none":
        raise Unfit(
            "kho dữ liệu này chứa dữ liệu giả để tập, không thể thành sổ thật; "
            "hãy đặt POVREG_HOME sang thư mục mới. / this home holds the demo and cannot become "
            "a real register; set POVREG_HOME to a new folder."
        )


def collect_static_files() -> None:
    """Copy and compress what browsers fetch, unless nothing changed since the last time."""
    stamp = Path(settings.STATIC_ROOT) / ".collected"
    now = _fingerprint_of_static_files()
    if stamp.exists() and stamp.read_text(encoding="ascii") == now:
        return
    # Of the API's pages one kind is used.
    call_command(
        "collectstatic", interactive=False, clear=True, verbosity=0, ignore_patterns=["redoc"]
    )
    stamp.write_text(now, encoding="ascii")


def _fingerprint_of_static_files() -> str:
    seen = hashlib.sha256(settings.STORAGES["staticfiles"]["BACKEND"].encode())
    for finder in get_finders():
        for name, storage in finder.list([]):
            found = os.stat(storage.path(name))
            seen.update(f"{name}\0{found.st_size}\0{found.st_mtime_ns}\n".encode())
    return seen.hexdigest()


def load_demo(kind: str, code: Path) -> None:
    """Fill the empty database with invented people and their support, on the demo's day, and work
    their figures out, so that the first page is right. `kind` is small (six communes) or province,
    which takes some minutes.

    Processes of their own, since settings read the day at their import.
    """
    today = {"POVREG_TODAY": os.environ.get("POVREG_TODAY") or env.DEMO_TODAY.isoformat()}
    size = ["--province"] if kind == "province" else []
    commands = (["load_demo", *size], ["load_demo_support", *size], ["refresh_figures"])
    for command in commands:
        argv = [sys.executable, "manage.py", *command]
        if subprocess.run(argv, cwd=code, env=os.environ | today, check=False).returncode != 0:
            raise Unfit("chưa nạp được dữ liệu giả để tập. / the demo could not be loaded.")


def mark_home(home: Path, kind: str | None) -> None:
    """Leave word for settings, which cannot ask the database, that the demo's day holds here."""
    mark = home / env.DEMO_MARK
    if kind == InstallationKind.DEMO:
        mark.touch()
    else:
        mark.unlink(missing_ok=True)


def demo_logins() -> str:
    """The lines that `manage.py demo_logins` prints."""
    out = StringIO()
    call_command("demo_logins", stdout=out)
    return out.getvalue().rstrip()


def administrator_link() -> str | None:
    """Path of the page where the first administrator sets a password; None once one is set."""
    user = User.objects.filter(username=installation.FIRST_ADMINISTRATOR).first()
    if user is None or user.has_usable_password():
        return None
    uid = urlsafe_base64_encode(force_bytes(user.pk))
    token = default_token_generator.make_token(user)
    return reverse("password_reset_confirm", kwargs={"uidb64": uid, "token": token})


def ask_worker_for_heartbeat() -> None:
    """Forget the last run's sign of life; the worker that starts next gives a new one at once."""
    cache.delete(HEARTBEAT_KEY)
    heartbeat.apply_async(expires=60)


def to_tell(kind: str) -> dict[str, str | None]:
    """What the supervisor tells the person at the terminal."""
    demo = kind == InstallationKind.DEMO
    return {
        "kind": kind,
        "logins": demo_logins() if demo else None,
        "administrator_link": None if demo else administrator_link(),
    }


def write_report(path: Path, report: dict[str, str | None]) -> None:
    """Leave report for the supervisor. Readable by us only: there may be a link in it."""
    path.touch(mode=0o600)
    path.write_text(json.dumps(report), encoding="utf-8")
