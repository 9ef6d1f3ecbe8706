"""One embedded PostgreSQL for all tests, shared by parallel workers and by runs side by side."""

from collections.abc import Iterator

import pytest
from django.conf import settings
from django.db.backends.postgresql.operations import DatabaseOperations
from django.utils import translation

from povreg.embedded import lease


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    django_db_modify_db_settings_parallel_suffix: None,
) -> Iterator[None]:
    """The server runs while this process tests; pytest-django makes its test database in it."""
    with lease.servers(settings.HOME, broker=False, durable=False):
        yield


@pytest.fixture(autouse=True)
def every_test_begins_in_the_first_language() -> Iterator[None]:
    """A page asked for in English leaves English active in its thread; not for the next test."""
    with translation.override(settings.LANGUAGE_CODE):
        yield


@pytest.fixture(scope="session", autouse=True)
def tables_can_be_emptied_between_tests() -> Iterator[None]:
    """Tests that commit are followed by a TRUNCATE of everything, which the append-only tables
    refuse as they should; only the test database's owner may set their triggers aside."""
    shipped = DatabaseOperations.execute_sql_flush

    def execute_sql_flush(self: DatabaseOperations, sql_list: list[str]) -> None:
        shipped(self, ["SET LOCAL session_replication_role = replica", *sql_list])

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(DatabaseOperations, "execute_sql_flush", execute_sql_flush)
        yield
