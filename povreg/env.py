"""Everything povreg reads from its environment, in one place.

Settings, the supervisor and manage.py ask here and nowhere else: this file, with povreg.openings
beside it, lists what can be set. Nothing here imports Django's apps or touches the database.
"""

import base64
import datetime
import hashlib
import os
import secrets as randomness
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote

import environ
from django.core.exceptions import ImproperlyConfigured

from povreg.embedded import folders, postgres, valkey

DEMO_TODAY = datetime.date(2024, 10, 15)
FIELD_KEY_BYTES = 64
DEMO_MARK = "demo-home"
DEMO_KINDS = ("none", "small", "province")
POSTGRES_SCHEMES = frozenset({"postgres", "postgresql", "pgsql", "psql"})
DESCRIBED = (
    "PORT",
    "POVREG_BIND",
    "POVREG_HTTPS",
    "POVREG_ALLOWED_HOSTS",
    "POVREG_TRUSTED_ORIGINS",
    "POVREG_PROXIES",
    "POVREG_WEBHOOKS",
    "POVREG_WEBHOOK_NETWORKS",
    "POVREG_OPEN_DATA",
    "POVREG_CORS_ORIGINS",
    "POVREG_MAIL_FROM",
    "POVREG_TODAY",
)


class Misconfigured(ImproperlyConfigured):
    """The environment lacks or contradicts something; one sentence for whoever starts povreg."""


@dataclass(frozen=True)
class Secrets:
    """django signs sessions and links; field (base64url of 64 bytes) encrypts personal numbers."""

    django: str
    field: str


def home(base_dir: Path) -> Path:
    """Where this installation's data lives: POVREG_HOME, or .local beside the code."""
    return Path(os.environ.get("POVREG_HOME") or base_dir / ".local").expanduser().resolve()


def outside_database() -> str | None:
    """DATABASE_URL of a PostgreSQL that povreg does not run itself; None for the embedded one."""
    return os.environ.get("DATABASE_URL") or None


def outside_broker() -> str | None:
    """REDIS_URL of a Redis or Valkey that povreg does not run itself; None for the embedded one."""
    return os.environ.get("REDIS_URL") or None


def secrets(home: Path) -> Secrets:
    """The two keys: from the environment, else made once in home/secrets (embedded database).

    Raises Misconfigured for a field key of another length, and where an outside database lacks one.
    """
    keys = Secrets(
        django=_secret(home, "POVREG_SECRET_KEY"), field=_secret(home, "POVREG_FIELD_KEY")
    )
    if not _is_field_key(keys.field):
        raise Misconfigured(
            "POVREG_FIELD_KEY không đúng: cần 64 byte ngẫu nhiên viết dạng base64url. / "
            "POVREG_FIELD_KEY is not a key: 64 random bytes in base64url are needed."
        )
    return keys


def _is_field_key(text: str) -> bool:
    """AES-SIV with AES-256 takes 64 bytes; a shorter key would only fail at the first number."""
    try:
        return len(base64.urlsafe_b64decode(text)) == FIELD_KEY_BYTES
    except ValueError:
        return False


def backup_key(home: Path) -> str:
    """POVREG_BACKUP_KEY (base64url of 32 bytes), else made once in home/secrets.

    Asked for only by backup and restore, and never part of a backup.
    """
    return _secret(home, "POVREG_BACKUP_KEY", nbytes=32)


def has_backup_key(home: Path) -> bool:
    """Whether backup_key() would find a key rather than make one."""
    return (
        bool(os.environ.get("POVREG_BACKUP_KEY"))
        or _secret_file(home, "POVREG_BACKUP_KEY").exists()
    )


def keys_from_environment() -> bool:
    """Whether somebody else keeps the keys, so that restore must not write them into the home."""
    return bool(outside_database() or os.environ.get("POVREG_FIELD_KEY"))


def described() -> dict[str, str]:
    """What was set for this installation, without any secret: goes into the backup as a note."""
    return {name: os.environ[name] for name in DESCRIBED if os.environ.get(name)}


def _secret(home: Path, name: str, nbytes: int = 64) -> str:
    if given := os.environ.get(name):
        return given
    if outside_database():
        raise Misconfigured(
            f"Thiếu biến môi trường {name}: dùng PostgreSQL bên ngoài (DATABASE_URL) "
            f"thì phải tự đặt khóa này. / {name} is missing: with an outside PostgreSQL "
            "(DATABASE_URL) this key must be set in the environment."
        )
    folders.make_home(home)
    return made_once(_secret_file(home, name), nbytes=nbytes)


def _secret_file(home: Path, name: str) -> Path:
    return home / "secrets" / name.removeprefix("POVREG_").lower()


def made_once(path: Path, nbytes: int) -> str:
    """The text of path; first made of nbytes random bytes (base64url). Two may start at once."""
    if not path.exists():
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        draft = path.with_name(f".{path.name}.{os.getpid()}")
        draft.touch(mode=0o600)
        draft.write_text(
            base64.urlsafe_b64encode(randomness.token_bytes(nbytes)).decode(), encoding="ascii"
        )
        try:
            os.link(
                draft, path
            )  # fails, where a rename would replace, when another process was first
        except FileExistsError:
            pass
        finally:
            draft.unlink()
    return path.read_text(encoding="ascii").strip()


def instance(home: Path) -> str:
    """A short name of this home: tells its cookies from those of a second copy beside it."""
    return hashlib.sha256(os.fsencode(home)).hexdigest()[:8]


