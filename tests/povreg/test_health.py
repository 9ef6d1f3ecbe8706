"""/health/ says 200 only when database, broker and a worker answer; it needs no log-in."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.core.cache import cache
from django.db import connection
from django.test import Client, override_settings

from povreg import health
from povreg.celery import app
from povreg.embedded import lease
from povreg.tasks import HEARTBEAT_KEY, heartbeat


@pytest.fixture(scope="module")
def broker() -> Iterator[None]:
    """A real Valkey, where the settings say it is."""
    with lease.servers(settings.HOME, database=False):
        yield


@pytest.fixture
def nowhere(tmp_path: Path) -> Iterator[None]:
    """Jobs are sent to a socket where nobody listens."""
    kept = app.conf.broker_url
    app.conf.update(broker_url=f"redis+socket://{tmp_path}/nobody.sock", broker_write_url=None)
    yield
    app.conf.update(broker_url=kept, broker_write_url=None)


@pytest.fixture(autouse=True)
def no_earlier_heartbeat() -> None:
    cache.delete(HEARTBEAT_KEY)


@pytest.mark.django_db
@pytest.mark.usefixtures("broker")
def test_well_when_all_three_answer(client: Client) -> None:
    heartbeat()

    answer = client.get("/health/")

    assert answer.status_code == 200
    assert answer.json() == {"database": "ok", "broker": "ok", "worker": "ok"}


@pytest.mark.django_db
@pytest.mark.usefixtures("broker")
def test_ill_without_a_worker(client: Client) -> None:
    answer = client.get("/health/")

    assert answer.status_code == 503
    assert answer.json() == {"database": "ok", "broker": "ok", "worker": "down"}


@pytest.mark.django_db
@pytest.mark.usefixtures("nowhere")
def test_ill_without_a_broker_and_says_no_more_than_that(client: Client) -> None:
    heartbeat()

    answer = client.get("/health/")

    assert answer.status_code == 503
    assert answer.json() == {"database": "ok", "broker": "down", "worker": "ok"}
    assert "sock" not in answer.content.decode()


@pytest.mark.django_db
def test_ill_without_a_database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    elsewhere = connection.copy()
    elsewhere.settings_dict = connection.settings_dict | {"HOST": str(tmp_path)}
    assert health.database_answers() is True

    monkeypatch.setattr(health, "connection", elsewhere)
    assert health.database_answers() is False


@override_settings(
    CACHES={
        "default": {
            "BACKEND": "django.core.cache.backends.redis.RedisCache",
            "LOCATION": "unix:///nowhere/valkey.sock",
        }
    }
)
def test_a_cache_that_is_down_means_no_worker() -> None:
    assert health.worker_answers() is False


@pytest.mark.django_db
@pytest.mark.usefixtures("broker")
def test_writes_nothing_and_only_reads_are_allowed(client: Client) -> None:
    assert client.post("/health/").status_code == 405
    assert "no-store" in client.get("/health/").headers["Cache-Control"]
    json.loads(client.get("/health/").content)
