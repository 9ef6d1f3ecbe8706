"""What povreg reads from its environment, and what it says when something is missing."""

import datetime as dt
import stat
from pathlib import Path

import pytest

from povreg import env


@pytest.fixture(autouse=True)
def bare(monkeypatch: pytest.MonkeyPatch) -> None:
    """No variable of ours is set."""
    for name in (
        *("DATABASE_URL", "REDIS_URL", "PORT", "POVREG_HOME", "POVREG_SECRET_KEY"),
        *("POVREG_FIELD_KEY", "POVREG_BACKUP_KEY", "POVREG_TODAY", "POVREG_DEMO"),
        *("POVREG_ALLOWED_HOSTS", "POVREG_PROXIES", "EMAIL_URL"),
    ):
        monkeypatch.delenv(name, raising=False)


def test_home_is_local_unless_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert env.home(tmp_path) == tmp_path / ".local"
    monkeypatch.setenv("POVREG_HOME", str(tmp_path / "elsewhere"))
    assert env.home(tmp_path) == tmp_path / "elsewhere"


def test_secrets_are_made_once_and_kept_private(tmp_path: Path) -> None:
    first = env.secrets(tmp_path)

    assert env.secrets(tmp_path) == first
    assert first.django != first.field
    for name in ("secret_key", "field_key"):
        mode = (tmp_path / "secrets" / name).stat().st_mode
        assert stat.S_IMODE(mode) == 0o600
    assert stat.S_IMODE((tmp_path / "secrets").stat().st_mode) == 0o700


def test_two_homes_have_different_secrets(tmp_path: Path) -> None:
    assert env.secrets(tmp_path / "a") != env.secrets(tmp_path / "b")


@pytest.mark.parametrize("missing", ["POVREG_SECRET_KEY", "POVREG_FIELD_KEY"])
def test_outside_database_demands_the_secrets(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, missing: str
) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://somebody@db.example/povreg")
    for name in {"POVREG_SECRET_KEY", "POVREG_FIELD_KEY"} - {missing}:
        monkeypatch.setenv(name, "given")

    with pytest.raises(env.Misconfigured, match=f"Thiếu biến môi trường {missing}"):
        env.secrets(tmp_path)
    assert not (tmp_path / "secrets").exists()


@pytest.mark.parametrize("wrong", ["short", "c2hvcnQ=", "A" * 86])
def test_a_field_key_of_another_length_is_told_at_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, wrong: str
) -> None:
    monkeypatch.setenv("POVREG_FIELD_KEY", wrong)
    with pytest.raises(env.Misconfigured, match="64 byte"):
        env.secrets(tmp_path)


def test_outside_database_is_used_as_its_url_says(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://officer:pa%20ss@db.example:5433/register")

    entry = env.database(tmp_path)

    assert entry["HOST"] == "db.example"
    assert (entry["NAME"], entry["USER"], entry["PASSWORD"]) == ("register", "officer", "pa ss")
    assert int(entry["PORT"]) == 5433


def test_cache_and_jobs_keep_apart_in_an_outside_redis(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("REDIS_URL", "redis://:pw@cache.example:6380/0")

    assert env.broker_url(tmp_path) == "redis://:pw@cache.example:6380/0"
    assert env.cache_url(tmp_path) == "redis://:pw@cache.example:6380/1"


def test_socket_addresses_survive_a_path_with_spaces(tmp_path: Path) -> None:
    home = tmp_path / "a b"

    assert " " not in env.broker_url(home)
    assert " " not in env.cache_url(home)


def test_the_day_is_now_pinned_or_the_demo_s(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert env.today(tmp_path) is None
    (tmp_path / env.DEMO_MARK).touch()
    assert env.today(tmp_path) == env.DEMO_TODAY
    monkeypatch.setenv("POVREG_TODAY", "2023-04-30")
    assert env.today(tmp_path) == dt.date(2023, 4, 30)


@pytest.mark.parametrize(
    ("name", "value", "read"),
    [
        ("PORT", "eighty", lambda home: env.port()),
        ("PORT", "70000", lambda home: env.port()),
        ("POVREG_DEMO", "large", lambda home: env.demo()),
        ("POVREG_TODAY", "15/10/2024", env.today),
        ("DATABASE_URL", "nonsense", env.database),
        ("DATABASE_URL", "mysql://officer:geheim@db.example/register", env.database),
        ("DATABASE_URL", "postgres://officer:geheim@[::1/register", env.database),
    ],
)
def test_nonsense_is_refused_in_one_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, value: str, read: object
) -> None:
    monkeypatch.setenv(name, value)

    with pytest.raises(env.Misconfigured, match=name) as refusal:
        read(tmp_path)  # type: ignore[operator]
    assert "\n" not in str(refusal.value)
    assert "geheim" not in str(refusal.value)


def test_this_machine_is_always_an_allowed_host(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("POVREG_ALLOWED_HOSTS", "hongheo.example, sub.example")

    assert env.allowed_hosts() == [
        "hongheo.example",
        "sub.example",
        "localhost",
        "127.0.0.1",
        "[::1]",
    ]


def test_the_note_in_a_backup_holds_no_secret(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("POVREG_SECRET_KEY", "very secret")
    monkeypatch.setenv("DATABASE_URL", "postgresql://u:password@h/d")
    monkeypatch.setenv("PORT", "8080")

    assert env.described() == {"PORT": "8080"}


def test_proxies_are_counted_in_whole_numbers(monkeypatch: pytest.MonkeyPatch) -> None:
    assert env.proxies() == 0
    monkeypatch.setenv("POVREG_PROXIES", "2")
    assert env.proxies() == 2
    monkeypatch.setenv("POVREG_PROXIES", "-1")
    with pytest.raises(env.Misconfigured, match="POVREG_PROXIES=-1"):
        env.proxies()


def test_mail_is_sent_where_a_server_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    assert env.mail() == {}
    monkeypatch.setenv("EMAIL_URL", "smtp+tls://povreg:mat%40khau@mail.example:587")
    given = env.mail()
    assert (given["EMAIL_HOST"], given["EMAIL_PORT"]) == ("mail.example", 587)
    assert (given["EMAIL_HOST_PASSWORD"], given["EMAIL_USE_TLS"]) == ("mat@khau", True)


@pytest.mark.parametrize("wrong", ["mail.example", "carrier://bi-mat@pigeon", "smtp://"])
def test_a_wrong_mail_server_is_told_without_its_password(
    monkeypatch: pytest.MonkeyPatch, wrong: str
) -> None:
    monkeypatch.setenv("EMAIL_URL", wrong)
    with pytest.raises(env.Misconfigured) as refused:
        env.mail()
    assert "EMAIL_URL" in str(refused.value)
    assert "bi-mat" not in str(refused.value)