def today(home: Path) -> datetime.date | None:
    """The day povreg believes it is: POVREG_TODAY, the demo's day in a demo home, None for now."""
    if given := os.environ.get("POVREG_TODAY"):
        try:
            return datetime.date.fromisoformat(given)
        except ValueError:
            raise Misconfigured(
                f"POVREG_TODAY={given}: cần ngày dạng 2024-10-15. / a day like that is needed."
            ) from None
    return DEMO_TODAY if (home / DEMO_MARK).exists() else None


def demo() -> str:
    """POVREG_DEMO: which demo an empty database gets: none, small (default) or province."""
    kind = os.environ.get("POVREG_DEMO") or "small"
    if kind not in DEMO_KINDS:
        raise Misconfigured(f"POVREG_DEMO={kind}: chỉ nhận / only one of: {', '.join(DEMO_KINDS)}.")
    return kind


def port() -> int:
    """PORT for the web server, default 8000."""
    given = os.environ.get("PORT") or "8000"
    if not given.isdigit() or not 0 < int(given) < 65536:
        raise Misconfigured(
            f"PORT={given}: cần một số từ 1 đến 65535. / a number 1 to 65535 is needed."
        )
    return int(given)


def bind() -> str:
    """POVREG_BIND: the address the web server listens on; this machine only unless told."""
    return os.environ.get("POVREG_BIND") or "127.0.0.1"


def debug() -> bool:
    """POVREG_DEBUG=1 shows tracebacks in the browser: for developers only."""
    return flag("POVREG_DEBUG")


def https() -> bool:
    """POVREG_HTTPS=1: a proxy in front speaks https; cookies become secure and HSTS is sent."""
    return flag("POVREG_HTTPS")


def mail() -> dict[str, Any]:
    """Django's mail settings: the server of EMAIL_URL (smtp+tls://user:password@host:587) and the
    sender of POVREG_MAIL_FROM; none without a server.

    Raises Misconfigured; the address, which holds a password, is not repeated.
    """
    url = os.environ.get("EMAIL_URL")
    if not url:
        return {}
    with suppress(ValueError, KeyError, ImproperlyConfigured):
        given: dict[str, Any] = environ.Env.email_url_config(url)
        if given.get("EMAIL_HOST") or "smtp" not in url:
            sender = os.environ.get("POVREG_MAIL_FROM") or "povreg@localhost"
            return {**given, "DEFAULT_FROM_EMAIL": sender}
    raise Misconfigured(
        "EMAIL_URL không đúng: cần dạng smtp+tls://tên:mật-khẩu@máy:587. / "
        "EMAIL_URL is no address of a mail server."
    )


def proxies() -> int:
    """POVREG_PROXIES: how many proxies of ours stand in front and add to X-Forwarded-For."""
    given = os.environ.get("POVREG_PROXIES") or "0"
    if not given.isdigit():
        raise Misconfigured(
            f"POVREG_PROXIES={given}: cần số proxy phía trước. / a number of proxies is needed."
        )
    return int(given)


def flag(name: str) -> bool:
    return os.environ.get(name, "").lower() in {"1", "true", "yes", "on"}


def allowed_hosts() -> list[str]:
    """POVREG_ALLOWED_HOSTS, comma separated; this machine's own names are always allowed."""
    return [*names("POVREG_ALLOWED_HOSTS"), "localhost", "127.0.0.1", "[::1]"]


def trusted_origins() -> list[str]:
    """POVREG_TRUSTED_ORIGINS, comma separated, e.g. https://hongheo.example.vn."""
    return names("POVREG_TRUSTED_ORIGINS")


def names(variable: str) -> list[str]:
    return [name.strip() for name in os.environ.get(variable, "").split(",") if name.strip()]


def database(home: Path) -> dict[str, Any]:
    """Django's DATABASES entry for DATABASE_URL, or for the embedded PostgreSQL of this home."""
    if url := outside_database():
        entry: dict[str, Any] = _outside_entry(url)
        entry.setdefault("CONN_MAX_AGE", 60)
    else:
        entry = {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": postgres.DATABASE,
            "USER": postgres.USER,
            "HOST": str(postgres.located(home).sockets),
            "CONN_MAX_AGE": 60,
        }
    entry["CONN_HEALTH_CHECKS"] = True
    entry.setdefault("OPTIONS", {}).setdefault("connect_timeout", 5)
    entry["TEST"] = {"NAME": "test_povreg" + os.environ.get("POVREG_TEST_DB_SUFFIX", "")}
    return entry


def _outside_entry(url: str) -> dict[str, Any]:
    """Raises Misconfigured for what is no address of a PostgreSQL; the address itself, which holds
    a password, is not repeated."""
    entry: dict[str, Any] = {}
    with suppress(ValueError, KeyError, ImproperlyConfigured):
        if url.partition("://")[0] in POSTGRES_SCHEMES:
            entry = environ.Env.db_url_config(url)
    if not entry.get("NAME"):
        raise Misconfigured(
            "DATABASE_URL không đúng: cần dạng postgres://tên:mật-khẩu@máy:5432/kho. / "
            "DATABASE_URL is no address of a PostgreSQL database."
        )
    return entry


def broker_url(home: Path) -> str:
    """Celery's broker: REDIS_URL, or the embedded Valkey's socket."""
    return outside_broker() or f"redis+socket://{quote(str(valkey.located(home).socket))}"


def cache_url(home: Path) -> str:
    """Django's cache: database 1 of the same Redis or Valkey."""
    if url := outside_broker():
        scheme, _, rest = url.partition("://")
        return f"{scheme}://{rest.partition('/')[0]}/1"
    return f"unix://{quote(str(valkey.located(home).socket))}?db=1"
