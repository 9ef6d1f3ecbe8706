"""One embedded PostgreSQL for all tests, shared by parallel workers and by runs side by side."""

import gc
from collections.abc import Iterator

import pytest
from django.conf import settings
from django.core.cache import cache
from django.db import connection
from django.db.backends.postgresql.operations import DatabaseOperations
from django.utils import translation
from pytest_django import DjangoDbBlocker, Settings

from povreg import env
from povreg.embedded import lease
from tests import distribution, prepared_database

gc.disable()  # until all is collected


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    django_db_modify_db_settings_parallel_suffix: None, django_db_blocker: DjangoDbBlocker
) -> Iterator[None]:
    """The server runs while this process tests; pytest-django makes its test database in it, a
    copy of the prepared one."""
    with lease.servers(settings.HOME, broker=False, durable=False):
        with django_db_blocker.unblock():
            connection.settings_dict["TEST"]["TEMPLATE"] = prepared_database.name()
        yield


@pytest.fixture(autouse=True)
def every_test_begins_in_the_first_language() -> Iterator[None]:
    """A page asked for in English leaves English active in its thread; not for the next test."""
    with translation.override(settings.LANGUAGE_CODE):
        yield


@pytest.fixture(scope="session", autouse=True)
def tables_can_be_emptied_between_tests() -> Iterator[None]:
    """Tests that commit are followed by emptying everything, which the append-only tables refuse
    as they should; only the test database's owner may set their triggers aside. Rows are deleted:
    TRUNCATE makes new files for every table and index, used or not."""
    shipped = DatabaseOperations.execute_sql_flush

    def sql_flush(
        self: DatabaseOperations, style: object, tables: list[str], **options: bool
    ) -> list[str]:
        names = [self.quote_name(one) for one in tables]
        return [
            # As TRUNCATE does: what a thread of the server still writes is waited for.
            f"LOCK TABLE {', '.join(names)} IN ACCESS EXCLUSIVE MODE",
            "; ".join(f"DELETE FROM {one}" for one in names),
        ]

    def execute_sql_flush(self: DatabaseOperations, sql_list: list[str]) -> None:
        shipped(self, ["SET LOCAL session_replication_role = replica", *sql_list])

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(DatabaseOperations, "sql_flush", sql_flush)
        patch.setattr(DatabaseOperations, "execute_sql_flush", execute_sql_flush)
        yield


def pytest_collection_finish() -> None:
    """Half a million objects of code and tests stay to the end: nobody looks through them again.
    That was a seventh of the time of a test of pages."""
    gc.freeze()
    gc.enable()


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if hasattr(config, "workerinput"):
        distribution.heaviest_first(items)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: object) -> object:
    if config.getvalue("dist") != "loadfile":
        return None
    return distribution.HeaviestFirst(config, log)


@pytest.fixture(scope="session")
def store_address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A Valkey of this process, started when a test first wants it."""
    home = tmp_path_factory.mktemp("store")
    with lease.servers(home, database=False):
        yield env.cache_url(home)


@pytest.fixture
def store(store_address: str, settings: Settings) -> Iterator[None]:
    """The cache is a real Valkey, empty at first, as in an installation."""
    backend = "django.core.cache.backends.redis.RedisCache"
    settings.CACHES = {
        "default": {"BACKEND": backend, "LOCATION": store_address, "KEY_PREFIX": "povreg"}
    }
    cache.clear()
    yield
    cache.clear()
